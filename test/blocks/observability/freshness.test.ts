import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, test } from 'vitest';
import { freshPeriod, hoursSince } from '../../../blocks/observability/freshness.ts';

/** Points by hour; a point that is missing is undefined. */
type Points = readonly (number | undefined)[];

const counted = new Metric({ namespace: 'AWS/States', metricName: 'ExecutionsSucceeded', period: freshPeriod });
const firstHour = 494_000;

/**
 * The expression, evaluated as "Math expressions with metrics" documents its functions: missing values are 0 in arithmetic,
 * a point that is divided by 0 is dropped.
 */
function evaluated(points: Points): Points {
  const { expression } = hoursSince('runs', counted, 'hours', 'one').toMetricConfig().mathExpression ?? {};
  expect(expression).toBe(
    '(EPOCH(runs) - FILL(FILL(EPOCH(runs) / CEIL(runs / 1000000000), REPEAT), MIN(EPOCH(runs)))) / 3600',
  );
  const epoch = points.map((_, hour) => 3_600 * (firstHour + hour));
  const divided = points.map((count, hour) => {
    const divisor = Math.ceil((count ?? 0) / 1_000_000_000);
    return divisor === 0 ? undefined : (epoch[hour] ?? 0) / divisor;
  });
  let last: number | undefined;
  const repeated = divided.map((value) => (last = value ?? last));
  return repeated.map((value, hour) => ((epoch[hour] ?? 0) - (value ?? Math.min(...epoch))) / 3_600);
}

describe('hours since a metric last counted something', () => {
  test.each<[string, Points, Points]>([
    ['grow from the last point that is not 0', [1, undefined, undefined, 3, undefined], [0, 1, 2, 0, 1]],
    ['do not take a 0 for a count', [2, 0, 0, undefined], [0, 1, 2, 3]],
    ['begin with the graph where there was none before', [undefined, undefined, 5, undefined], [0, 1, 0, 1]],
    ['are those of the whole graph where nothing was counted', [undefined, 0, undefined], [0, 1, 2]],
    ['do not depend on how many were counted', [90_000_000, undefined], [0, 1]],
  ])('%s', (_, points, hours) => {
    expect(evaluated(points)).toEqual(hours);
  });

  test('of several series are the highest ten, and the time is that of the first', () => {
    const { expression = '' } = hoursSince('runs', counted, 'hours', 'several').toMetricConfig().mathExpression ?? {};
    expect(expression).toMatch(/^SORT\(\(EPOCH\(FIRST\(runs\)\) - .* \/ 3600, AVG, DESC, 10\)$/);
  });
});
