import { lambdaMetrics, mapRunMetrics, throttleMetrics } from '@crosswind/aws/metrics';
import { alarmingShares } from '../../../blocks/observability/alarming-shares.ts';
import { count } from '../../count.ts';
import type { RecordedMetric } from '../../run-record/recorded-facts.ts';
import type { Evidence } from '../evidence.ts';
import { type Finding, type FindReasons, metricItem } from '../finding.ts';
import { untilOf } from './throttling.ts';

/** Most of the state transitions, Map Runs or Lambda concurrency of an account is used, and nothing waits for it yet. */
export const capacityNearlyUsed: FindReasons = (evidence) =>
  evidence.source === 'aws' ? [] : evidence.metrics.flatMap((metric) => nearlyUsed(metric, evidence));

function nearlyUsed(metric: RecordedMetric, evidence: Evidence): readonly Finding[] {
  const { account, name, peak } = metric;
  const ofAccount = evidence.metrics.filter((other) => other.account === account && other.value > 0);
  if (name === throttleMetrics.consumed.name && isOfTransitions(metric)) {
    const refill = ofAccount.find((other) => other.name === throttleMetrics.refillRate.name);
    const most = 60 * (refill?.value ?? Infinity);
    const isThrottled = ofAccount.some((each) => each.name === throttleMetrics.throttled.name && isOfTransitions(each));
    return isThrottled || peak < alarmingShares.transitions * most
      ? []
      : [found(metric, evidence, `${count(peak)} state transitions in a minute, of ${count(most)} that it gets`)];
  }
  if (name === mapRunMetrics.open.name) {
    const most = ofAccount.find((other) => other.name === mapRunMetrics.limit.name)?.value ?? Infinity;
    const waits = ofAccount.some((each) => each.name === mapRunMetrics.backlog.name);
    return waits || peak < alarmingShares.mapRuns * most
      ? []
      : [found(metric, evidence, `${count(peak)} open Map Runs, of ${count(most)} that it may have`)];
  }
  const limit = evidence.concurrency[account];
  if (name !== lambdaMetrics.claimedAccountConcurrency.name || limit === undefined) return [];
  const isThrottled = ofAccount.some((each) => each.name === lambdaMetrics.throttles.name);
  return isThrottled || peak < alarmingShares.concurrency * limit
    ? []
    : [found(metric, evidence, `Lambda concurrency of ${count(peak)}, of ${count(limit)} that it has`)];
}

const isOfTransitions = ({ dimensions }: RecordedMetric): boolean => dimensions['ServiceMetric'] === 'StateTransition';

const runbooks: ReadonlyMap<string, string> = new Map([
  [lambdaMetrics.claimedAccountConcurrency.name, 'lambda-concurrency'],
  [mapRunMetrics.open.name, 'open-map-runs'],
]);

const found = (metric: RecordedMetric, { at, executions }: Evidence, used: string): Finding => ({
  id: 'capacity-nearly-used',
  sentence: `account ${metric.account} uses ${used}: more would wait`,
  execution: executions.find(({ account }) => account === metric.account)?.arn ?? null,
  since: metric.first,
  until: untilOf(metric, at),
  certain: true,
  evidence: [metricItem(metric)],
  fixes: [
    {
      kind: 'setting',
      resource: `account ${metric.account}`,
      sentence: 'start less at the same time, or ask for a higher quota',
    },
  ],
  runbook: runbooks.get(metric.name) ?? 'state-transition-throttling',
});
