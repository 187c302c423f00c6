import { describe, expect, test } from 'vitest';
import { announcer, type Said } from '../src/app/live/announcer.ts';
import { tokenIn } from '../src/app/live/token.ts';

describe('the address of a page', () => {
  test.each([
    ['#token=abc-_9', 'abc-_9', '#/'],
    ['#token=abc/runs?state=stuck', 'abc', '#/runs?state=stuck'],
    ['#/runs', undefined, '#/runs'],
    ['', undefined, ''],
    ['#/runs?token=abc', undefined, '#/runs?token=abc'],
  ])('%j has the token %j', (hash, token, rest) => {
    expect(tokenIn(hash)).toEqual({ token, rest });
  });
});

describe('what is said to those who do not see the page', () => {
  const said = (finding: string, stuck = 0): Said => ({
    finding,
    wrong: new Map(stuck === 0 ? [] : [['runs', { count: stuck, sentence: `${stuck} stuck` }]]),
  });
  const sayings = (...steps: readonly (readonly [number, Said])[]) => {
    const chosen = announcer();
    return steps.map(([now, each]) => chosen.take(each, now));
  };

  test('is nothing at first, and nothing again while nothing changes', () => {
    expect(sayings([0, said('a')], [20_000, said('a')])).toEqual([undefined, undefined]);
  });

  test('is one sentence in ten seconds, the newest one', () => {
    expect(
      sayings([0, said('a')], [1_000, said('b')], [2_000, said('c')], [10_999, said('d')], [11_000, said('d')]),
    ).toEqual([undefined, 'b', undefined, undefined, 'd']);
  });

  test('is at once what got worse, and not again what the finding says of it', () => {
    expect(
      sayings(
        ...([
          [0, said('a')],
          [1_000, said('b')],
          [1_500, said('1 run is stuck', 1)],
          [1_600, said('2 runs are stuck', 2)],
          [30_000, said('2 runs are stuck', 2)],
          [31_000, said('1 run is stuck', 1)],
        ] as const),
      ),
    ).toEqual([undefined, 'b', '1 stuck', '2 stuck', undefined, '1 run is stuck']);
  });
});
