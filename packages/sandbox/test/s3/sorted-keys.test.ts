import { expect, test } from 'vitest';
import { compareKeys, SortedKeys } from '../../src/s3/sorted-keys.ts';

const all = (keys: SortedKeys) => [...keys.from(() => false)];
/** A fixed order without pattern: 7,919 is prime, so every number below `count` comes once. */
const scattered = (count: number) =>
  Array.from({ length: count }, (_, at) => String((at * 7919) % count).padStart(6, '0'));

test('keys come in the order of their UTF-8 bytes, which is not that of their UTF-16 units', () => {
  const keys = ['a', 'a/b', 'b', 'Z', 'é', '\uFFFD', '😀', 'a!b'];
  const byBytes = keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  expect(keys.toSorted(compareKeys)).toEqual(byBytes);
  expect(keys.toSorted()).not.toEqual(byBytes);
});

test('keys stay sorted over many chunks, whatever the order in which they come and go', () => {
  const keys = new SortedKeys();
  const names = scattered(10_000);
  for (const name of names) keys.add(name);
  expect(all(keys)).toEqual(names.toSorted());
  for (const name of names.filter((_, at) => at % 3 !== 0)) keys.remove(name);
  expect(all(keys)).toEqual(names.filter((_, at) => at % 3 === 0).toSorted());
  for (const name of all(keys)) keys.remove(name);
  expect(all(keys)).toEqual([]);
});

test('reading starts wherever it is told to', () => {
  const keys = new SortedKeys();
  for (const name of scattered(5000)) keys.add(name);
  expect(keys.from((key) => key < '003210').next().value).toBe('003210');
  expect(keys.from(() => true).next().done).toBe(true);
});

test('300,000 keys are added and paged through with few comparisons and short moves', () => {
  const names = scattered(300_000);
  const keys = new SortedKeys();
  const work = counted(() => {
    for (const name of names) keys.add(name);
  });
  // About 20 comparisons for each key, of six characters each.
  expect(work.charactersRead / names.length).toBeLessThan(2 * 20 * 6);
  expect(work.longestMoved).toBeLessThanOrEqual(1_025);
  let looks = 0;
  for (let page = 0; page < 300; page += 1) {
    const isBefore = (key: string): boolean => {
      looks += 1;
      return key < String(page).padStart(6, '0');
    };
    expect(keys.from(isBefore).next().value).toBe(String(page).padStart(6, '0'));
  }
  expect(looks / 300).toBeLessThan(30);
});

type ReadCharacter = (this: string, at: number) => number;
type Splice = (this: unknown[], ...given: [start: number, deleted: number]) => unknown[];

/** Counts the characters that `act` compares, and finds the longest array that it inserts into or removes from. */
function counted(act: () => void): { readonly charactersRead: number; readonly longestMoved: number } {
  const work = { charactersRead: 0, longestMoved: 0 };
  const { charCodeAt } = String.prototype as { charCodeAt: ReadCharacter };
  const { splice } = Array.prototype as { splice: Splice };
  const reads: ReadCharacter = function (at) {
    work.charactersRead += 1;
    return charCodeAt.call(this, at);
  };
  const moves: Splice = function (...given) {
    work.longestMoved = Math.max(work.longestMoved, this.length);
    return splice.apply(this, given);
  };
  Object.assign(String.prototype, { charCodeAt: reads });
  Object.assign(Array.prototype, { splice: moves });
  try {
    act();
  } finally {
    Object.assign(String.prototype, { charCodeAt });
    Object.assign(Array.prototype, { splice });
  }
  return work;
}
