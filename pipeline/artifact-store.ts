import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface ArtifactStoreProps {
  readonly organizationId: string;
  /** ARN pattern of the bootstrap roles that deploy, in any account. */
  readonly deployRoleArns: string;
}

/**
 * The pipeline's artifacts, readable by the deploy roles of every account of the organization. The conditions name the
 * organization instead of a list of accounts, so that neither policy grows: a bucket policy holds 20 KB, which is about
 * 240 accounts as the CDK would write it.
 */
export class ArtifactStore extends Construct {
  /** The bucket as others see it: nobody adds to its policies any more. */
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: ArtifactStoreProps) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const guarded = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...guarded,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    const bucket = new Bucket(this, 'Bucket', {
      ...guarded,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    bucket.addToResourcePolicy(
      this.deployersMay(props, ['s3:GetObject', 's3:GetObjectVersion'], [bucket.arnForObjects('*')]),
    );
    bucket.addToResourcePolicy(this.deployersMay(props, ['s3:ListBucket'], [bucket.bucketArn]));
    key.addToResourcePolicy(this.deployersMay(props, ['kms:Decrypt', 'kms:DescribeKey'], ['*']));
    this.bucket = Bucket.fromBucketAttributes(this, 'Imported', {
      bucketArn: bucket.bucketArn,
      encryptionKey: Key.fromKeyArn(this, 'ImportedKey', key.keyArn),
      account: Stack.of(this).account,
      region: Stack.of(this).region,
    });
  }

  private deployersMay(
    { organizationId, deployRoleArns }: ArtifactStoreProps,
    actions: string[],
    resources: string[],
  ): PolicyStatement {
    return new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions,
      resources,
      conditions: {
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
        ArnLike: { 'aws:PrincipalArn': deployRoleArns },
      },
    });
  }
}
