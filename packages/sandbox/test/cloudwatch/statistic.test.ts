import { describe, expect, test } from 'vitest';
import { Distribution } from '../../src/cloudwatch/distribution.ts';
import { statisticOf } from '../../src/cloudwatch/statistic.ts';

const distributionOf = (...values: readonly number[]): Distribution => {
  const distribution = new Distribution();
  for (const value of values) distribution.add(value);
  return distribution;
};

describe('a statistic', () => {
  test.each([
    ['SampleCount', 5],
    ['Sum', 110],
    ['Average', 22],
    ['Minimum', -10],
    ['Maximum', 50],
    ['p0', -10],
    ['p20', -10],
    ['p20.1', 20],
    ['p50', 20],
    ['p90', 50],
    ['p99.9', 50],
    ['p100', 50],
  ])('%s of -10, 20, 20, 30 and 50 is %d', (name, value) => {
    expect(statisticOf(name)?.(distributionOf(50, 20, -10, 30, 20))).toBe(value);
  });

  test.each(['tm90', 'IQM', 'p101', 'p', 'sum', 'toString', ''])('is not known by the name %j', (name) => {
    expect(statisticOf(name)).toBeUndefined();
  });
});

describe('a distribution', () => {
  test('that takes up another one is as if it had had its values', () => {
    const merged = distributionOf(1, 2, 2);
    merged.merge(distributionOf(2, 7));
    expect([merged.count, merged.sum, merged.minimum, merged.maximum, merged.percentile(60)]).toEqual([5, 14, 1, 7, 2]);
  });

  test('of a million distinct values keeps few of them, sums exactly and is near at percentiles', () => {
    const many = new Distribution();
    for (let value = 1; value <= 1_000_000; value += 1) many.add(value);
    expect([many.count, many.sum, many.minimum, many.maximum]).toEqual([1_000_000, 500_000_500_000, 1, 1_000_000]);
    expect(many.kept).toBeLessThan(2_000);
    expect(Math.abs(many.percentile(90) - 900_000)).toBeLessThan(20_000);
  });
});
