import { expect, test } from 'vitest';
import * as metrics from '../src/metrics.ts';

const { executionMetrics, expressMetrics, openExecutionMetrics, redriveMetrics, throttleMetrics } = metrics;
const { activityMetrics, integrationMetrics, lambdaMetrics, mapRunMetrics, taskFunctionMetrics } = metrics;

const named = (all: object) =>
  Object.values(all).flatMap((metric: unknown) => {
    if (typeof metric !== 'object' || metric === null || !('name' in metric)) return [];
    const { namespace, name, unit } = metric as metrics.EmittedMetric;
    return [[namespace, name, unit].join(' ')];
  });

const count = (name: string) => `AWS/States ${name} Count`;
const milliseconds = (name: string) => `AWS/States ${name} Milliseconds`;
const megabytes = (name: string) => `AWS/States ${name} Megabytes`;
const calls = (plural: string, singular: string) => [
  ...['Scheduled', 'Started', 'Succeeded', 'Failed', 'TimedOut'].map((end) => count(`${plural}${end}`)),
  ...['ScheduleTime', 'RunTime', 'Time'].map((end) => milliseconds(`${singular}${end}`)),
];

test.each<[what: string, all: object, names: readonly string[]]>([
  [
    'executions',
    executionMetrics,
    [
      count('ExecutionsStarted'),
      count('ExecutionsSucceeded'),
      count('ExecutionsFailed'),
      count('ExecutionsAborted'),
      count('ExecutionsTimedOut'),
      milliseconds('ExecutionTime'),
      count('ExecutionThrottled'),
    ],
  ],
  ['open executions', openExecutionMetrics, [count('OpenExecutionCount'), count('OpenExecutionLimit')]],
  [
    'Express executions',
    expressMetrics,
    [
      megabytes('ExpressExecutionMemory'),
      megabytes('ExpressExecutionBilledMemory'),
      milliseconds('ExpressExecutionBilledDuration'),
    ],
  ],
  [
    'token buckets',
    throttleMetrics,
    ['ConsumedCapacity', 'ProvisionedBucketSize', 'ProvisionedRefillRate', 'ThrottledEvents'].map(count),
  ],
  [
    'redriven executions',
    redriveMetrics,
    [
      'ExecutionsRedriven',
      'RedrivenExecutionsSucceeded',
      'RedrivenExecutionsFailed',
      'RedrivenExecutionsAborted',
      'RedrivenExecutionsTimedOut',
    ].map(count),
  ],
  ['integrations', integrationMetrics, calls('ServiceIntegrations', 'ServiceIntegration')],
  ['functions', taskFunctionMetrics, calls('LambdaFunctions', 'LambdaFunction')],
  ['activities', activityMetrics, calls('Activities', 'Activity')],
  [
    'Map Runs',
    mapRunMetrics,
    ['ApproximateOpenMapRunCount', 'OpenMapRunLimit', 'ApproximateMapRunBacklogSize'].map(count),
  ],
  [
    'invocations',
    lambdaMetrics,
    [
      'AWS/Lambda Invocations Count',
      'AWS/Lambda Errors Count',
      'AWS/Lambda Throttles Count',
      'AWS/Lambda ConcurrentExecutions Count',
      'AWS/Lambda ClaimedAccountConcurrency Count',
      'AWS/Lambda Duration Milliseconds',
    ],
  ],
])('the metrics of %s have the names and units of AWS', (_, all, names) => {
  expect(named(all)).toEqual(names);
});
