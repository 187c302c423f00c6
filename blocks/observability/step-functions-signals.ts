import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { StateMachine, StateTransitionMetric } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { alarmingShares } from './alarming-shares.ts';
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

/** Part of the signal on state transitions that is the same in all accounts. */
export const transitionsUsed = {
  id: 'transitions-used',
  threshold: 100 * alarmingShares.transitions,
  severity: 'ticket',
} as const;

/**
 * Signals of an account that its fleet's alarms cannot watch, because they compare two metrics of it.
 */
export function accountSignals(watched: WatchedAccount): readonly Signal[] {
  const { consumed, refill } = stateTransitionMetrics(watched);
  return [
    {
      ...transitionsUsed,
      title: `workflows use ${transitionsUsed.threshold} % of the state transitions that the account has a second: more would be delayed`,
      metric: new MathExpression({
        expression: '100 * consumed / (60 * refill)',
        usingMetrics: { consumed, refill },
        label: 'state transitions, percent of the refill rate',
        period,
      }),
      // A burst that the bucket holds is none.
      periods: 5,
      missingData: 'fine',
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

/** How urgent it is when executions of a workflow fail: a person must act at night on those that nobody else waits for. */
export interface ExecutionUrgency {
  /** True for the workflow that schedules and people start; what it starts is its own business, and that of a ticket. */
  readonly isEntry: boolean;
}

/** Signals of one state machine. */
export function executionSignals(
  { title }: WatchedStateMachine,
  metrics: ReturnType<typeof executionMetrics>,
  { isEntry }: ExecutionUrgency,
): readonly Signal[] {
  const signal = (id: string, metric: Metric, sentence: string, severity: Signal['severity']): Signal => ({
    id,
    title: `${title}: ${sentence}`,
    metric,
    threshold: 1,
    periods: 1,
    missingData: 'fine',
    severity,
    runbook: `executions-${id}`,
  });
  const severity = isEntry ? 'page' : 'ticket';
  return [
    signal('failed', metrics.failed, 'an execution failed, so its results are missing', severity),
    signal('timed-out', metrics.timedOut, 'an execution ran into its timeout, so its results are missing', severity),
    signal('aborted', metrics.aborted, 'somebody stopped an execution, so its results are missing', 'ticket'),
  ];
}
