import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Identities } from '../iam/identities.ts';
import type { Keys } from '../kms/keys.ts';
import type { SandboxService } from '../service.ts';
import { sdkOffers } from '../tasks/sdk-call.ts';
import { bucketPolicies, buckets } from './bucket-handlers.ts';
import { BucketPolicies } from './bucket-policies.ts';
import type { ObjectStorage } from './object-storage.ts';
import { s3Service } from './s3-service.ts';
import { s3Failure, sdkS3 } from './sdk-s3.ts';

export interface S3Ports {
  readonly identities: Identities;
  readonly simulation: Simulation;
  readonly storage: ObjectStorage;
  readonly keys: Keys;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** S3: buckets and their policies, the REST protocol, and calls from tasks. */
export function s3({ identities, simulation, storage, ...ports }: S3Ports): SandboxService {
  const policies = new BucketPolicies(identities);
  const bucketPorts = { storage, policies, ...ports };
  return {
    endpoint: s3Service({ storage, policies }),
    resources: { 'AWS::S3::Bucket': buckets(bucketPorts), 'AWS::S3::BucketPolicy': bucketPolicies(bucketPorts) },
    integrations: sdkOffers(simulation, { name: 's3', api: storage, operations: sdkS3, failureOf: s3Failure }),
  };
}
