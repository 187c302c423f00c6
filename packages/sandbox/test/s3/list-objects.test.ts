import { describe, expect, test } from 'vitest';
import { listKeys, type ListQuery } from '../../src/s3/list-objects.ts';
import { SortedKeys } from '../../src/s3/sorted-keys.ts';

const KEYS = ['a', 'a/1', 'a/2', 'a0', 'b/1', 'b/c/1', 'c'];

function keysOf(names: readonly string[]): SortedKeys {
  const keys = new SortedKeys();
  for (const name of names) keys.add(name);
  return keys;
}

/** All pages of a query, as `keys | prefixes` each. */
function pages(query: ListQuery): readonly string[] {
  const shown: string[] = [];
  let continuationToken: string | undefined;
  do {
    const page = listKeys(keysOf(KEYS), { ...query, continuationToken });
    shown.push(`${page.keys.join(' ')}|${page.commonPrefixes.join(' ')}`);
    continuationToken = page.nextContinuationToken;
  } while (continuationToken !== undefined);
  return shown;
}

describe('listing', () => {
  test.each<[string, ListQuery, readonly string[]]>([
    ['everything', {}, ['a a/1 a/2 a0 b/1 b/c/1 c|']],
    ['a prefix', { prefix: 'a/' }, ['a/1 a/2|']],
    ['a prefix that nothing has', { prefix: 'x' }, ['|']],
    ['one level', { delimiter: '/' }, ['a a0 c|a/ b/']],
    ['one level below a prefix', { prefix: 'b/', delimiter: '/' }, ['b/1|b/c/']],
    ['after a key', { startAfter: 'a/2' }, ['a0 b/1 b/c/1 c|']],
    ['after a key before the prefix', { startAfter: 'a', prefix: 'b/' }, ['b/1 b/c/1|']],
    ['in pages', { maxKeys: 3 }, ['a a/1 a/2|', 'a0 b/1 b/c/1|', 'c|']],
    ['in full pages without an empty last one', { prefix: 'a/', maxKeys: 1 }, ['a/1|', 'a/2|']],
    ['one level in pages, each prefix once', { delimiter: '/', maxKeys: 2 }, ['a|a/', 'a0|b/', 'c|']],
    ['nothing', { maxKeys: 0 }, ['|']],
  ])('%s', (_, query, expected) => {
    expect(pages(query)).toEqual(expected);
  });

  test('refuses a token of someone else', () => {
    expect(() => listKeys(keysOf(KEYS), { continuationToken: 'no token' })).toThrow('continuation token');
  });
});
