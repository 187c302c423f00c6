import { describe, expect, test } from 'vitest';
import { matches } from '../../src/execution/failure.ts';
import { delayMilliseconds } from '../../src/execution/retry.ts';

describe('a retrier or catcher is meant for an error', () => {
  test.each<[errorEquals: string, error: string | undefined, meant: boolean]>([
    ['Gust', 'Gust', true],
    ['Gust', 'Calm', false],
    ['States.ALL', 'Gust', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', undefined, true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.TaskFailed', 'Gust', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.Timeout', true],
  ])('%s for %s: %s', (errorEquals, error, meant) => {
    expect(matches([errorEquals], { error })).toBe(meant);
  });
});

test("a task's own result above the limit is caught by States.ALL, as AWS was recorded doing it", () => {
  expect(matches(['States.ALL'], { error: 'States.DataLimitExceeded', reportedByTask: true })).toBe(true);
});

describe('the wait before a retry', () => {
  const retrier = { ErrorEquals: ['Gust'], IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 10 };

  test('grows by the backoff rate up to its bound', () => {
    expect([1, 2, 3].map((attempt) => delayMilliseconds(retrier, attempt, 'seed'))).toEqual([3000, 6000, 10_000]);
  });

  test('is drawn below that with full jitter, and the same in every run', () => {
    const jittered = { ...retrier, JitterStrategy: 'FULL' as const };
    const drawn = ['a', 'b', 'c'].map((seed) => delayMilliseconds(jittered, 1, seed));
    expect(new Set(drawn).size).toBe(3);
    expect(Math.max(...drawn)).toBeLessThan(3000);
    expect(drawn).toEqual(['a', 'b', 'c'].map((seed) => delayMilliseconds(jittered, 1, seed)));
  });
});
