import { describe, expect, test } from 'vitest';
import type { Consolidated } from '../../domain/consolidated.ts';
import { classLabel, windClasses } from '../../domain/wind-classes.ts';
import { windMap } from '../../domain/wind-map.ts';

function result(stations: readonly Partial<Consolidated['stations'][number]>[]): Consolidated {
  const lines = stations.map((station, index) => ({
    kind: 'station' as const,
    station: String(index),
    name: null,
    latitude: 10,
    longitude: index / 100,
    sumTenths: 100,
    days: 1,
    ...station,
  }));
  const withWind = lines.filter(({ days }) => days > 0).length;
  return {
    totals: {
      kind: 'totals',
      version: 1,
      years: [2022, 2023],
      objects: 1,
      batches: 1,
      failedObjects: 0,
      failedBatches: 0,
      fastPathObjects: 1,
      failures: [],
      stations: withWind,
      stationsWithoutWind: lines.length - withWind,
      months: 0,
      sumTenths: 0,
      days: 12_345,
      sumWeighted: 0,
      reports: 0,
    },
    months: [],
    stations: lines,
  };
}

const dotsOf = (svg: string) =>
  [...svg.matchAll(/stroke="(#\w+)" d="(M[^"]*h0)"/g)].map(([, colour, d]) => [colour, d]);

describe('the map', () => {
  test('draws the windiest class last, so that it lies on top', () => {
    const svg = windMap(result([{ sumTenths: 300 }, { sumTenths: 10 }, { sumTenths: 60 }]));
    expect(dotsOf(svg).map(([colour]) => colour)).toEqual(['#9fdcbf', '#37a9ac', '#26132f']);
  });

  test('colours by miles per hour, not by knots', () => {
    const svg = windMap(result([{ sumTenths: 35 }]));
    expect(dotsOf(svg)).toMatchObject([['#5bcbad', expect.any(String)]]);
  });

  test('leaves out stations without wind or without a position, and says how many have none', () => {
    const svg = windMap(result([{}, { sumTenths: 0, days: 0 }, { latitude: null }]));
    expect(dotsOf(svg)).toHaveLength(1);
    expect(svg).toContain('2 stations (1 without a position) · 12,345 days · 2022–2023');
  });

  test.each([
    [1, '7'],
    [1_000, '4'],
    [12_000, '2.2'],
  ])('draws each of %i stations %s pixels wide, few of them larger than many', (count, pixels) => {
    const stations = Array.from({ length: count }, () => ({}));
    expect(windMap(result(stations))).toContain(`<g fill="none" stroke-linecap="round" stroke-width="${pixels}">`);
  });

  test('names its unit and all its classes', () => {
    const svg = windMap(result([]));
    expect(svg).toContain('>mph</text>');
    for (const windClass of windClasses) expect(svg).toContain(`>${classLabel(windClass)}</text>`);
  });

  test('stays below 400 KB with 20,000 stations', () => {
    const stations = Array.from({ length: 20_000 }, (_, index) => ({
      latitude: (index % 170) - 85,
      longitude: (index % 359) - 179,
      sumTenths: index % 250,
    }));
    expect(windMap(result(stations)).length).toBeLessThan(400_000);
  });
});

test('the classes follow one another without a gap', () => {
  expect(windClasses.slice(1).map(({ from }) => from)).toEqual(windClasses.slice(0, -1).map(({ to }) => to));
  expect([windClasses.at(0)?.from, windClasses.at(-1)?.to]).toEqual([0, Infinity]);
});
