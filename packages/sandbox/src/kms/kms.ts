import type { Resource } from '@crosswind/assembly/resolve';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { checkedPolicy } from '../iam/policies.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import { aliases } from './aliases.ts';
import { Keys } from './keys.ts';
import type { KmsPorts } from './kms-ports.ts';

export interface Kms extends SandboxService {
  readonly keys: Keys;
}

/** KMS: keys, as far as their policies and states decide, and aliases. */
export function kms(ports: KmsPorts): Kms {
  const keys = new Keys();
  return { keys, resources: { 'AWS::KMS::Key': keyHandler(ports, keys), 'AWS::KMS::Alias': aliases(ports, keys) } };
}

function keyHandler({ identities }: KmsPorts, keys: Keys): ResourceHandler {
  const put = ({ arn = '', name, properties }: Resource): void => {
    const { KeyPolicy, ...details } = properties;
    const policy = checkedPolicy('MalformedPolicyDocumentException', `key policy of ${name}`, KeyPolicy, 'resource');
    identities.setResourcePolicy(arn, policy);
    identities.setTags(arn, listOf(properties['Tags']).map(objectOf));
    keys.set(arn, { state: isEnabled(properties) ? 'Enabled' : 'Disabled', details });
  };
  return {
    create: put,
    update: (resource) => {
      const { arn = '' } = resource;
      const state = keys.key(arn)?.state;
      if (state === undefined) throw new DeploymentRefused('NotFoundException', `Key '${arn}' does not exist`);
      if (state === 'PendingDeletion') {
        throw new DeploymentRefused('KMSInvalidStateException', `${arn} is pending deletion.`);
      }
      put(resource);
    },
    // ScheduleKeyDeletion: the key and its policy stay for the waiting period, in which nobody can use it.
    delete: ({ arn = '' }) => {
      const key = keys.key(arn);
      if (key) keys.set(arn, { ...key, state: 'PendingDeletion' });
    },
    read: ({ arn = '' }) => {
      const key = keys.key(arn);
      if (!key || key.state === 'PendingDeletion') return undefined;
      return liveProperties({ ...key.details, KeyPolicy: identities.resourcePolicy(arn)?.document });
    },
  };
}

/** A key is enabled unless its template says otherwise (AWS::KMS::Key Enabled). */
const isEnabled = ({ Enabled }: JsonObject): boolean => textOf(Enabled ?? true) === 'true';
