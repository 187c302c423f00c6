import { describe, expect, test } from 'vitest';
import { convert } from '../../functions/convert.ts';
import { generateObjects } from '../../sample/generate-objects.ts';
import { seededRandom } from '../../sample/seeded-random.ts';
import { gsod } from '../domain/gsod.ts';
import { analyzeAll, analyzeBatches, consolidateRun, storeWith } from './map-run.ts';

describe('the final output', () => {
  test('holds knots in miles per hour, converted once', async () => {
    const store = storeWith([
      { key: 'a.csv', body: gsod({ wdsp: ' 40.0', reports: '24' }, { date: '2022-02-01', wdsp: ' 20.0' }) },
    ]);
    const result = await analyzeAll(store, [['a.csv']]);
    expect(result).toMatchObject({ observations: 2, meanKnots: 30, meanMph: (30 * 1852) / 1609.344 });
    expect(JSON.parse(store.text('results/executions/run/summary.json'))).toEqual({
      years: [2022],
      objects: 1,
      batches: 1,
      failedObjects: 0,
      failedBatches: 0,
      fastPathObjects: 1,
      failures: [],
      stations: 1,
      stationsWithoutWind: 0,
      observations: 2,
      meanKnots: 30,
      meanMph: (30 * 1852) / 1609.344,
      reportWeightedMeanKnots: (400 * 24 + 200 * 19) / 43 / 10,
      windiest: [
        {
          station: '01001099999',
          name: 'JAN MAYEN NOR NAVY',
          country: 'NO',
          meanKnots: 30,
          meanMph: (30 * 1852) / 1609.344,
          days: 2,
        },
      ],
    });
  });

  test('has null, not 0, for a mean of nothing', async () => {
    const store = storeWith([{ key: 'a.csv', body: gsod({ wdsp: '999.9', reports: ' 0' }) }]);
    expect(await analyzeAll(store, [['a.csv']])).toMatchObject({
      stations: 0,
      stationsWithoutWind: 1,
      observations: 0,
      meanKnots: null,
      meanMph: null,
      windiest: [],
    });
    expect(store.text('results/executions/run/stations.csv')).toContain(
      '01001099999,JAN MAYEN NOR NAVY,NO,70.9333333,-8.6666667,0,,\n',
    );
    expect(store.text('results/executions/run/months.csv').split('\n')).toHaveLength(2);
  });

  test('is four files with their content types, and an answer far below 16 KB', async () => {
    const store = storeWith(generateObjects({ objects: 30, days: 12 }));
    const result = await analyzeAll(store, [keysOf(store)]);
    expect(Object.values(result.outputs).map((key) => [key.split('/').at(-1), store.contentTypes.get(key)])).toEqual([
      ['summary.json', 'application/json'],
      ['stations.csv', 'text/csv; charset=utf-8'],
      ['months.csv', 'text/csv; charset=utf-8'],
      ['map.svg', 'image/svg+xml'],
    ]);
    expect(result.windiest).toHaveLength(5);
    expect(JSON.stringify(result).length).toBeLessThan(4096);
  });

  test('is not made of a merged result that was cut short', async () => {
    const store = storeWith(generateObjects({ objects: 5, days: 12 }));
    const { consolidated } = await consolidateRun(store, await analyzeBatches(store, [keysOf(store)]));
    const lines = store.text(`results/${consolidated}`).trimEnd().split('\n');
    store.contents.set(`results/${consolidated}`, Buffer.from(lines.slice(0, -1).join('\n')));
    const converting = convert({ store, resultsBucket: 'results' })({ execution: 'run', consolidated });
    await expect(converting).rejects.toThrow('expected 12 months and 5 stations, got 12 months and 4 stations');
  });
});

describe('the same objects', () => {
  test('give byte-identical tables and map, however they are batched and ordered', async () => {
    const objects = [
      ...generateObjects({ objects: 40, years: [2021, 2022, 2023], days: 15 }),
      { key: '2022/moved.csv', body: gsod({ place: '"1.0","2.0","","A, XX"' }, { station: 'M' }) },
      { key: '2022/again.csv', body: gsod({ place: '"3.0","4.0","","B, XX"' }, { station: 'M', wdsp: ' 50.0' }) },
    ];
    const outputs = new Set<string>();
    for (let seed = 0; seed < 12; seed += 1) {
      const store = storeWith(objects);
      await analyzeAll(store, partition(keysOf(store), seededRandom(seed)));
      const files = ['stations.csv', 'months.csv', 'map.svg'];
      outputs.add(files.map((file) => store.text(`results/executions/run/${file}`)).join());
    }
    expect(outputs.size).toBe(1);
    expect([...outputs][0]?.split('\n').length).toBeGreaterThan(50);
  });
});

const keysOf = (store: ReturnType<typeof storeWith>) =>
  [...store.contents.keys()].map((address) => address.replace(/^source\//, ''));

/** The keys in another order, cut into batches of 1 to 12. */
function partition(keys: readonly string[], random: () => number): readonly (readonly string[])[] {
  const shuffled = keys
    .map((key) => ({ key, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ key }) => key);
  const batches: string[][] = [];
  while (shuffled.length > 0) batches.push(shuffled.splice(0, 1 + Math.floor(random() * 12)));
  return batches;
}
