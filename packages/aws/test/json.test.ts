import { expect, test } from 'vitest';
import { type Json, isObject, listOf, objectOf, textOf } from '../src/json.ts';

test.each<[Json | undefined, string]>([
  ['text', 'text'],
  [undefined, ''],
  [null, ''],
  [7, '7'],
  [false, 'false'],
  [{ a: [1] }, '{"a":[1]}'],
])('%j is the text %j', (value, text) => {
  expect(textOf(value)).toBe(text);
});

test.each<[Json | undefined, boolean]>([
  [{}, true],
  [[], false],
  [null, false],
  [undefined, false],
])('%j is an object: %s', (value, is) => {
  expect(isObject(value)).toBe(is);
});

test('what is no list has no items, and what is no object has no keys', () => {
  expect([listOf([1]), listOf('x'), listOf(undefined)]).toEqual([[1], [], []]);
  expect([objectOf({ a: 1 }), objectOf([1]), objectOf(undefined)]).toEqual([{ a: 1 }, {}, {}]);
});
