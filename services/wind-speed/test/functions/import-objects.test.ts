import { describe, expect, test } from 'vitest';
import { importObjects } from '../../functions/import-objects.ts';
import { MemoryStore } from './memory-store.ts';

const ports = (store: MemoryStore) => ({ store, publicStore: store, publicBucket: 'public', sourceBucket: 'source' });

function storeWith(...addresses: readonly string[]): MemoryStore {
  const store = new MemoryStore();
  for (const address of addresses) store.contents.set(address, Buffer.from('rows'));
  return store;
}

describe('importing a year', () => {
  test('copies what is missing and what has another size, and nothing else', async () => {
    const store = storeWith('public/2023/a', 'public/2023/b', 'public/2023/c', 'public/2024/d', 'source/gsod/2023/a');
    store.contents.set('source/gsod/2023/b', Buffer.from('half'.slice(2)));
    expect(await importObjects(ports(store))({ year: 2023 })).toEqual({
      year: 2023,
      copied: 2,
      present: 1,
      startAfter: '2023/c',
      done: true,
    });
    expect(store.reads.toSorted()).toEqual(['public/2023/b', 'public/2023/c']);
    expect(store.text('source/gsod/2023/b')).toBe('rows');
    expect(store.contents.has('source/gsod/2024/d')).toBe(false);
  });

  test('goes page by page, each event being the answer before', async () => {
    const store = storeWith(
      ...['a', 'b', 'c', 'd', 'e'].map((key) => `public/2023/${key}`),
      'source/gsod/2023/bb',
      'source/gsod/2023/c',
    );
    store.pageSize = 2;
    let event: object = { year: 2023, startAfter: null };
    const pages = [];
    for (let page = 0; page < 3; page += 1) {
      const result = await importObjects(ports(store))(event);
      pages.push([result.copied, result.present, result.startAfter, result.done]);
      event = result;
    }
    expect(pages).toEqual([
      [2, 0, '2023/b', false],
      [1, 1, '2023/d', false],
      [1, 0, '2023/e', true],
    ]);
  });

  test('compares a whole page even when the source bucket holds more keys in between', async () => {
    const between = Array.from({ length: 9 }, (_, index) => `source/gsod/2023/a${index}`);
    const store = storeWith('public/2023/a', 'public/2023/b', 'source/gsod/2023/b', ...between);
    store.pageSize = 2;
    expect(await importObjects(ports(store))({ year: 2023 })).toMatchObject({ copied: 1, present: 1 });
  });

  test('goes on in both buckets where the last page ended', async () => {
    const store = storeWith('public/2023/a', 'public/2023/b', 'source/gsod/2023/a', 'source/gsod/2023/b');
    expect(await importObjects(ports(store))({ year: 2023, startAfter: '2023/a' })).toMatchObject({ present: 1 });
    expect(store.lists).toEqual(['public/2023/a', 'source/gsod/2023/a']);
  });

  test('of which nothing is published is done at once', async () => {
    expect(await importObjects(ports(storeWith()))({ year: 1931 })).toEqual({
      year: 1931,
      copied: 0,
      present: 0,
      startAfter: null,
      done: true,
    });
  });

  test.each([['public'], ['source']])('fails at once when it may not list the %s bucket', async (bucket) => {
    const store = storeWith('public/2023/a');
    store.denied.push(bucket);
    await expect(importObjects(ports(store))({ year: 2023 })).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
