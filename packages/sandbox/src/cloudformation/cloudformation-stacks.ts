import { accountOf } from '@crosswind/aws/arn';
import type { Existing } from '@crosswind/aws/deployment';
import type { ChangeLog } from '../changes/change-log.ts';
import { stackChanges } from '../changes/stack-changes.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Identities } from '../iam/identities.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { ObjectStorage } from '../s3/object-storage.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import type { Parameters } from '../ssm/parameters.ts';
import type { CloudFormationApi } from './api/cloudformation-api.ts';
import { cloudFormationService } from './api/cloudformation-service.ts';
import { CloudFormation } from './cloudformation.ts';
import type { OnDenied } from './denied-call.ts';
import type { OpaqueResources } from './opaque-resources.ts';
import { Permissions } from './operations/permissions.ts';
import { Provider } from './resources/provider.ts';
import { Stacks } from './stacks/stacks.ts';
import { parameterArn } from './templates/parameters.ts';

export interface CloudFormationPorts {
  readonly authorize: Authorize;
  readonly identities: Identities;
  readonly sessions: Sessions;
  readonly opaque: OpaqueResources;
  readonly storage: ObjectStorage;
  readonly parameters: Parameters;
  readonly onDenied: OnDenied;
  readonly changes: ChangeLog;
  /** How to handle resources, by their type. */
  readonly handlers: ReadonlyMap<string, ResourceHandler>;
  /** Milliseconds since the epoch, as clients see it. */
  readonly now: () => number;
}

export interface CloudFormationStacks extends SandboxService {
  readonly cloudFormation: CloudFormation;
  /** For callers within the sandbox. */
  readonly api: CloudFormationApi;
}

/** CloudFormation: stacks, and the API through which the CDK, the AWS CLI and SDKs deploy them. */
export function cloudFormationStacks(ports: CloudFormationPorts): CloudFormationStacks {
  const { authorize, identities, opaque, handlers, parameters, changes, onDenied, now } = ports;
  const cloudFormation = new CloudFormation({
    stacks: new Stacks(),
    provider: new Provider({ handlers, opaque }),
    permissions: new Permissions({ authorize, opaque, identities, existing: existingIn(identities) }),
    stored: (environment, name, version) => parameters.parameter(parameterArn(environment, name), version)?.value,
    onDenied,
    onUpdated: (stack, before, made) => {
      for (const change of stackChanges(identities, stack, before, made)) changes.record(change);
    },
    onDeleted: ({ name, account, id }) => {
      changes.record({ account, kind: 'stack', resource: id, sentence: `stack ${name} was deleted` });
    },
    now,
  });
  const api = { ...ports, cloudFormation };
  return { cloudFormation, api, endpoint: cloudFormationService(api) };
}

/** Looks up the boundary of a role, by its ARN with its path or without. */
const existingIn =
  (identities: Identities) =>
  (arn: string): Existing | undefined => {
    const role = identities.role(arn) ?? identities.roleNamed(accountOf(arn), arn.split('/').at(-1) ?? '');
    return role && arn.includes(':role/') ? { arn: role.arn, boundary: role.boundary?.managedArn ?? '' } : undefined;
  };
