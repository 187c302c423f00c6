import { expect, test } from 'vitest';
import { sampleFailures, tooManyFailures } from '../../../../services/wind-speed/domain/object-failure.ts';

test.each([
  [1, 1, false],
  [19, 1, false],
  [19, 2, true],
  [40, 2, false],
  [40, 3, true],
  [500, 25, false],
  [500, 26, true],
  [0, 0, false],
])('of %i objects %i failing is too many: %j', (objects, failed, expected) => {
  expect(tooManyFailures(objects, failed)).toBe(expected);
});

test('a sample of failures is the same whatever their order, and at most 20', () => {
  const failures = Array.from({ length: 50 }, (_, index) => ({ key: String(index).padStart(3, '0'), reason: 'gone' }));
  expect(sampleFailures(failures.toReversed())).toEqual(failures.slice(0, 20));
});
