import { describe, expect, test } from 'vitest';
import { analyze } from '../../functions/analyze.ts';
import { generateObjects } from '../../sample/generate-objects.ts';
import { gsod } from '../domain/gsod.ts';
import { storeWith } from './map-run.ts';
import type { MemoryStore } from './memory-store.ts';

const objects = [...generateObjects({ objects: 20, days: 3 })];
const keys = objects.map(({ key }) => key);
const items = (...names: readonly string[]) => names.map((Key) => ({ Key, Size: 1 }));

const names = { execution: 'run', batch: 'b1' };
const buckets = { sourceBucket: 'source', resultsBucket: 'results' };
const emitted: object[] = [];
let time = 0;
const watching = {
  emit: (values: object) => emitted.push(values),
  clock: () => (time += 250),
};

function run(
  store: MemoryStore,
  Items: readonly object[],
  { execution, batch } = names,
  toleratedFailurePercentage = 5,
) {
  const handler = analyze({ store, ...buckets, toleratedFailurePercentage, ...watching });
  return handler({ Items, BatchInput: { execution }, batch, Other: 1 });
}

describe('analyzing a batch', () => {
  test('stores a partial and answers where it is', async () => {
    const store = storeWith(objects);
    expect(await run(store, items(...keys))).toEqual({
      partial: 'partials/run/b1.ndjson',
      years: [2023],
      objects: 20,
      failed: 0,
      fastPathObjects: 20,
    });
    const lines = store.text('results/partials/run/b1.ndjson').split('\n');
    expect(lines).toHaveLength(1 + 20 + 1);
  });

  test('emits what it has counted, also of a batch that it gives up', async () => {
    emitted.length = 0;
    await run(storeWith(objects), items(...keys));
    const bytes = objects.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    expect(emitted).toEqual([{ Objects: 20, FailedObjects: 0, FastPathShare: 100, Bytes: bytes, BatchDuration: 250 }]);
    await expect(run(storeWith([]), items('gone/1', 'gone/2'))).rejects.toThrow('2 of 2 objects failed');
    expect(emitted.at(-1)).toEqual({
      ...{ Objects: 2, FailedObjects: 2, FastPathShare: undefined, Bytes: 0, BatchDuration: 250 },
    });
  });

  test('passes over the empty objects that the console makes for folders', async () => {
    const folder = { Key: '2023/', Size: 0 };
    expect(await run(storeWith(objects), [folder, ...items(...keys)])).toMatchObject({ objects: 20, failed: 0 });
  });

  test('records objects it cannot read, or cannot parse, with the reason', async () => {
    const gone = storeWith(objects);
    expect(await run(gone, items(...keys, '2023/gone.csv'))).toMatchObject({ objects: 21, failed: 1 });
    expect(gone.text('results/partials/run/b1.ndjson')).toContain(
      '{"key":"2023/gone.csv","reason":"s3://source/2023/gone.csv: NoSuchKey: the key does not exist"}',
    );
    const malformed = storeWith([...objects, { key: '2023/bad.csv', body: gsod({ wdsp: '  x.x' }) }]);
    expect(await run(malformed, items(...keys, '2023/bad.csv'))).toMatchObject({ objects: 21, failed: 1 });
    expect(malformed.text('results/partials/run/b1.ndjson')).toContain('row 2, column WDSP: expected');
  });

  test('counts the objects that it read at constant strides', async () => {
    const irregular = { key: '2023/crlf.csv', body: Buffer.from(gsod({}).toString().replaceAll('\n', '\r\n')) };
    const store = storeWith([...objects, irregular]);
    expect(await run(store, items(...keys, irregular.key, '2023/gone.csv'))).toMatchObject({
      objects: 22,
      failed: 1,
      fastPathObjects: 20,
    });
  });

  test('gives up when more than 5 % of the objects failed, and writes nothing', async () => {
    const store = storeWith(objects);
    await expect(run(store, items(...keys, 'a', 'b'))).rejects.toMatchObject({
      name: 'TooManyFailedObjects',
      message: expect.stringMatching(
        /^2 of 22 objects failed, more than 5 %; a: s3:\/\/source\/a: NoSuchKey/,
      ) as string,
    });
    expect(store.text('results/partials/run/b1.ndjson')).toBe('');
  });

  test.each([
    [20, true],
    [6, true],
    [5.9, false],
    [5, false],
    [0, false],
  ])('tolerates 30 bad objects of 500 at %d %%: %j', async (percentage, isTolerated) => {
    const good = [...generateObjects({ objects: 470, days: 1 })];
    const bad = Array.from({ length: 30 }, (_, index) => `2023/bad-${index}.csv`);
    const running = run(storeWith(good), items(...good.map(({ key }) => key), ...bad), names, percentage);
    if (isTolerated) expect(await running).toMatchObject({ objects: 500, failed: 30 });
    else await expect(running).rejects.toThrow(`30 of 500 objects failed, more than ${percentage} %`);
  });

  test('tolerates the only object of a batch', async () => {
    expect(await run(storeWith([]), items('a'))).toMatchObject({ years: [], objects: 1, failed: 1 });
  });

  test.each([
    ['read an object', 'source/', 's3:GetObject'],
    ['write its result', 'results/', 's3:PutObject'],
  ])('fails at once when it may not %s, in the words of the service', async (_, door, action) => {
    const store = storeWith(objects);
    store.denied.push(door);
    await expect(run(store, items(...keys))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::111122223333:assumed-role/analyze/x is not authorized to perform: ${action}`,
    });
  });

  test('does not take a bug for an unreadable object', async () => {
    const store = storeWith(objects);
    store.get = () => Promise.reject(new TypeError('x is not a function'));
    await expect(run(store, items('a'))).rejects.toThrow(TypeError);
  });

  test('answers at most 1 KB for all 97 years and the longest names', async () => {
    const years = Array.from({ length: 97 }, (_, index) => 1929 + index);
    const store = storeWith(generateObjects({ objects: 97, years, days: 1 }));
    const longest = { execution: 'e'.repeat(80), batch: 'b'.repeat(80) };
    const pointer = await run(store, items(...[...store.contents.keys()].map((key) => key.slice(7))), longest);
    expect(pointer.years).toEqual(years);
    expect(JSON.stringify(pointer).length).toBeLessThanOrEqual(1024);
  });

  test('refuses an event without an execution', async () => {
    const handler = analyze({ store: storeWith([]), ...buckets, toleratedFailurePercentage: 5, ...watching });
    await expect(handler({ Items: [], batch: 'b1' })).rejects.toThrow('BatchInput');
  });
});
