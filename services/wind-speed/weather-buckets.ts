import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface WeatherBucketsProps {
  /** Days until the partial results of a run are deleted. */
  readonly partialRetentionDays: number;
  /** Days until the results of a run are deleted. */
  readonly resultRetentionDays: number;
  /** The organization that may use the buckets. */
  readonly organizationId: string;
}

/** Days in which an object that was overwritten, deleted or expired can be brought back. */
const recoveryDays = 30;

/** Policy for what must survive: kept when its stack is deleted, but not when creating the stack itself failed. */
const keep = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/**
 * Policy of the access logs: kept even when creating the stack failed. S3 delivers a log whenever it likes, and a bucket
 * with one log in it would fail the rollback, after which the pipeline cannot create the stack. What a failed creation
 * leaves is a bucket that empties itself; the next one gets another name.
 */
const keepAlways = RemovalPolicy.RETAIN;

/** The weather objects, the results of analysing them, and the key that encrypts both. */
export class WeatherBuckets extends Construct {
  readonly source: Bucket;
  readonly results: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, props: WeatherBucketsProps) {
    super(scope, id);
    const { partialRetentionDays, resultRetentionDays, organizationId } = props;
    this.key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: keep });
    const guarded: BucketProps = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: keep,
    };
    // S3 can deliver access logs only to a bucket that it encrypts with its own key (enable-server-access-logging).
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...guarded,
      removalPolicy: keepAlways,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    const logged: BucketProps = {
      ...guarded,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      versioned: true,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(recoveryDays),
          expiredObjectDeleteMarker: true,
        },
      ],
      serverAccessLogsBucket: accessLogs,
    };
    this.source = new Bucket(this, 'Source', { ...logged, serverAccessLogsPrefix: 'source/' });
    this.results = new Bucket(this, 'Results', { ...logged, serverAccessLogsPrefix: 'results/' });
    for (const prefix of ['partials/', 'map-runs/']) {
      this.results.addLifecycleRule({ prefix, expiration: Duration.days(partialRetentionDays) });
    }
    this.results.addLifecycleRule({ prefix: 'executions/', expiration: Duration.days(resultRetentionDays) });
    for (const bucket of [accessLogs, this.source, this.results]) denyStrangers(bucket, organizationId);
  }
}

/**
 * Denies a bucket to everybody outside of the organization, whatever other policies allow. Services that act for
 * themselves, such as the delivery of access logs, belong to no organization (AWS: "Global condition keys",
 * aws:PrincipalIsAWSService).
 */
function denyStrangers(bucket: Bucket, organizationId: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyTheOrganization',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:*'],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      conditions: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
}
