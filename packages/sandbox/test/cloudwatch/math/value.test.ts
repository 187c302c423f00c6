import { expect, test } from 'vitest';
import { type Points, type Value, pointsIn } from '../../../src/cloudwatch/math/value.ts';

const points = (...values: readonly number[]): Points => new Map(values.map((value, index) => [index, value]));

test.each<[what: string, value: Value, count: number]>([
  ['a number', 7, 0],
  ['a series', points(1, 2, 3), 3],
  ['an empty series', points(), 0],
  ['an array of series', [points(1, 2), points(), points(3)], 3],
  ['an empty array', [], 0],
])('%s counts as many data points as it has: %j', (_, value, count) => {
  expect(pointsIn(value)).toBe(count);
});
