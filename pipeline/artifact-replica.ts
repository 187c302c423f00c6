import { Stack, type StackProps } from 'aws-cdk-lib/core';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ArtifactStore, type ArtifactStoreProps } from './artifact-store.ts';

/** Prefix of the names of replica buckets; account and region follow. */
export const replicaBucketPrefix = 'crosswind-artifacts-';

/** Alias of the keys of replicas; an IAM policy knows a key by its alias in any region. */
export const replicaKeyAlias = 'alias/crosswind-artifacts';

export interface ArtifactReplicaProps
  extends StackProps, Pick<ArtifactStoreProps, 'organizationId' | 'deployRoleArns'> {
  readonly env: { readonly account: string; readonly region: string };
}

/**
 * Artifacts for the accounts of another region: CodePipeline copies them there, because CloudFormation reads templates
 * from its own region only. Names are fixed, since a stack cannot refer to a resource of another region.
 */
export class ArtifactReplica extends Stack {
  readonly #names: { readonly bucketName: string; readonly keyAlias: string };

  constructor(scope: Construct, id: string, { organizationId, deployRoleArns, ...props }: ArtifactReplicaProps) {
    super(scope, id, props);
    const { account, region } = props.env;
    this.#names = { bucketName: `${replicaBucketPrefix}${account}-${region}`, keyAlias: replicaKeyAlias };
    new ArtifactStore(this, 'Artifacts', { organizationId, deployRoleArns, names: this.#names });
  }

  /** The replica's bucket as a stack of another region sees it. */
  bucketFor(scope: Construct): IBucket {
    const { account, region, partition } = this;
    return Bucket.fromBucketAttributes(scope, `Artifacts-${region}`, {
      bucketName: this.#names.bucketName,
      encryptionKey: Key.fromKeyArn(
        scope,
        `ArtifactsKey-${region}`,
        `arn:${partition}:kms:${region}:${account}:${this.#names.keyAlias}`,
      ),
      account,
      region,
    });
  }
}
