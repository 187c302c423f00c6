import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { defined, type Json, type JsonObject, textOf } from '@crosswind/aws/json';
import { isDeepStrictEqual } from 'node:util';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Keys } from '../kms/keys.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import type { BucketPolicies } from './bucket-policies.ts';
import { bucketArn } from './bucket.ts';
import { defaultEncryption, type Encryption, isAwsManaged } from './encryption.ts';
import type { ObjectStorage } from './object-storage.ts';
import { S3Error } from './s3-error.ts';
import { isEmpty } from './versions.ts';

export interface BucketPorts {
  readonly storage: ObjectStorage;
  readonly policies: BucketPolicies;
  readonly keys: Keys;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** `AWS::S3::Bucket`. */
export const buckets = (ports: BucketPorts): ResourceHandler => ({
  create: (resource, stack) => {
    const { name, properties: settings } = resource;
    const { account, region } = stack;
    const { encryption, why } = usable(ports, defaultEncryption(settings['BucketEncryption'], stack));
    asS3(() => ports.storage.createBucket({ name, account, region, encryption, settings }));
    if (why !== undefined) ports.opaque.add(resource, stack, why);
  },
  update: (resource, before, stack) => {
    const bucket = ports.storage.bucket(resource.name);
    if (!bucket) throw new DeploymentRefused('NoSuchBucket', 'The specified bucket does not exist');
    const settings = changed(bucket.settings, before.properties, resource.properties);
    const { encryption, why } = usable(ports, defaultEncryption(settings['BucketEncryption'], stack));
    Object.assign(bucket, { settings, encryption });
    if (why !== undefined) ports.opaque.add(resource, stack, why);
  },
  delete: ({ name }, { account, region }) => {
    if (ports.storage.bucket(name)?.account !== account) return;
    asS3(() => {
      ports.storage.removeBucket(name);
    });
    ports.policies.remove({ name, region });
  },
  read: ({ name }, { account }) => {
    const bucket = ports.storage.bucket(name);
    return bucket?.account === account ? liveProperties(bucket.settings) : undefined;
  },
  hindrance: ({ name }) => {
    const bucket = ports.storage.bucket(name);
    // AWS's words, as in aws-cloudformation/rain#744.
    const words =
      'is not empty. You must either delete all objects and versions or use the deletion policy to retain it, otherwise the delete operation will fail.';
    return bucket && !isEmpty(bucket) ? `The bucket '${name}' ${words}` : undefined;
  },
});

/** `AWS::S3::BucketPolicy`. */
export function bucketPolicies({ storage, policies, onlyOnAws }: BucketPorts): ResourceHandler {
  const addressOf = ({ properties }: Resource, { region }: Stack) => ({ name: textOf(properties['Bucket']), region });
  const put = (resource: Resource, stack: Stack): void => {
    const bucket = addressOf(resource, stack);
    // A bucket of the same stack that the policy only names may come later; on AWS, chance decides.
    const isOfStack = stack.resources.some(({ type, name }) => type === 'AWS::S3::Bucket' && name === bucket.name);
    if (!storage.bucket(bucket.name) && !isOfStack && onlyOnAws.why('bucket', bucketArn(bucket)) === undefined) {
      throw new DeploymentRefused('NoSuchBucket', 'The specified bucket does not exist');
    }
    policies.put(bucket, resource.properties['PolicyDocument']);
  };
  return {
    create: put,
    update: (resource, _, stack) => {
      put(resource, stack);
    },
    delete: (resource, stack) => {
      policies.remove(addressOf(resource, stack));
    },
    read: (resource, stack) => {
      const PolicyDocument = policies.get(addressOf(resource, stack));
      return PolicyDocument && liveProperties({ Bucket: resource.properties['Bucket'], PolicyDocument });
    },
  };
}

/** The encryption, or why nothing is known of who may use its key. */
function usable({ keys, onlyOnAws }: BucketPorts, encryption: Encryption | undefined) {
  if (encryption === undefined || isAwsManaged(encryption)) return { encryption };
  const isKnown = keys.targetOf(encryption.kmsKeyArn) !== undefined;
  const why = isKnown ? undefined : onlyOnAws.why('key', encryption.kmsKeyArn);
  return why === undefined ? { encryption } : { why };
}

/** The settings after an update: what the templates have in common keeps the value that it has now. */
function changed(settings: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const names = new Set([...Object.keys(settings), ...Object.keys(before), ...Object.keys(after)]);
  const now = (name: string): Json | undefined =>
    isDeepStrictEqual(before[name], after[name]) ? settings[name] : (after[name] ?? withoutProperty(name));
  return defined(Object.fromEntries([...names].map((name) => [name, now(name)])));
}

/** A bucket never returns to the state without versioning (AWS: "Retaining multiple versions of objects"). */
const withoutProperty = (name: string): Json | undefined =>
  name === 'VersioningConfiguration' ? { Status: 'Suspended' } : undefined;

function asS3(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    throw error instanceof S3Error ? new DeploymentRefused(error.code, error.message) : error;
  }
}
