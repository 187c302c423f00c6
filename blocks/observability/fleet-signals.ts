import { Duration } from 'aws-cdk-lib/core';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { ownNamespace } from './own-metrics.ts';
import type { Signal } from './signal.ts';

interface Query {
  readonly aggregation: 'MAX' | 'SUM';
  readonly metric: string;
  /** Namespace and dimensions, and where one of them has to have a value. */
  readonly from: string;
  /** Labels of a line, besides the account. */
  readonly by?: string;
  readonly minutes: number;
}

const ofAccounts = 'SCHEMA("AWS/States")';
const ofTransitions = `SCHEMA("AWS/States", ServiceMetric) WHERE ServiceMetric = 'StateTransition'`;
const ofPolling = `SCHEMA("AWS/States", APIName) WHERE APIName = 'DescribeExecution'`;
const ofFunctions = 'SCHEMA("AWS/Lambda")';
const ofTenants = `SCHEMA("${ownNamespace}", Tenant)`;

/** Where missing data is fine: a line that ends goes to OK, so such an alarm can never watch for silence. */
type FleetSignal = Omit<Signal, 'metric' | 'missingData'> & { readonly query: Query };

const signals: readonly FleetSignal[] = [
  {
    id: 'stuck-parents',
    title: 'an execution waits for another one that has ended, and will not hear of it',
    query: { aggregation: 'MAX', metric: 'StuckParents', from: ofTenants, by: 'Tenant', minutes: 5 },
    threshold: 1,
    // Two rounds of the probe: a list of executions is eventually consistent.
    periods: 2,
    severity: 'page',
    runbook: 'stuck-parents',
  },
  {
    id: 'old-executions',
    title: 'an execution has taken more than half of its timeout',
    query: { aggregation: 'MAX', metric: 'OldestRunningShare', from: ofTenants, by: 'Tenant', minutes: 5 },
    threshold: 50,
    periods: 2,
    severity: 'ticket',
    runbook: 'old-executions',
  },
  {
    id: 'probe-incomplete',
    title: 'a probe has not seen everything for a quarter of an hour, so nobody would hear of what hangs there',
    query: { aggregation: 'SUM', metric: 'ProbeIncomplete', from: ofTenants, by: 'Tenant', minutes: 5 },
    threshold: 1,
    // A round that was throttled is none.
    periods: 3,
    severity: 'ticket',
    runbook: 'probe-incomplete',
  },
  {
    id: 'open-map-runs',
    title: 'an account has 900 open Map Runs of the 1,000 that it may have; more would wait in the backlog',
    query: { aggregation: 'MAX', metric: 'ApproximateOpenMapRunCount', from: ofAccounts, minutes: 1 },
    // AWS recommends it (procedure-cw-metrics); the limit is a hard one, so it needs no metric.
    threshold: 900,
    periods: 3,
    severity: 'ticket',
    runbook: 'open-map-runs',
  },
  {
    id: 'map-run-backlog',
    title: 'Map Runs wait in the backlog: they have started and do nothing until others end',
    query: { aggregation: 'MAX', metric: 'ApproximateMapRunBacklogSize', from: ofAccounts, minutes: 1 },
    threshold: 1,
    periods: 5,
    severity: 'ticket',
    runbook: 'map-run-backlog',
  },
  {
    id: 'transitions-throttled',
    title: 'state transitions of an account are throttled: its workflows are slow, and raise no error',
    query: { aggregation: 'SUM', metric: 'ThrottledEvents', from: ofTransitions, minutes: 1 },
    threshold: 1,
    periods: 3,
    severity: 'ticket',
    runbook: 'state-transition-throttling',
  },
  {
    id: 'describe-throttled',
    title: 'DescribeExecution is throttled: executions that wait for others hear of their end late',
    query: { aggregation: 'SUM', metric: 'ThrottledEvents', from: ofPolling, minutes: 1 },
    threshold: 1,
    periods: 3,
    severity: 'ticket',
    runbook: 'describe-throttled',
  },
  {
    id: 'lambda-throttles',
    title: 'Lambda refused to run a function: the account has less concurrency than its functions need',
    query: { aggregation: 'SUM', metric: 'Throttles', from: ofFunctions, minutes: 5 },
    threshold: 1,
    periods: 1,
    severity: 'ticket',
    runbook: 'lambda-throttles',
  },
  {
    id: 'lambda-errors',
    title: 'functions of an account have failed for a quarter of an hour, again and again',
    query: { aggregation: 'SUM', metric: 'Errors', from: ofFunctions, minutes: 5 },
    threshold: 1,
    // A failure that a retry heals is none.
    periods: 3,
    severity: 'ticket',
    runbook: 'lambda-errors',
  },
];

/**
 * Signals that one alarm watches in all accounts of a region. Its lines are the accounts, each with a state and with
 * notifications of its own (CloudWatch User Guide, "Create an alarm based on a Metrics Insights query"): the alarm needs no
 * change when an account joins, and none when it leaves.
 */
export const fleetSignals: readonly Signal[] = signals.map(({ query, ...signal }) => ({
  ...signal,
  metric: metricOf(query),
  missingData: 'fine',
}));

function metricOf({ aggregation, metric, from, by, minutes }: Query): MathExpression {
  const labels = ['AWS.AccountId', ...(by === undefined ? [] : [by])].join(', ');
  return new MathExpression({
    expression: `SELECT ${aggregation}(${metric}) FROM ${from} GROUP BY ${labels} ORDER BY ${aggregation}() DESC`,
    label: metric,
    period: Duration.minutes(minutes),
  });
}
