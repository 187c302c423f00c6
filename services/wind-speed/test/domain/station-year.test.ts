import { expect, test } from 'vitest';
import type { StationYear } from '../../domain/station-year.ts';
import { StationYears } from '../../domain/station-year.ts';

const year = (name: string | null, placeDate: number, sumTenths: number): StationYear => ({
  station: '01001099999',
  year: 2022,
  place: { name, latitude: null, longitude: null },
  placeDate,
  months: [{ sumTenths, days: 1, sumWeighted: sumTenths * 24, reports: 24 }],
});

const merged = (...parts: readonly StationYear[]) => {
  const all = new StationYears();
  for (const part of parts) all.add(part);
  return structuredClone([...all]);
};

test('merging is exact beyond 2^32', () => {
  const [sum] = merged(year('A', 1, 4_000_000_001), year('A', 1, 4_000_000_001));
  expect(sum?.months[0]).toEqual({ sumTenths: 8_000_000_002, days: 2, sumWeighted: 192_000_000_048, reports: 48 });
});

test('merging does not care for order, not even about the place of one day', () => {
  const parts = [year('A', 20220101, 1), year('B', 20220102, 2), year('C', 20220102, 3), year(null, 20220102, 4)];
  const expected = merged(...parts);
  expect(expected).toMatchObject([{ place: { name: 'C' }, placeDate: 20220102, months: [{ sumTenths: 10, days: 4 }] }]);
  expect(merged(...parts.toReversed())).toEqual(expected);
  const [a, b, c, d] = parts as [StationYear, StationYear, StationYear, StationYear];
  expect(merged(...merged(c, a), ...merged(d, b))).toEqual(expected);
});

test('merging leaves what it is given as it was', () => {
  const first = year('A', 1, 1);
  merged(first, year('B', 2, 2));
  expect(first).toEqual(year('A', 1, 1));
});

test('stations are told apart by their id only', () => {
  const all = merged(year('SAME, XX', 1, 1), { ...year('SAME, XX', 1, 1), station: '01001099998' });
  expect(all).toHaveLength(2);
});
