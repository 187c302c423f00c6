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

test('300,000 keys are added and paged through in seconds', () => {
  const started = performance.now();
  const keys = new SortedKeys();
  for (const name of scattered(300_000)) keys.add(`data/2024/${name}.csv`);
  for (let page = 0; page < 300; page += 1) keys.from((key) => key < `data/2024/${page}`).next();
  expect(performance.now() - started).toBeLessThan(8000);
});
