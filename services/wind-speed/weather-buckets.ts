import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface WeatherBucketsProps {
  /** Days until the partial results of a run are deleted. */
  readonly partialRetentionDays: number;
}

/** Policy for what must survive: kept when its stack is deleted, but not when creating the stack itself failed. */
const keep = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** The weather objects, the results of analysing them, and the key that encrypts both. */
export class WeatherBuckets extends Construct {
  readonly source: Bucket;
  readonly results: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, { partialRetentionDays }: WeatherBucketsProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: keep });
    const guarded: BucketProps = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: keep,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    };
    // S3 can deliver access logs only to a bucket that it encrypts with its own key (enable-server-access-logging).
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...guarded,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    const logged: BucketProps = {
      ...guarded,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: accessLogs,
    };
    this.source = new Bucket(this, 'Source', { ...logged, serverAccessLogsPrefix: 'source/' });
    this.results = new Bucket(this, 'Results', { ...logged, serverAccessLogsPrefix: 'results/' });
    for (const prefix of ['partials/', 'map-runs/']) {
      this.results.addLifecycleRule({ prefix, expiration: Duration.days(partialRetentionDays) });
    }
  }
}
