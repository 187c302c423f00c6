import { describe, expect, test } from 'vitest';
import { resultsAt } from '../../src/models/results.ts';
import { cutSnapshots } from '../../src/server/cuts.ts';
import type { ResultContent } from '../../src/models/results.ts';
import { resultContent } from '../../src/server/result-content.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { placeOnMap, worldMap } from '../../src/server/world-map.ts';
import { endedAt, harbors, orders, runWithResults } from '../result-fixture.ts';

const place = { label: 'Here', latitude: 60, longitude: 10, value: 3 };
const pointsOf = (...points: readonly object[]) => ({
  tables: [],
  points: [{ title: 'Ships', unit: 'ships', points: points.map((point) => ({ ...place, ...point })) }],
});

describe('results on a page', () => {
  test('have a point for each row of the first table', () => {
    const { tables, maps } = resultContent(harbors(3));
    expect(tables.length).toBe(1);
    expect(maps).toMatchObject([{ table: 0, row: [0, 1, 2], value: [3, 2, 1], left: 0 }]);
  });

  test('get a table of the points, the greatest first, where a point has no row of a table', () => {
    const { tables, maps } = resultContent(pointsOf({}, { label: 'There', value: 5 }));
    expect(tables).toMatchObject([
      {
        title: 'Ships',
        rows: [
          ['1', 'There', '5', '60', '10'],
          ['2', 'Here', '3', '60', '10'],
        ],
        total: 2,
      },
    ]);
    expect(maps).toMatchObject([{ table: 0, row: [0, 1], value: [5, 3] }]);
  });

  test.each([{ row: 7 }, { row: -1 }])('get a table of the points for a row that is not there: %j', (point) => {
    const { points } = pointsOf(point);
    expect(resultContent({ ...harbors(3), points }).maps[0]?.table).toBe(1);
  });

  test.each([{ latitude: NaN }, { latitude: 90.5 }, { longitude: -180.5 }, { value: NaN }, { value: Infinity }])(
    'count a point without a place or a value: %j',
    (point) => {
      const { tables, maps } = resultContent(pointsOf(point, {}));
      expect(maps).toMatchObject([{ left: 1, value: [3] }]);
      expect(tables[0]?.rows.length).toBe(2);
    },
  );

  test('say null for a value that is no number', () => {
    const series = [
      {
        title: 'Ships',
        unit: 'ships',
        values: [
          { label: 'a', value: NaN },
          { label: 'b', value: 0 },
        ],
      },
    ];
    expect(resultContent({ tables: [], series }).series).toEqual([
      { title: 'Ships', unit: 'ships', labels: ['a', 'b'], values: [null, 0] },
    ]);
  });

  test('exist from the end of their run', () => {
    expect(resultsAt([orders], endedAt - 1)).toEqual([{ ...orders, runs: [] }]);
    expect(resultsAt([orders], endedAt)).toEqual([orders]);
  });
});

test('the map has north on top and east at the right, fits its box, and is small', () => {
  const { width, height, land } = worldMap();
  const [oslo, cape, tokyo] = [placeOnMap(60, 11), placeOnMap(-34, 18), placeOnMap(36, 140)];
  expect(oslo?.[1]).toBeLessThan(cape?.[1] ?? 0);
  expect(oslo?.[0]).toBeLessThan(tokyo?.[0] ?? 0);
  expect(placeOnMap(0, 0)).toEqual([width / 2, height / 2]);
  expect(placeOnMap(91, 0)).toBeUndefined();
  const numbers = land.match(/\d+/g)?.map(Number) ?? [];
  expect(Math.max(...numbers)).toBeLessThanOrEqual(width);
  expect(land.length).toBeGreaterThan(20_000);
  expect(JSON.stringify(worldMap()).length).toBeLessThan(55_000);
});

test('rows of results are cut last but executions, with the points of the rows, and it is said', () => {
  const snapshots = [...cutSnapshots(snapshotOf(runWithResults(harbors(10_000))), true)];
  const found = snapshots.map(({ answers, cut }) => {
    const { tables, maps } = answers[0]?.answer as ResultContent;
    return `${tables[0]?.rows.length ?? 0} of ${tables[0]?.total ?? 0}, ${maps[0]?.x.length ?? 0} points, ${cut.at(-1) ?? ''}`;
  });
  expect(found).toContain('2000 of 10000, 2000 points, results: the first 2000 rows of each table, of up to 10000');
  expect(found).toContain('200 of 10000, 200 points, results: the first 200 rows of each table, of up to 10000');
});
