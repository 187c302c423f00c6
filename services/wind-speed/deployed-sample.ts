import { Aspects, CustomResource } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { customResourceTimeout } from '../../blocks/baseline/custom-resource-timeout.ts';
import { deployedObjects, digestOf } from './sample/deployed-objects.ts';
import { samplesPrefix } from './source-keys.ts';
import type { WeatherBuckets } from './weather-buckets.ts';
import { WindSpeedFunction } from './wind-speed-function.ts';

export interface DeployedSampleProps {
  readonly buckets: WeatherBuckets;
  readonly logRetention: RetentionDays;
}

/**
 * A few generated objects in the source bucket, next to the weather. The pipeline runs the workload over them. They are
 * the last that a stack gets and the first that it loses.
 */
export class DeployedSample extends Construct {
  constructor(scope: Construct, id: string, { buckets, logRetention }: DeployedSampleProps) {
    super(scope, id);
    const writer = new WindSpeedFunction(this, 'Writer', {
      entry: 'write-sample',
      description: 'Writes the sample that the workload is tried on',
      memoryMegabytes: 256,
      timeoutSeconds: 60,
      logRetention,
      environment: { SOURCE_BUCKET: buckets.source.bucketName },
    });
    writer.allow(['s3:PutObject', 's3:DeleteObjectVersion'], [buckets.source.arnForObjects(`${samplesPrefix}*`)]);
    writer.role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucketVersions'],
        resources: [buckets.source.bucketArn],
        conditions: { StringEquals: { 's3:prefix': samplesPrefix } },
      }),
    );
    buckets.key.grant(writer.role, 'kms:GenerateDataKey');
    writer.calls(['s3:PutObject', 's3:DeleteObjectVersion'], [buckets.source.arnForObjects(`${samplesPrefix}*`)]);
    writer.calls(['s3:ListBucketVersions'], [buckets.source.bucketArn], { 's3:prefix': samplesPrefix });
    const sample = new CustomResource(this, 'Resource', {
      serviceToken: writer.function.functionArn,
      serviceTimeout: customResourceTimeout,
      resourceType: 'Custom::WeatherSample',
      // Written again when it changes.
      properties: { Digest: digestOf(deployedObjects()) },
    });
    this.comesLast(scope, sample);
  }

  /** Makes everything else of the stack come before the sample: what fails then fails while the bucket is empty. */
  private comesLast(scope: Construct, sample: CustomResource): void {
    Aspects.of(scope).add({
      visit: (node) => {
        if (node === scope) sample.node.addDependency(...scope.node.children.filter((child) => child !== this));
      },
    });
  }
}
