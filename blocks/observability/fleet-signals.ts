import { alarmingShares } from './alarming-shares.ts';
import { type FleetQuery, ofAccounts, ofFunctions, ofPolling, ofTransitions, queried } from './fleet-query.ts';
import { ownNamespace } from './own-metrics.ts';
import type { Signal } from './signal.ts';

const ofTenants = `SCHEMA("${ownNamespace}", Tenant)`;
/** Map Runs that an account may have open in a region (Step Functions service quotas). */
const openMapRunLimit = 1_000;

const byAccount = ['AWS.AccountId'];
const byTenant = ['AWS.AccountId', 'Tenant'];

/**
 * A signal of all accounts. Missing data is fine: a line that ends goes to OK, so such an alarm can never watch for silence.
 */
export type FleetSignal = Omit<Signal, 'metric' | 'missingData'> & {
  /** Words over a graph of it. */
  readonly short: string;
  readonly query: FleetQuery;
};

/** Signals that one alarm watches in all accounts of a region, as queries. */
export const fleetQueries: readonly FleetSignal[] = [
  {
    id: 'stuck-parents',
    short: 'Executions that wait for something that has ended',
    title: 'an execution waits for another one that has ended, and will not hear of it',
    query: { aggregation: 'MAX', metric: 'StuckParents', from: ofTenants, groupBy: byTenant, minutes: 5 },
    threshold: 1,
    // Two rounds of the probe: a list of executions is eventually consistent.
    periods: 2,
    severity: 'page',
    runbook: 'stuck-parents',
  },
  {
    id: 'old-executions',
    short: 'Oldest execution, percent of its timeout',
    title: 'an execution has taken more than half of its timeout',
    query: { aggregation: 'MAX', metric: 'OldestRunningShare', from: ofTenants, groupBy: byTenant, minutes: 5 },
    threshold: 50,
    periods: 2,
    severity: 'ticket',
    runbook: 'old-executions',
  },
  {
    id: 'probe-incomplete',
    short: 'Rounds of a probe that did not see everything',
    title: 'a probe has not seen everything for a quarter of an hour, so nobody would hear of what hangs there',
    query: { aggregation: 'SUM', metric: 'ProbeIncomplete', from: ofTenants, groupBy: byTenant, minutes: 5 },
    threshold: 1,
    // A round that was throttled is none.
    periods: 3,
    severity: 'ticket',
    runbook: 'probe-incomplete',
  },
  {
    id: 'open-map-runs',
    short: 'Open Map Runs, of 1,000',
    title: 'an account has 900 open Map Runs of the 1,000 that it may have; more would wait in the backlog',
    query: {
      aggregation: 'MAX',
      metric: 'ApproximateOpenMapRunCount',
      from: ofAccounts,
      groupBy: byAccount,
      minutes: 1,
    },
    // The limit is a hard one, so it needs no metric.
    threshold: alarmingShares.mapRuns * openMapRunLimit,
    periods: 3,
    severity: 'ticket',
    runbook: 'open-map-runs',
  },
  {
    id: 'map-run-backlog',
    short: 'Map Runs in the backlog',
    title: 'Map Runs wait in the backlog: they have started and do nothing until others end',
    query: {
      aggregation: 'MAX',
      metric: 'ApproximateMapRunBacklogSize',
      from: ofAccounts,
      groupBy: byAccount,
      minutes: 1,
    },
    threshold: 1,
    periods: 5,
    severity: 'ticket',
    runbook: 'map-run-backlog',
  },
  {
    id: 'transitions-throttled',
    short: 'Throttled state transitions',
    title: 'state transitions of an account are throttled: its workflows are slow, and raise no error',
    query: { aggregation: 'SUM', metric: 'ThrottledEvents', from: ofTransitions, groupBy: byAccount, minutes: 1 },
    threshold: 1,
    periods: 3,
    severity: 'ticket',
    runbook: 'state-transition-throttling',
  },
  {
    id: 'describe-throttled',
    short: 'Throttled DescribeExecution',
    title: 'DescribeExecution is throttled: executions that wait for others hear of their end late',
    query: { aggregation: 'SUM', metric: 'ThrottledEvents', from: ofPolling, groupBy: byAccount, minutes: 1 },
    threshold: 1,
    periods: 3,
    severity: 'ticket',
    runbook: 'describe-throttled',
  },
  {
    id: 'lambda-throttles',
    short: 'Throttled invocations',
    title: 'Lambda refused to run a function: the account has less concurrency than its functions need',
    query: { aggregation: 'SUM', metric: 'Throttles', from: ofFunctions, groupBy: byAccount, minutes: 5 },
    threshold: 1,
    periods: 1,
    severity: 'ticket',
    runbook: 'lambda-throttles',
  },
  {
    id: 'lambda-errors',
    short: 'Invocations that failed',
    title: 'functions of an account have failed for a quarter of an hour, again and again',
    query: { aggregation: 'SUM', metric: 'Errors', from: ofFunctions, groupBy: byAccount, minutes: 5 },
    threshold: 1,
    // A failure that a retry heals is none.
    periods: 3,
    severity: 'ticket',
    runbook: 'lambda-errors',
  },
];

/**
 * The same as signals. The lines of such an alarm are the accounts, each with a state and with notifications of its own
 * (CloudWatch User Guide, "Create an alarm based on a Metrics Insights query"): it needs no change when an account joins,
 * and none when it leaves.
 */
export const fleetSignals: readonly Signal[] = fleetQueries.map(({ query, short: _, ...signal }) => ({
  ...signal,
  metric: queried(query, query.metric),
  missingData: 'fine',
}));

/** The signal of all accounts with that id. */
export function fleetSignal(id: string): Signal {
  const found = fleetSignals.find((signal) => signal.id === id);
  if (!found) throw new Error(`expected a signal of the fleet, got "${id}"`);
  return found;
}
