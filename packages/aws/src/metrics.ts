/** A metric that a service of AWS emits: per value of its dimension, and for the whole account and region. */
export interface EmittedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: 'Count' | 'Milliseconds' | 'Megabytes';
}

const of =
  (namespace: string, unit: EmittedMetric['unit']) =>
  (name: string): EmittedMetric => ({ namespace, name, unit });

const count = of('AWS/States', 'Count');
const milliseconds = of('AWS/States', 'Milliseconds');

/**
 * Of executions, by `StateMachineArn` (Step Functions Developer Guide, "Monitoring Step Functions metrics using Amazon
 * CloudWatch", procedure-cw-metrics).
 */
export const executionMetrics = {
  started: count('ExecutionsStarted'),
  SUCCEEDED: count('ExecutionsSucceeded'),
  FAILED: count('ExecutionsFailed'),
  ABORTED: count('ExecutionsAborted'),
  TIMED_OUT: count('ExecutionsTimedOut'),
  time: milliseconds('ExecutionTime'),
  /** State transitions and retries that had to wait; emitted only where there were any. */
  throttled: count('ExecutionThrottled'),
} as const;

/** Of the Standard executions of an account and region that are open, without dimensions (procedure-cw-metrics). */
export const openExecutionMetrics = {
  open: count('OpenExecutionCount'),
  limit: count('OpenExecutionLimit'),
} as const;

/** Of Express executions, by `StateMachineArn`: what they are billed for (procedure-cw-metrics). */
export const expressMetrics = {
  memory: of('AWS/States', 'Megabytes')('ExpressExecutionMemory'),
  billedMemory: of('AWS/States', 'Megabytes')('ExpressExecutionBilledMemory'),
  billedDuration: milliseconds('ExpressExecutionBilledDuration'),
} as const;

/**
 * Of the token buckets, by `ServiceMetric` (state transitions, also by `StateMachineArn`) or `APIName`
 * (procedure-cw-metrics, "Service metrics" and "API usage metrics").
 */
export const throttleMetrics = {
  consumed: count('ConsumedCapacity'),
  bucketSize: count('ProvisionedBucketSize'),
  refillRate: count('ProvisionedRefillRate'),
  throttled: count('ThrottledEvents'),
} as const;

/** Metrics of redriven executions, in addition to those of all executions (procedure-cw-metrics). */
export const redriveMetrics = {
  redriven: count('ExecutionsRedriven'),
  SUCCEEDED: count('RedrivenExecutionsSucceeded'),
  FAILED: count('RedrivenExecutionsFailed'),
  ABORTED: count('RedrivenExecutionsAborted'),
  TIMED_OUT: count('RedrivenExecutionsTimedOut'),
} as const;

/** Of the calls that tasks make: what is scheduled and how that goes on (procedure-cw-metrics). */
export interface CallMetrics {
  readonly dimension: string;
  readonly scheduled: EmittedMetric;
  readonly started: EmittedMetric;
  readonly succeeded: EmittedMetric;
  readonly failed: EmittedMetric;
  readonly timedOut: EmittedMetric;
  /** From being scheduled to being started. */
  readonly scheduleTime: EmittedMetric;
  /** From being started to the end. */
  readonly runTime: EmittedMetric;
  /** From being scheduled to the end. */
  readonly time: EmittedMetric;
}

const calls = (dimension: string, plural: string, singular: string): CallMetrics => ({
  dimension,
  scheduled: count(`${plural}Scheduled`),
  started: count(`${plural}Started`),
  succeeded: count(`${plural}Succeeded`),
  failed: count(`${plural}Failed`),
  timedOut: count(`${plural}TimedOut`),
  scheduleTime: milliseconds(`${singular}ScheduleTime`),
  runTime: milliseconds(`${singular}RunTime`),
  time: milliseconds(`${singular}Time`),
});

/** Of tasks whose resource is an integration; its ARN has account and region, unlike that in the definition. */
export const integrationMetrics = calls('ServiceIntegrationResourceArn', 'ServiceIntegrations', 'ServiceIntegration');

/** Of tasks whose resource is the ARN of a function; `lambda:invoke` emits integration metrics instead. */
export const taskFunctionMetrics = calls('LambdaFunctionArn', 'LambdaFunctions', 'LambdaFunction');

/** Of tasks whose resource is an activity. */
export const activityMetrics = calls('ActivityArn', 'Activities', 'Activity');

/** Of the Map Runs of an account and region, without dimensions; their unit is not documented (procedure-cw-metrics). */
export const mapRunMetrics = {
  open: count('ApproximateOpenMapRunCount'),
  limit: count('OpenMapRunLimit'),
  /** Emitted only while there is a backlog (AWS Compute Blog, 2025-11-04). */
  backlog: count('ApproximateMapRunBacklogSize'),
} as const;

const lambdaCount = of('AWS/Lambda', 'Count');

/** Of invocations, by `FunctionName` (AWS Lambda Developer Guide, "Types of metrics for Lambda functions"). */
export const lambdaMetrics = {
  invocations: lambdaCount('Invocations'),
  errors: lambdaCount('Errors'),
  throttles: lambdaCount('Throttles'),
  concurrentExecutions: lambdaCount('ConcurrentExecutions'),
  /** Of an account: what runs on unreserved concurrency, and all that is reserved. */
  claimedAccountConcurrency: lambdaCount('ClaimedAccountConcurrency'),
  duration: of('AWS/Lambda', 'Milliseconds')('Duration'),
} as const;

const schedulerCount = of('AWS/Scheduler', 'Count');

/**
 * Of the schedules of a group, by `ScheduleGroup`, and of all in an account and region (EventBridge Scheduler User Guide,
 * "Monitoring with Amazon CloudWatch", monitoring-cloudwatch). Each is emitted only when it happens.
 */
export const schedulerMetrics = {
  attempts: schedulerCount('InvocationAttemptCount'),
  targetErrors: schedulerCount('TargetErrorCount'),
  targetThrottled: schedulerCount('TargetErrorThrottledCount'),
  /** The retry policy is exhausted. */
  dropped: schedulerCount('InvocationDroppedCount'),
  sentToDeadLetterQueue: schedulerCount('InvocationsSentToDeadLetterCount'),
  notSentToDeadLetterQueue: schedulerCount('InvocationsFailedToBeSentToDeadLetterCount'),
} as const;

/** The same by the error of SQS, for example `AWS.SimpleQueueService.NonExistentQueue` (monitoring-cloudwatch). */
export const notSentToDeadLetterQueueBy = (errorCode: string): EmittedMetric =>
  schedulerCount(`${schedulerMetrics.notSentToDeadLetterQueue.name}_${errorCode}`);

/**
 * Of a queue, by `QueueName`, each minute in which it is active (Amazon SQS Developer Guide, "Available CloudWatch metrics
 * for Amazon SQS").
 */
export const queueMetrics = {
  visible: of('AWS/SQS', 'Count')('ApproximateNumberOfMessagesVisible'),
} as const;

/** A metric of an AWS service, with every set of dimensions that it is emitted with. */
export interface EmittedWith {
  readonly namespace: string;
  readonly name: string;
  /** Names of dimensions; an empty set is that of an account and region. */
  readonly dimensionSets: readonly (readonly string[])[];
}

const withDimensions = (
  metrics: Readonly<Record<string, EmittedMetric>>,
  ...dimensionSets: readonly (readonly string[])[]
): readonly EmittedWith[] => Object.values(metrics).map(({ namespace, name }) => ({ namespace, name, dimensionSets }));

const machines: readonly (readonly string[])[] = [
  [],
  ['StateMachineArn'],
  ['StateMachineArn', 'Version'],
  ['Alias', 'StateMachineArn'],
];
const callMetricsOf = ({ dimension, ...metrics }: CallMetrics): readonly EmittedWith[] =>
  withDimensions(metrics, [dimension]);

/**
 * Metrics of the services that platforms watch, with the dimensions that they have (procedure-cw-metrics; AWS Lambda
 * Developer Guide, "Types of metrics for Lambda functions"; and the pages named above).
 */
export const emittedByAws: readonly EmittedWith[] = [
  ...withDimensions(executionMetrics, ...machines),
  ...withDimensions(expressMetrics, ...machines),
  ...withDimensions(redriveMetrics, ...machines),
  ...withDimensions(openExecutionMetrics, []),
  ...withDimensions(mapRunMetrics, []),
  ...withDimensions(throttleMetrics, ['APIName'], ['ServiceMetric'], ['ServiceMetric', 'StateMachineArn']),
  ...[integrationMetrics, taskFunctionMetrics, activityMetrics].flatMap(callMetricsOf),
  ...withDimensions(
    {
      invocations: lambdaMetrics.invocations,
      errors: lambdaMetrics.errors,
      throttles: lambdaMetrics.throttles,
      concurrentExecutions: lambdaMetrics.concurrentExecutions,
      duration: lambdaMetrics.duration,
    },
    [],
    ['FunctionName'],
    ['FunctionName', 'Resource'],
  ),
  ...withDimensions({ claimed: lambdaMetrics.claimedAccountConcurrency }, []),
  ...withDimensions(queueMetrics, ['QueueName']),
  ...withDimensions(schedulerMetrics, [], ['ScheduleGroup']),
];
