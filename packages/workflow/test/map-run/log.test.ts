import { expect, test } from 'vitest';
import { Log } from '../../src/map-run/log.ts';

test('appending leaves the list before as it was, on every branch', () => {
  const one = Log.empty<number>().append([1]);
  const left = one.append([2, 3]);
  const right = one.append([4]);
  expect([[...one], [...left], [...right]]).toEqual([[1], [1, 2, 3], [1, 4]]);
  expect(one.at(1)).toBeUndefined();
  expect(left.append([5]).at(3)).toBe(5);
});
