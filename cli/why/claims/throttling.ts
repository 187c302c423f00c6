import { executionMetrics, throttleMetrics } from '@crosswind/aws/metrics';
import { count, countOf } from '../../count.ts';
import type { RecordedMetric } from '../../run-record/recorded-facts.ts';
import type { Evidence } from '../evidence.ts';
import type { FindReasons } from '../finding.ts';
import { metricItem } from '../finding.ts';

/** State transitions of a state machine of the run had to wait for tokens. */
export const transitionsThrottled: FindReasons = ({ metrics, executions, at }) =>
  metrics
    .filter(({ name, dimensions }) => name === executionMetrics.throttled.name && 'StateMachineArn' in dimensions)
    .flatMap((throttled) => {
      const arn = throttled.dimensions['StateMachineArn'] ?? '';
      const execution = executions.find(({ stateMachineArn }) => stateMachineArn === arn);
      if (!execution || throttled.value === 0) return [];
      const ofAccount = metrics.filter(
        (metric) =>
          metric.account === throttled.account &&
          metric.region === throttled.region &&
          metric.dimensions['ServiceMetric'] === 'StateTransition',
      );
      const refill = ofAccount.find(({ name }) => name === throttleMetrics.refillRate.name)?.value;
      const rate = refill === undefined ? '' : `, which gets ${count(refill)} a second`;
      return [
        {
          id: 'transition-throttling' as const,
          sentence: `${countOf(throttled.value, 'state transition')} of the ${execution.stage} had to wait: account ${throttled.account}${rate}, makes more of them`,
          execution: execution.arn,
          since: throttled.first,
          until: untilOf(throttled, at),
          certain: true,
          evidence: [throttled, ...ofAccount].map(metricItem),
          fixes: [
            {
              kind: 'setting' as const,
              resource: `account ${throttled.account}`,
              sentence: 'slow down or stop what was started last, or ask for a higher quota of StateTransition',
            },
          ],
          runbook: 'state-transition-throttling',
        },
      ];
    });

/** Polls for the end of a started execution were throttled, so the waiting one hears of it late. */
export const describeThrottled: FindReasons = ({ metrics, executions, at }) =>
  metrics.filter(isThrottledDescribe).flatMap((throttled) => {
    const execution = executions.find(({ account }) => account === throttled.account);
    if (!execution) return [];
    return [
      {
        id: 'describe-throttled' as const,
        sentence: `DescribeExecution was throttled in account ${throttled.account}, ${countOf(throttled.value, 'call')} of it: who waits there hears of an end late`,
        execution: execution.arn,
        since: throttled.first,
        until: untilOf(throttled, at),
        certain: true,
        evidence: [metricItem(throttled)],
        fixes: [
          {
            kind: 'setting' as const,
            resource: `account ${throttled.account}`,
            sentence: 'stop what describes executions in a loop, or start fewer executions that wait at the same time',
          },
        ],
        runbook: 'describe-throttled',
      },
    ];
  });

/** True for a metric that says that calls of DescribeExecution were throttled. */
export const isThrottledDescribe = ({ name, dimensions, value }: RecordedMetric): boolean =>
  value > 0 && name === throttleMetrics.throttled.name && dimensions['APIName'] === 'DescribeExecution';

const minute = 60_000;

/** End of the last minute with a value, at most now. */
export const untilOf = ({ last }: RecordedMetric, now: Evidence['at']): number | null =>
  last === null ? null : Math.min(now, last + minute);
