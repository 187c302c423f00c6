import { isObject, type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import type { Creator, SandboxService } from '../service.ts';
import { sdkOffers } from '../tasks/sdk-call.ts';
import { bucketArn, type BucketEncryption } from './bucket.ts';
import type { ObjectStorage } from './object-storage.ts';
import { S3Error } from './s3-error.ts';
import { s3Service } from './s3-service.ts';
import { s3Failure, sdkS3 } from './sdk-s3.ts';

export interface S3Ports {
  readonly identities: Identities;
  readonly simulation: Simulation;
  readonly storage: ObjectStorage;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** S3: buckets and their policies, the REST protocol, and calls from tasks. */
export const s3 = ({ identities, simulation, storage, ...ports }: S3Ports): SandboxService => ({
  endpoint: s3Service({ storage }),
  resources: {
    'AWS::S3::Bucket': createBucket({ storage, ...ports }),
    'AWS::S3::BucketPolicy': ({ properties }, { region }) => {
      const name = textOf(properties['Bucket']);
      const document = properties['PolicyDocument'];
      const policy = checkedPolicy('MalformedPolicy', `bucket policy of ${name}`, document, 'resource');
      identities.setResourcePolicy(bucketArn({ name, region }), policy);
    },
  },
  integrations: sdkOffers(simulation, { name: 's3', api: storage, operations: sdkS3, failureOf: s3Failure }),
});

const createBucket =
  ({ storage, opaque, onlyOnAws }: Omit<S3Ports, 'identities' | 'simulation'>): Creator =>
  (resource, stack) => {
    const { name, properties } = resource;
    const { account, region } = stack;
    const { encryption } = encryptionOf(properties['BucketEncryption'], account);
    // Nothing is known of who may use such a key.
    const why = encryption && onlyOnAws.why('key', encryption.kmsKeyArn);
    try {
      storage.createBucket({ name, account, region, ...(why === undefined && { encryption }) });
    } catch (error) {
      throw error instanceof S3Error ? new DeploymentRefused(error.code, error.message) : error;
    }
    if (why !== undefined) opaque.add(resource, stack, why);
  };

function encryptionOf(configuration: Json | undefined, account: string): { readonly encryption?: BucketEncryption } {
  const [rule] = listOf(objectOf(configuration)['ServerSideEncryptionConfiguration']).filter(isObject);
  const kmsKeyArn = objectOf(rule?.['ServerSideEncryptionByDefault'])['KMSMasterKeyID'];
  if (typeof kmsKeyArn !== 'string') return {};
  return { encryption: { kmsKeyArn, kmsKeyAccount: account, bucketKey: rule?.['BucketKeyEnabled'] === true } };
}
