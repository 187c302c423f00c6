import { expect, test } from 'vitest';
import { sampleFailures, tooManyFailures } from '../../domain/object-failure.ts';

test.each([
  [1, 1, 5, false],
  [19, 1, 5, false],
  [19, 2, 5, true],
  [40, 2, 5, false],
  [40, 3, 5, true],
  [500, 25, 5, false],
  [500, 26, 5, true],
  [500, 30, 20, false],
  [0, 0, 5, false],
  [500, 1, 0, true],
  [500, 0, 0, false],
  [500, 500, 100, false],
])('of %i objects %i failing is too many at %d %%: %j', (objects, failed, percentage, expected) => {
  expect(tooManyFailures(objects, failed, percentage)).toBe(expected);
});

test('a sample of failures is the same whatever their order, and at most 20', () => {
  const failures = Array.from({ length: 50 }, (_, index) => ({ key: String(index).padStart(3, '0'), reason: 'gone' }));
  expect(sampleFailures(failures.toReversed())).toEqual(failures.slice(0, 20));
});
