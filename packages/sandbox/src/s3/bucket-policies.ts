import type { Json } from '@crosswind/aws/json';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import { bucketArn, type BucketAddress } from './bucket.ts';

/** Policies of buckets: those of their stacks, and those that clients put in their place. */
export class BucketPolicies {
  readonly #identities: Identities;

  constructor(identities: Identities) {
    this.#identities = identities;
  }

  get(bucket: BucketAddress): PolicyDocument | undefined {
    return this.#identities.resourcePolicy(bucketArn(bucket))?.document;
  }

  /** @throws DeploymentRefused for a policy that S3 refuses, or that only AWS can judge */
  put(bucket: BucketAddress, document: Json | undefined): void {
    const policy = checkedPolicy('MalformedPolicy', `bucket policy of ${bucket.name}`, document, 'resource');
    this.#identities.setResourcePolicy(bucketArn(bucket), policy);
  }

  remove(bucket: BucketAddress): void {
    this.#identities.removeResourcePolicy(bucketArn(bucket));
  }
}
