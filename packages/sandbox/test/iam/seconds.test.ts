import { expect, test } from 'vitest';
import { Seconds } from '../../src/iam/seconds.ts';

test('counts are kept by second', () => {
  const seconds = new Seconds();
  for (const at of [1_000, 1_999, 2_000, 9_500]) seconds.count(at);
  expect(seconds.kept).toEqual([
    [1_000, 2],
    [2_000, 1],
    [9_000, 1],
  ]);
  expect(seconds.dropped).toBe(0);
});

test('of many seconds the first and the last 300 are kept, and the busiest one', () => {
  const seconds = new Seconds();
  for (let second = 0; second < 1_000; second += 1) {
    for (let time = second === 500 ? 0 : 9; time < 10; time += 1) seconds.count(second * 1_000);
  }
  expect(seconds.kept).toHaveLength(600);
  expect([seconds.kept[299], seconds.kept[300], seconds.kept[599]]).toEqual([
    [299_000, 1],
    [700_000, 1],
    [999_000, 1],
  ]);
  expect(seconds.dropped).toBe(400);
  expect(seconds.busiest).toEqual([500_000, 10]);
});
