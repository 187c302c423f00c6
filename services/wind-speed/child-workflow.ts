import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DistributedMap,
  ItemBatcher,
  OutputType,
  ResultWriterV2,
  S3ObjectsItemReader,
  type StateMachine,
  StateMachineType,
  TaskInput,
  Transformation,
  WriterConfig,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Emitted, OwnMetrics } from '../../blocks/observability/own-metrics.ts';
import { type WorkloadAddress, stackName, stateMachineName } from '../../blocks/workflow/address.ts';
import { Workflow } from '../../blocks/workflow/workflow.ts';
import { lambdaTask } from './lambda-task.ts';
import type { WindSpeedSettings } from './contract.ts';
import { batchMetrics, runMetrics } from './metrics.ts';
import type { WeatherBuckets } from './weather-buckets.ts';
import { WindSpeedFunction, type WindSpeedFunctionProps } from './wind-speed-function.ts';

export interface ChildWorkflowProps {
  readonly address: WorkloadAddress;
  readonly wave: string;
  readonly buckets: WeatherBuckets;
  readonly settings: WindSpeedSettings;
  readonly logRetention: RetentionDays;
}

/** An Express execution ends after five minutes (Step Functions service quotas, "Maximum execution time"). */
const expressSeconds = 300;

/** Timeout of the function that reads a batch. */
export const analyzeTimeoutSeconds = 60;

/** Name of a function that alarms know. */
export const functionNameOf = (address: Pick<WorkloadAddress, 'tenant'>, entry: string): string =>
  `${stackName(address, 'child')}-${entry}`;

/** Metrics of a function, by tenant and wave. */
const emitted = (metrics: OwnMetrics, { address, wave }: ChildWorkflowProps): Emitted => ({
  metrics,
  dimensions: { Tenant: address.tenant, Wave: wave },
});

const executionName = '{% $states.context.Execution.Name %}';

/** Objects per batch: the input says so in a run over the sample. */
const batchSize = (settings: WindSpeedSettings): string =>
  `{% $exists($states.input.batchSize) ? $states.input.batchSize : ${settings.batchSize} %}`;

/**
 * Reads every weather object of the source bucket in batches, merges what the batches found, and writes the mean wind
 * speeds in miles per hour. Input: `{"prefix": "gsod/2022/"}`, or `{"prefix": "gsod/"}` for all years; `batchSize` may
 * set another size of batches for one run.
 */
export class ChildWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ChildWorkflowProps) {
    super(scope, id);
    const definition = this.analyzeObjects(props).next(this.consolidate(props)).next(this.convert(props));
    const workflow = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(props.address, 'child'),
      definition,
      timeoutMinutes: 60,
      logRetention: props.logRetention,
    });
    this.stateMachine = workflow.stateMachine;
    // The CDK grants the result writer S3 but not the key that encrypts the bucket (aws/aws-cdk#32144).
    props.buckets.key.grant(this.stateMachine, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** One Express execution per batch, all batches side by side up to the limit. */
  private analyzeObjects(props: ChildWorkflowProps): DistributedMap {
    const { buckets, settings } = props;
    const map = DistributedMap.jsonata(this, 'Analyze objects', {
      label: 'analyze',
      mapExecutionType: StateMachineType.EXPRESS,
      maxConcurrency: settings.maxConcurrency,
      toleratedFailurePercentage: settings.toleratedFailurePercentage,
      itemReader: new S3ObjectsItemReader({ bucket: buckets.source, prefix: '{% $states.input.prefix %}' }),
      itemBatcher: new ItemBatcher({
        // The CDK knows only a number here; Step Functions evaluates an expression as well.
        maxItemsPerBatch: Token.asNumber(batchSize(settings)),
        batchInput: { execution: executionName },
      }),
      resultWriterV2: new ResultWriterV2({
        bucket: buckets.results,
        prefix: "{% 'map-runs/' & $states.context.Execution.Name %}",
        writerConfig: new WriterConfig({ outputType: OutputType.JSONL, transformation: Transformation.COMPACT }),
      }),
    });
    return map.itemProcessor(this.analyze(props));
  }

  private analyze(props: ChildWorkflowProps) {
    const { buckets, settings } = props;
    const analyze = this.addFunction(props, 'Analyze', {
      entry: 'analyze',
      description: 'Sums the wind speeds of one batch of weather objects per station and month',
      memoryMegabytes: settings.memoryMegabytes,
      timeoutSeconds: analyzeTimeoutSeconds,
      environment: { TOLERATED_FAILURE_PERCENTAGE: String(settings.toleratedFailurePercentage) },
      emits: emitted(batchMetrics, props),
    });
    // Without ListBucket, S3 answers AccessDenied for an object that was deleted after it was listed (API GetObject).
    analyze.allow(['s3:ListBucket'], [buckets.source.bucketArn]);
    analyze.allow(['s3:GetObject'], [buckets.source.arnForObjects('*')]);
    analyze.allow(['s3:PutObject'], [buckets.results.arnForObjects('partials/*')]);
    buckets.key.grant(analyze.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    analyze.calls(['s3:ListBucket'], [buckets.source.bucketArn]);
    analyze.calls(['s3:GetObject'], [buckets.source.arnForObjects('*')]);
    analyze.calls(['s3:PutObject'], [buckets.results.arnForObjects('partials/*')]);
    return lambdaTask(this, 'Analyze a batch', {
      function: analyze.function,
      timeoutSeconds: analyzeTimeoutSeconds + 5,
      withinSeconds: expressSeconds,
      payload: TaskInput.fromObject({
        Items: '{% $states.input.Items %}',
        BatchInput: '{% $states.input.BatchInput %}',
        batch: executionName,
      }),
    });
  }

  private consolidate(props: ChildWorkflowProps) {
    const { buckets } = props;
    const consolidate = this.addFunction(props, 'Consolidate', {
      entry: 'consolidate',
      description: 'Merges the partial results of all batches, exactly',
      memoryMegabytes: 2_048,
      timeoutSeconds: 300,
      emits: emitted(runMetrics, props),
    });
    consolidate.allow(['s3:GetObject'], [buckets.results.arnForObjects('partials/*')]);
    consolidate.allow(['s3:GetObject'], [buckets.results.arnForObjects('map-runs/*')]);
    consolidate.allow(['s3:PutObject'], [buckets.results.arnForObjects('executions/*/consolidated.ndjson')]);
    buckets.key.grant(consolidate.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    consolidate.calls(
      ['s3:GetObject'],
      ['partials/*', 'map-runs/*'].map((keys) => buckets.results.arnForObjects(keys)),
    );
    consolidate.calls(['s3:PutObject'], [buckets.results.arnForObjects('executions/*/consolidated.ndjson')]);
    return lambdaTask(this, 'Consolidate batches', {
      function: consolidate.function,
      timeoutSeconds: 305,
      payload: TaskInput.fromObject({
        execution: executionName,
        manifest: '{% $states.input.ResultWriterDetails %}',
      }),
    });
  }

  private convert(props: ChildWorkflowProps) {
    const { buckets } = props;
    const convert = this.addFunction(props, 'Convert', {
      entry: 'convert',
      description: 'Converts knots to miles per hour and writes tables, summary and map',
      memoryMegabytes: 1_024,
      timeoutSeconds: 180,
    });
    convert.allow(['s3:GetObject'], [buckets.results.arnForObjects('executions/*/consolidated.ndjson')]);
    convert.calls(['s3:GetObject'], [buckets.results.arnForObjects('executions/*/consolidated.ndjson')]);
    for (const file of ['summary.json', 'stations.csv', 'months.csv', 'map.svg']) {
      convert.allow(['s3:PutObject'], [buckets.results.arnForObjects(`executions/*/${file}`)]);
      convert.calls(['s3:PutObject'], [buckets.results.arnForObjects(`executions/*/${file}`)]);
    }
    buckets.key.grant(convert.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    return lambdaTask(this, 'Convert to miles per hour', {
      function: convert.function,
      timeoutSeconds: 185,
      payload: TaskInput.fromObject({
        execution: executionName,
        consolidated: '{% $states.input.consolidated %}',
      }),
    });
  }

  private addFunction(
    { address, buckets, logRetention }: ChildWorkflowProps,
    id: string,
    props: Omit<WindSpeedFunctionProps, 'logRetention'>,
  ): WindSpeedFunction {
    const environment = {
      SOURCE_BUCKET: buckets.source.bucketName,
      RESULTS_BUCKET: buckets.results.bucketName,
      ...props.environment,
    };
    const functionName = functionNameOf(address, props.entry);
    return new WindSpeedFunction(this, id, { ...props, functionName, logRetention, environment });
  }
}
