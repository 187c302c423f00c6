import { describe, expect, test } from 'vitest';
import { minute } from '../../src/cloudwatch/metric.ts';
import { Metrics } from '../../src/cloudwatch/metrics.ts';
import { Series } from '../../src/cloudwatch/series.ts';

const place = { account: '444444444444', region: 'us-east-1' };
const metric = { namespace: 'Tried', name: 'Count', dimensions: { Colour: 'red', Size: 'small' } };
const sums = (series: Series | undefined, ...range: Parameters<Series['periods']>): readonly unknown[] =>
  [...(series?.periods(...range) ?? [])].map(([at, { sum }]) => [at / minute, sum]);

describe('a metric', () => {
  test('is the same in whatever order its dimensions are given, and another one with other values of them', () => {
    const metrics = new Metrics();
    metrics.put(place, metric, 'Count', 1, 0);
    metrics.put(place, { ...metric, dimensions: { Size: 'small', Colour: 'red' } }, 'Count', 2, 0);
    metrics.put(place, { ...metric, dimensions: { Size: 'small' } }, 'Count', 4, 0);
    metrics.put({ ...place, region: 'eu-west-1' }, metric, 'Count', 8, 0);
    metrics.put({ ...place, account: '555555555555' }, metric, 'Count', 16, 0);
    expect(sums(metrics.series(place, metric), 0, minute, minute)).toEqual([[0, 3]]);
    expect(metrics.of(place)).toHaveLength(2);
  });
});

describe('the periods of a metric', () => {
  const series = new Series(metric, 'Count');
  for (const [at, value] of [
    [0, 1],
    [59_999, 2],
    [60_000, 4],
    [5 * minute, 8],
    [7 * minute, 16],
  ] as const)
    series.add(value, at);

  test.each([
    [
      'of one minute',
      0,
      10,
      1,
      [
        [0, 3],
        [1, 4],
        [5, 8],
        [7, 16],
      ],
    ],
    [
      'of five minutes',
      0,
      10,
      5,
      [
        [0, 7],
        [5, 24],
      ],
    ],
    [
      'of five minutes that begin later',
      1,
      11,
      5,
      [
        [1, 12],
        [6, 16],
      ],
    ],
    [
      'that end before its last value',
      0,
      7,
      5,
      [
        [0, 7],
        [5, 8],
      ],
    ],
    ['after its last value', 8, 10, 1, []],
    [
      'over a time much longer than its own',
      -1_000_000,
      1_000_000,
      1_000_000,
      [
        [-1_000_000, 0],
        [0, 31],
      ].slice(1),
    ],
  ])('%s', (_, start, end, length, expected) => {
    expect(sums(series, start * minute, end * minute, length * minute)).toEqual(expected);
  });

  test('go back fifteen days', () => {
    const long = new Series(metric, 'Count');
    for (let at = 0; at <= 30 * 1_440; at += 1) long.add(1, at * minute);
    const [first] = long.periods(0, 31 * 1_440 * minute, minute).keys();
    expect((first ?? 0) / minute).toBe(15 * 1_440 + 1);
  });
});
