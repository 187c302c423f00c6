import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { StateMachine, StateTransitionMetric } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Signal } from './signal.ts';

/** An account and region whose Step Functions are watched. */
export interface WatchedAccount {
  readonly account: string;
  readonly region: string;
}

const period = Duration.minutes(1);

/**
 * The three Map Run metrics of an account and region (procedure-cw-metrics): they have no dimensions, so they cannot be
 * split by state machine. The CDK has no helpers for them.
 */
export function mapRunMetrics({ account, region }: WatchedAccount) {
  const metric = (metricName: string, label: string): Metric =>
    new Metric({ namespace: 'AWS/States', metricName, label, statistic: Stats.MAXIMUM, period, account, region });
  return {
    open: metric('ApproximateOpenMapRunCount', 'open Map Runs'),
    limit: metric('OpenMapRunLimit', 'limit'),
    backlog: metric('ApproximateMapRunBacklogSize', 'Map Runs in the backlog'),
  };
}

/** State transitions of an account and region: what is used, what is refilled, what was throttled. */
export function stateTransitionMetrics({ account, region }: WatchedAccount) {
  const options = { period, account, region };
  return {
    consumed: StateTransitionMetric.metricConsumedCapacity({ ...options, statistic: Stats.SUM, label: 'consumed' }),
    refill: StateTransitionMetric.metricProvisionedRefillRate({
      ...options,
      statistic: Stats.MAXIMUM,
      label: 'refill rate',
    }),
    bucket: StateTransitionMetric.metricProvisionedBucketSize({
      ...options,
      statistic: Stats.MAXIMUM,
      label: 'bucket size',
    }),
    throttled: StateTransitionMetric.metricThrottledEvents({ ...options, label: 'throttled' }),
  };
}

/** Signals of an account that runs workflows. */
export function accountSignals(watched: WatchedAccount): readonly Signal[] {
  const mapRuns = mapRunMetrics(watched);
  const usage = new MathExpression({
    expression: '100 * open / limit',
    usingMetrics: { open: mapRuns.open, limit: mapRuns.limit },
    label: 'open Map Runs, percent of the limit',
    period,
  });
  return [
    {
      id: 'open-map-runs',
      title: 'open Map Runs are at 90 % of the limit of the account; above it new ones wait in the backlog',
      metric: usage,
      // AWS recommends an alarm at 900 of the default limit of 1,000 (procedure-cw-metrics); the limit is a metric, too.
      threshold: 90,
      periods: 3,
      missingData: 'fine',
      severity: 'ticket',
      runbook: 'open-map-runs',
    },
    {
      id: 'map-run-backlog',
      title: 'Map Runs wait in the backlog: they have started and do nothing until others end',
      metric: mapRuns.backlog,
      threshold: 1,
      periods: 5,
      // Without a backlog Step Functions emits no data points (AWS Compute Blog, 2025-11-04).
      missingData: 'fine',
      severity: 'page',
      runbook: 'map-run-backlog',
    },
    {
      id: 'state-transition-throttling',
      title: 'Step Functions delays state transitions of every workflow in the account',
      metric: stateTransitionMetrics(watched).throttled.with({ period }),
      threshold: 1,
      periods: 5,
      missingData: 'fine',
      severity: 'page',
      runbook: 'state-transition-throttling',
    },
  ];
}

export interface WatchedStateMachine extends WatchedAccount {
  readonly arn: string;
  /** How people call the workflow, for example `orders parent`. */
  readonly title: string;
  /** A prefix for signal ids, for example `orders-parent`. */
  readonly id: string;
}

/** Started, succeeded and everything else that executions of a state machine can do. */
export function executionMetrics(scope: Construct, { arn, account, region, id }: WatchedStateMachine) {
  const machine = StateMachine.fromStateMachineArn(scope, id, arn);
  const options = { period: Duration.minutes(5), account, region };
  return {
    started: machine.metricStarted({ ...options, label: 'started' }),
    succeeded: machine.metricSucceeded({ ...options, label: 'succeeded' }),
    failed: machine.metricFailed({ ...options, label: 'failed' }),
    timedOut: machine.metricTimedOut({ ...options, label: 'timed out' }),
    aborted: machine.metricAborted({ ...options, label: 'aborted' }),
    throttled: machine.metricThrottled({ ...options, label: 'throttled' }),
    time: machine.metricTime({ ...options, label: 'time' }),
  };
}

/** Signals of one state machine. */
export function executionSignals(
  { id, title }: WatchedStateMachine,
  metrics: ReturnType<typeof executionMetrics>,
): readonly Signal[] {
  const signal = (what: string, metric: Metric, sentence: string, severity: Signal['severity']): Signal => ({
    id: `${id}-${what}`,
    title: `${title}: ${sentence}`,
    metric,
    threshold: 1,
    periods: 1,
    missingData: 'fine',
    severity,
    runbook: `executions-${what}`,
  });
  return [
    signal('failed', metrics.failed, 'an execution failed', 'ticket'),
    signal(
      'timed-out',
      metrics.timedOut,
      'an execution ran into its timeout: it may have waited for an answer that never came',
      'page',
    ),
  ];
}
