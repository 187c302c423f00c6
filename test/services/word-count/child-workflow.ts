import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  DistributedMap,
  ItemBatcher,
  JitterType,
  OutputType,
  ResultWriterV2,
  S3ObjectsItemReader,
  type StateMachine,
  StateMachineType,
  type TaskStateBase,
  TaskInput,
  Timeout,
  Transformation,
  WriterConfig,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LeastPrivilegeFunction } from '../../../blocks/baseline/least-privilege-function.ts';
import { type WorkloadAddress, stateMachineName } from '../../../blocks/workflow/address.ts';
import { Workflow } from '../../../blocks/workflow/workflow.ts';
import type { WordCountSettings } from './contract.ts';

export interface ChildWorkflowProps {
  readonly address: WorkloadAddress;
  readonly settings: WordCountSettings;
  readonly logRetention: RetentionDays;
}

/** Counts the words of every text of a bucket in batches, and writes their sum to another bucket. */
export class ChildWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  private readonly source = this.bucket('Source');
  private readonly results = this.bucket('Results');

  constructor(scope: Construct, id: string, props: ChildWorkflowProps) {
    super(scope, id);
    this.stateMachine = new Workflow(this, 'Workflow', {
      stateMachineName: stateMachineName(props.address, 'child'),
      definition: this.countTexts(props).next(this.sum(props)),
      timeoutMinutes: 60,
      logRetention: props.logRetention,
    }).stateMachine;
  }

  private bucket(id: string): Bucket {
    return new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private countTexts(props: ChildWorkflowProps): DistributedMap {
    const { batchSize, maxConcurrency, toleratedFailurePercentage } = props.settings;
    const map = DistributedMap.jsonata(this, 'Count texts', {
      label: 'count',
      mapExecutionType: StateMachineType.EXPRESS,
      maxConcurrency,
      toleratedFailurePercentage,
      itemReader: new S3ObjectsItemReader({ bucket: this.source, prefix: '{% $states.input.prefix %}' }),
      itemBatcher: new ItemBatcher({ maxItemsPerBatch: batchSize }),
      resultWriterV2: new ResultWriterV2({
        bucket: this.results,
        prefix: "{% 'map-runs/' & $states.context.Execution.Name %}",
        writerConfig: new WriterConfig({ outputType: OutputType.JSONL, transformation: Transformation.COMPACT }),
      }),
    });
    const count = this.addFunction('Count', 'Counts the words of one batch of texts', props);
    count.allow(['s3:GetObject'], [this.source.arnForObjects('*')]);
    count.calls(['s3:GetObject'], [this.source.arnForObjects('*')]);
    return map.itemProcessor(this.invoke('Count a batch', count, '{% $states.input %}'));
  }

  private sum(props: ChildWorkflowProps): TaskStateBase {
    const sum = this.addFunction('Sum', 'Adds what the batches have counted and writes the sum', props);
    sum.allow(['s3:GetObject'], [this.results.arnForObjects('map-runs/*')]);
    sum.allow(['s3:PutObject'], [this.results.arnForObjects('executions/*')]);
    sum.calls(['s3:GetObject'], [this.results.arnForObjects('map-runs/*')]);
    sum.calls(['s3:PutObject'], [this.results.arnForObjects('executions/*')]);
    return this.invoke('Sum the counts', sum, {
      execution: '{% $states.context.Execution.Name %}',
      manifest: '{% $states.input.ResultWriterDetails %}',
    });
  }

  private addFunction(
    id: 'Count' | 'Sum',
    description: string,
    { logRetention }: ChildWorkflowProps,
  ): LeastPrivilegeFunction {
    return new LeastPrivilegeFunction(this, id, {
      entry: `${import.meta.dirname}/functions/${id.toLowerCase()}.entry.ts`,
      description,
      memoryMegabytes: 1_024,
      timeoutSeconds: 60,
      logRetention,
      environment: { SOURCE_BUCKET: this.source.bucketName, RESULTS_BUCKET: this.results.bucketName },
    });
  }

  private invoke(id: string, { function: invoked }: LeastPrivilegeFunction, payload: string | object): TaskStateBase {
    return LambdaInvoke.jsonata(this, id, {
      lambdaFunction: invoked,
      payload: typeof payload === 'string' ? TaskInput.fromText(payload) : TaskInput.fromObject({ ...payload }),
      outputs: '{% $states.result.Payload %}',
      taskTimeout: Timeout.duration(Duration.seconds(65)),
    })
      .addRetry({
        errors: ['Lambda.TooManyRequestsException'],
        interval: Duration.seconds(2),
        maxAttempts: 8,
        jitterStrategy: JitterType.FULL,
      })
      .addRetry({ errors: ['Lambda.Unknown', 'Runtime.ExitError', 'Sandbox.Timedout'], maxAttempts: 2 });
  }
}
