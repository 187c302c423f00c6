import { describe, expect, test } from 'vitest';
import { byMeanDescending, meanKnots, milesPerHour, reportWeightedMeanKnots } from '../../domain/mean-wind.ts';

describe('a mean', () => {
  test('is the pooled sum over the pooled days, in full double precision', () => {
    expect(String(meanKnots({ sumTenths: 60_111_324, days: 890_973 }))).toBe('6.74670545572088');
  });

  test('is null, not 0, where there is no day, and 0 where all days are calm', () => {
    expect(meanKnots({ sumTenths: 0, days: 0 })).toBeNull();
    expect(meanKnots({ sumTenths: 0, days: 3 })).toBe(0);
    expect(milesPerHour(null)).toBeNull();
  });

  test('may count each report instead of each day', () => {
    expect(reportWeightedMeanKnots({ sumTenths: 300, days: 2, sumWeighted: 100 * 24 + 200 * 8, reports: 32 })).toBe(
      12.5,
    );
    expect(reportWeightedMeanKnots({ sumTenths: 0, days: 0, sumWeighted: 0, reports: 0 })).toBeNull();
  });

  test('of 40 knots is 46.03 miles per hour', () => {
    expect(milesPerHour(40)).toBeCloseTo(46.0311779, 6);
  });
});

describe('the ranking', () => {
  const rank = (...means: readonly { station: string; sumTenths: number; days: number }[]) =>
    means.toSorted(byMeanDescending).map(({ station }) => station);

  test('puts the greater mean first, whatever the sums', () => {
    expect(rank({ station: 'many', sumTenths: 1000, days: 10 }, { station: 'windy', sumTenths: 101, days: 1 })).toEqual(
      ['windy', 'many'],
    );
  });

  test('tells means apart that are the same double', () => {
    const days = 300_000_007;
    const [more, less] = [
      { sumTenths: 3, days: 900_000 },
      { sumTenths: 3, days: 900_001 },
    ];
    expect(rank({ station: 'a', ...less }, { station: 'b', ...more })).toEqual(['b', 'a']);
    expect(rank({ station: 'a', sumTenths: 1, days }, { station: 'b', sumTenths: 1, days: days - 1 })).toEqual([
      'b',
      'a',
    ]);
  });

  test('orders equal means by station, and puts stations without wind last', () => {
    const means = [
      { station: 'z', sumTenths: 0, days: 0 },
      { station: 'b', sumTenths: 20, days: 2 },
      { station: 'calm', sumTenths: 0, days: 9 },
      { station: 'y', sumTenths: 0, days: 0 },
      { station: 'a', sumTenths: 10, days: 1 },
    ];
    expect(rank(...means)).toEqual(['a', 'b', 'calm', 'y', 'z']);
    expect(rank(...means.toReversed())).toEqual(['a', 'b', 'calm', 'y', 'z']);
  });
});
