import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lambdaMetrics } from '@crosswind/aws/metrics';
import { lambdaSignals, slowFunctionSignal } from '../../../blocks/observability/lambda-signals.ts';

const place = { account: '333333333333', region: 'eu-west-1' };
const signals = lambdaSignals({ ...place, lambdaConcurrency: 1_000 });

const summaryOf = ({ id, metric, threshold, periods, missingData, severity }: (typeof signals)[number]) => {
  const { period, ...stat } = metric.toMetricConfig().metricStat ?? {};
  return { id, ...stat, seconds: period?.toSeconds(), fires: `at ${threshold} for ${periods}`, missingData, severity };
};

describe('of the functions of an account is watched', () => {
  test.each([['lambda-concurrency', 'ClaimedAccountConcurrency', 'Maximum', 60, 'at 900 for 10']])(
    '%s by %s',
    (id, metricName, statistic, seconds, fires) => {
      const signal = signals.find((candidate) => candidate.id === id);
      expect(signal && summaryOf(signal)).toMatchObject({
        ...place,
        namespace: 'AWS/Lambda',
        metricName,
        statistic,
        seconds,
        fires,
        missingData: 'fine',
        severity: 'ticket',
      });
      // A dimension would watch one function.
      expect(signal?.metric.toMetricConfig().metricStat?.dimensions ?? []).toEqual([]);
    },
  );

  test('nothing that this table does not contain, and only metrics that Lambda emits', () => {
    expect(signals.map(({ id }) => id)).toEqual(['lambda-concurrency']);
    const emitted: readonly string[] = Object.values(lambdaMetrics).map(({ name }) => name);
    for (const { metric } of signals) expect(emitted).toContain(metric.toMetricConfig().metricStat?.metricName);
  });

  test.each([
    [10, 9],
    [50, 45],
    [1, 1],
  ])('its concurrency of %i at %i', (lambdaConcurrency, threshold) => {
    expect(lambdaSignals({ ...place, lambdaConcurrency })[0]?.threshold).toBe(threshold);
  });
});

test('a function that takes four fifths of its timeout is slow', () => {
  const slow = { ...place, functionName: 'crosswind-orders-child-count', timeoutSeconds: 60, runbook: 'count-slow' };
  expect(summaryOf(slowFunctionSignal(slow))).toMatchObject({
    ...place,
    id: 'count-slow',
    namespace: 'AWS/Lambda',
    metricName: 'Duration',
    dimensions: [{ name: 'FunctionName', value: 'crosswind-orders-child-count' }],
    statistic: 'Maximum',
    fires: 'at 48000 for 1',
    severity: 'ticket',
  });
});

test.each(signals.map(({ runbook }) => runbook))('the runbook %s has the five sections that somebody needs', (name) => {
  const file = join(import.meta.dirname, '../../../docs/runbooks', `${name}.md`);
  expect(existsSync(file)).toBe(true);
  const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
  const titles = sections.map((section) => section.split('\n')[0]);
  expect(titles).toEqual(['What it means', 'Who is affected', 'Look here first', 'Fix', 'Prevent']);
  expect(sections.filter((section) => section.split('\n').slice(1).join('').trim() === '')).toEqual([]);
});
