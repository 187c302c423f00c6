import { describe, expect, test } from 'vitest';
import { generateObjects } from '../../sample/generate-objects.ts';
import { gsod } from '../domain/gsod.ts';
import type { Summary } from '../../domain/summary.ts';
import { analyzeAll, analyzeBatches, consolidateRun, storeWith } from './map-run.ts';

const years = [2021, 2022, 2023];
const objects = [...generateObjects({ objects: 12, years, days: 24 })];
const keys = objects.map(({ key }) => key);

describe('consolidating', () => {
  test('counts objects, batches, and stations with and without wind', async () => {
    const store = storeWith([
      { key: 'a.csv', body: gsod({ station: 'A' }, { station: 'A', date: '2022-01-02' }) },
      { key: 'b.csv', body: gsod({ station: 'B', wdsp: '999.9', reports: ' 0' }) },
      { key: 'c.csv', body: gsod() },
    ]);
    expect(await consolidateRun(store, await analyzeBatches(store, [['a.csv', 'b.csv'], ['c.csv']]))).toEqual({
      consolidated: 'executions/run/consolidated.ndjson',
      objects: 3,
      batches: 2,
      failedObjects: 0,
      failedBatches: 0,
      stations: 1,
      stationsWithoutWind: 1,
      days: 2,
    });
  });

  test('finds the windiest station of each month by its mean, not by its sum', async () => {
    const store = storeWith([
      {
        key: 'a.csv',
        body: gsod({ station: 'A', wdsp: ' 10.0' }, { station: 'A', wdsp: ' 10.0', date: '2022-01-02' }),
      },
      { key: 'b.csv', body: gsod({ station: 'B', wdsp: ' 10.1' }) },
      { key: 'c.csv', body: gsod({ station: 'C', wdsp: '999.9', reports: ' 0' }) },
    ]);
    await consolidateRun(store, await analyzeBatches(store, [['a.csv'], ['b.csv', 'c.csv']]));
    expect(JSON.parse(store.text('results/executions/run/consolidated.ndjson').split('\n')[1] ?? '')).toEqual({
      kind: 'month',
      year: 2022,
      month: 1,
      sumTenths: 301,
      days: 3,
      windiest: { station: 'B', sumTenths: 101, days: 1 },
    });
  });

  describe('counts a day of a station once', () => {
    const [first, second, third] = ['2022-01-01', '2022-01-02', '2022-01-03'] as const;
    const days = (...dates: readonly string[]) => gsod(...dates.map((date) => ({ date })));
    const summaryOf = async (objects: Readonly<Record<string, Buffer>>, batches: readonly (readonly string[])[]) => {
      const store = storeWith(Object.entries(objects).map(([key, body]) => ({ key, body })));
      const { outputs, observations } = await analyzeAll(store, batches);
      const { leftOut } = JSON.parse(store.text(`results/${outputs.summary}`)) as Partial<Summary>;
      return { observations, leftOut };
    };
    const copies = { '2022/X.csv': days(first, second), '2022/X (1).csv': days(first, second) };
    const reason = 'station 01001099999 has days of 2022 in 2022/X.csv, too, which is counted in its place';

    test.each([
      ['in one batch', [['2022/X.csv', '2022/X (1).csv']]],
      ['in one batch, the other first', [['2022/X (1).csv', '2022/X.csv']]],
      ['in two batches', [['2022/X.csv'], ['2022/X (1).csv']]],
      ['in two batches, the other first', [['2022/X (1).csv'], ['2022/X.csv']]],
    ])('if two objects have it %s, and reports the copy', async (_, batches) => {
      expect(await summaryOf(copies, batches)).toEqual({
        observations: 2,
        leftOut: { objects: 1, examples: [{ key: '2022/X (1).csv', reason }] },
      });
    });

    test('from the object with more days', async () => {
      const objects = { '2022/X.csv': days(first), '2022/X (1).csv': days(first, second, third) };
      const { observations, leftOut } = await summaryOf(objects, [['2022/X.csv'], ['2022/X (1).csv']]);
      expect(observations).toBe(3);
      expect(leftOut?.examples.map(({ key }) => key)).toEqual(['2022/X.csv']);
    });

    test.each([[[['a.csv', 'b.csv']]], [[['a.csv'], ['b.csv']]]])(
      'and adds objects that have other days of the station (%j)',
      async (batches) => {
        const objects = { 'a.csv': days(first, third), 'b.csv': days(second) };
        expect(await summaryOf(objects, batches)).toEqual({ observations: 3, leftOut: undefined });
      },
    );

    test('if an object has it twice or ends within a row, and reports both', async () => {
      const objects = { 'a.csv': days(first, first), 'b.csv': days(second, third).subarray(0, -9) };
      expect(await summaryOf(objects, [['a.csv', 'b.csv']])).toEqual({
        observations: 2,
        leftOut: {
          objects: 2,
          examples: [
            { key: 'a.csv', reason: 'rows for a day that has one already: 1' },
            { key: 'b.csv', reason: 'the rest of the object, which is truncated in row 3' },
          ],
        },
      });
    });
  });

  test('reads a partial once for each year it holds', async () => {
    const store = storeWith(objects);
    const pointers = await analyzeBatches(store, [keys, keys.slice(0, 4)]);
    store.reads.length = 0;
    await consolidateRun(store, pointers);
    const reads = store.reads.filter((address) => address.includes('/partials/'));
    expect(reads.filter((address) => address.endsWith('batch-0.ndjson'))).toHaveLength(3);
    expect(reads.filter((address) => address.endsWith('batch-1.ndjson'))).toHaveLength(1);
  });

  test('counts the objects of batches that failed or never started', async () => {
    const store = storeWith(objects);
    const Input = JSON.stringify({ BatchInput: {}, Items: [{ Key: '2021/x.csv' }, { Key: '2021/y.csv' }] });
    const result = await consolidateRun(store, await analyzeBatches(store, [keys]), {
      failed: [{ Input, Status: 'FAILED', Error: 'TooManyFailedObjects', Cause: '2 of 2 objects failed' }],
      pending: [{ Input, Status: 'PENDING' }],
    });
    expect(result).toMatchObject({ objects: 16, batches: 3, failedObjects: 4, failedBatches: 2 });
    expect(store.text('results/executions/run/consolidated.ndjson')).toContain(
      '{"key":"2021/x.csv","reason":"batch of 2 objects failed: TooManyFailedObjects: 2 of 2 objects failed"}',
    );
  });

  test('hands on the failures that batches recorded', async () => {
    const store = storeWith(objects);
    const result = await consolidateRun(store, await analyzeBatches(store, [[...keys, 'gone.csv']]));
    expect(result).toMatchObject({ objects: 13, failedObjects: 1, failedBatches: 0 });
    expect(store.text('results/executions/run/consolidated.ndjson')).toContain('"failures":[{"key":"gone.csv"');
  });

  test('emits that a run was empty, and of any other the share of objects that its results lack', async () => {
    const emitted: object[] = [];
    const store = storeWith(objects);
    const Input = JSON.stringify({ BatchInput: {}, Items: [{ Key: 'x.csv' }, { Key: 'y.csv' }, { Key: 'z.csv' }] });
    const failed = [{ Input, Status: 'FAILED', Error: 'AccessDenied' }];
    await consolidateRun(store, await analyzeBatches(store, [keys]), {}, emitted);
    // 12 objects: one more cannot be read, and three are lost with their batch.
    await consolidateRun(store, await analyzeBatches(store, [[...keys, 'gone.csv']]), { failed }, emitted);
    await consolidateRun(storeWith([]), [], {}, emitted);
    expect(emitted).toEqual([{ FailedShare: 0 }, { FailedShare: 25 }, { EmptyRuns: 1 }]);
  });

  test('gives totals without a mean when there is nothing at all', async () => {
    expect(await consolidateRun(storeWith([]), [])).toMatchObject({ objects: 0, batches: 0, stations: 0, days: 0 });
  });

  test.each([
    ['cut short', (text: string) => text.slice(0, text.lastIndexOf('\n[')), /expected 12 stations of 2023, got 11/],
    ['of another version', (text: string) => text.replace('"version":1', '"version":9'), /expected the header/],
    ['with garbage in it', (text: string) => text.replace('\n[', '\ngarbage\n['), /begin with its year, got "garbage"/],
  ])('refuses a partial %s', async (_, spoil, message) => {
    const store = storeWith(generateObjects({ objects: 12, days: 2 }));
    const pointers = await analyzeBatches(store, [[...store.contents.keys()].map((key) => key.slice(7))]);
    const address = 'results/partials/run/batch-0.ndjson';
    store.contents.set(address, Buffer.from(spoil(store.text(address))));
    await expect(consolidateRun(store, pointers)).rejects.toThrow(message);
  });

  test('fails at once when it may not read a partial', async () => {
    const store = storeWith(objects);
    const pointers = await analyzeBatches(store, [keys]);
    store.denied.push('results/partials/run/');
    await expect(consolidateRun(store, pointers)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
