import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Choice, Condition, Map as InlineMap, Pass, ProvideItems, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { partitionOf } from '@crosswind/aws/partition';
import { type WorkloadAddress, furtherStateMachineName } from '../../blocks/workflow/address.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { lambdaTask } from './lambda-task.ts';
import { weatherPrefix } from './source-keys.ts';
import type { WeatherBuckets } from './weather-buckets.ts';
import { WindSpeedFunction } from './wind-speed-function.ts';

export interface ImportWorkflowProps {
  readonly address: WorkloadAddress;
  readonly buckets: WeatherBuckets;
  /** Years that are copied when the input names none. */
  readonly years: readonly number[];
  readonly logRetention: RetentionDays;
}

/** The bucket in which NOAA publishes the Global Surface Summary of the Day (registry.opendata.aws/noaa-gsod). */
const publicBucket = { name: 'noaa-gsod-pds', region: 'us-east-1' };

/**
 * Copies the chosen years from NOAA's public bucket, page by page, because a Distributed Map lists only buckets of its
 * own account and region. What is already there is not copied again, so it may be stopped and started at any time.
 */
export class ImportWorkflow extends Construct {
  constructor(scope: Construct, id: string, props: ImportWorkflowProps) {
    super(scope, id);
    const importer = this.importer(props);
    const copyPage = lambdaTask(this, 'Copy a page', {
      function: importer.function,
      timeoutSeconds: 310,
      payload: TaskInput.fromText('{% $states.input %}'),
    });
    const nextPage = Choice.jsonata(this, 'More pages?')
      .when(Condition.jsonata('{% $states.input.done %}'), Pass.jsonata(this, 'Year is complete'))
      .otherwise(copyPage);
    const years = InlineMap.jsonata(this, 'Years', {
      items: ProvideItems.jsonata(
        `{% $exists($states.input.years) ? $states.input.years : ${JSON.stringify(props.years)} %}`,
      ),
      maxConcurrency: 4,
      itemSelector: { year: '{% $states.context.Map.Item.Value %}' },
    });
    years.itemProcessor(copyPage.next(nextPage));
    new Workflow(this, 'Workflow', {
      // The alarms in the monitoring account know the name.
      stateMachineName: furtherStateMachineName(props.address, 'child', 'import'),
      definition: years,
      timeoutMinutes: 24 * 60,
      logRetention: props.logRetention,
    });
  }

  private importer({ buckets, logRetention }: ImportWorkflowProps): WindSpeedFunction {
    const importer = new WindSpeedFunction(this, 'Importer', {
      entry: 'import-objects',
      description: 'Copies one page of weather objects from the public bucket',
      memoryMegabytes: 512,
      timeoutSeconds: 300,
      logRetention,
      environment: {
        PUBLIC_BUCKET: publicBucket.name,
        PUBLIC_BUCKET_REGION: publicBucket.region,
        SOURCE_BUCKET: buckets.source.bucketName,
      },
    });
    // IAM refuses ARNs of another partition. NOAA publishes in `aws`: elsewhere the workflow deploys, and finds no bucket.
    const publicArn = `arn:${partitionOf(Stack.of(this).region)}:s3:::${publicBucket.name}`;
    importer.allow(['s3:ListBucket'], [publicArn, buckets.source.bucketArn]);
    importer.allow(['s3:GetObject'], [`${publicArn}/*`]);
    importer.allow(['s3:PutObject'], [buckets.source.arnForObjects(`${weatherPrefix}*`)]);
    buckets.key.grant(importer.role, 'kms:GenerateDataKey');
    importer.calls(['s3:ListBucket'], [publicArn, buckets.source.bucketArn]);
    importer.calls(['s3:GetObject'], [`${publicArn}/*`]);
    importer.calls(['s3:PutObject'], [buckets.source.arnForObjects(`${weatherPrefix}*`)]);
    return importer;
  }
}
