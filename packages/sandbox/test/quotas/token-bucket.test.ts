import { describe, expect, test } from 'vitest';
import { TokenBucket } from '../../src/quotas/token-bucket.ts';

/** How many ask at a time, in milliseconds since the bucket was full. */
type Load = readonly (readonly [at: number, asking: number])[];

const askingTimes = (load: Load): readonly number[] =>
  load.flatMap(([at, asking]) => Array.from({ length: asking }, () => at));

describe('a reservation', () => {
  test.each<readonly [string, size: number, refill: number, Load, delays: readonly number[]]>([
    ['waits for nothing while there are tokens', 3, 1, [[0, 3]], [0, 0, 0]],
    // Two tokens are missing after the third, at 4 a second: one every 250 ms.
    ['waits for the tokens that are missing, one after the other', 3, 4, [[0, 5]], [0, 0, 0, 250, 500]],
    // At 1,000 ms four tokens have come: two for those who waited, two are left.
    [
      'is served after those who asked before',
      3,
      4,
      [
        [0, 5],
        [1_000, 3],
      ],
      [0, 0, 0, 250, 500, 0, 0, 250],
    ],
    // 10 s refill 40 tokens, but only 3 fit.
    [
      'finds no more tokens than fit, however long nobody asked',
      3,
      4,
      [
        [0, 3],
        [10_000, 4],
      ],
      [0, 0, 0, 0, 0, 0, 250],
    ],
    // 300 tokens a second come every 3.33 ms: after 4, 7 and 10 whole milliseconds.
    ['waits whole milliseconds', 1, 300, [[0, 4]], [0, 4, 7, 10]],
    // Half a token has come after 125 ms: 125 ms are left of the wait.
    [
      'counts parts of tokens',
      1,
      4,
      [
        [0, 1],
        [125, 1],
      ],
      [0, 125],
    ],
  ])('%s', (_, size, refillPerSecond, load, delays) => {
    const bucket = new TokenBucket({ size, refillPerSecond }, 0);
    expect(askingTimes(load).map((at) => bucket.reserve(at) - at)).toEqual(delays);
  });
});

describe('a call', () => {
  test.each<readonly [string, size: number, refill: number, Load, throttled: readonly number[]]>([
    // 5 of 5 pass at once; then one each second of the three that ask.
    [
      'beyond the bucket is refused, and passes again at the rate of the refill',
      5,
      1,
      [
        [0, 7],
        [1_000, 3],
        [2_000, 3],
      ],
      [2, 2, 2],
    ],
    // What is refused takes no token: after 2 s there are two.
    [
      'that is refused costs nothing',
      1,
      1,
      [
        [0, 10],
        [500, 10],
        [1_000, 1],
      ],
      [9, 10, 0],
    ],
    // StartExecution in us-east-1: 2,000 at once, and 500 a second afterwards.
    [
      'to start Standard executions in us-east-1: 1,300 at once, 300 a second',
      1_300,
      300,
      [
        [0, 2_000],
        [1_000, 500],
        [2_000, 500],
        [4_000, 500],
      ],
      [700, 200, 200, 0],
    ],
  ])('%s', (_, size, refillPerSecond, load, throttled) => {
    const bucket = new TokenBucket({ size, refillPerSecond }, 0);
    const refused = load.map(([at, asking]) =>
      Array.from({ length: asking }, () => bucket.take(at)).filter((passed) => !passed),
    );
    expect(refused.map(({ length }) => length)).toEqual(throttled);
  });
});

describe('another quota', () => {
  test('takes the tokens above its size away at once', () => {
    const bucket = new TokenBucket({ size: 5, refillPerSecond: 1 }, 0);
    bucket.resize({ size: 2, refillPerSecond: 1 }, 0);
    expect([0, 0, 0].map((at) => bucket.take(at))).toEqual([true, true, false]);
  });

  test('fills a larger bucket as time passes, at its own rate', () => {
    const bucket = new TokenBucket({ size: 1, refillPerSecond: 1 }, 0);
    bucket.resize({ size: 10, refillPerSecond: 4 }, 0);
    expect([0, 0].map((at) => bucket.take(at))).toEqual([true, false]);
    expect([500, 500, 500].map((at) => bucket.take(at))).toEqual([true, true, false]);
  });

  test('that is the same takes nothing away', () => {
    const bucket = new TokenBucket({ size: 2, refillPerSecond: 1 }, 0);
    bucket.resize({ size: 2, refillPerSecond: 1 }, 0);
    expect([0, 0].map((at) => bucket.take(at))).toEqual([true, true]);
  });
});
