import { describe, expect, test } from 'vitest';
import { defined, type Json, isArray, isObject, listOf, objectOf, parsedJson, textOf } from '../src/json.ts';

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

test('keys without a value are left out', () => {
  expect(defined({ a: undefined, b: null, c: 0 })).toEqual({ b: null, c: 0 });
});

test.each<[Json | undefined, boolean]>([
  [[], true],
  [{}, false],
  [undefined, false],
])('%j is a list: %s', (value, is) => {
  expect(isArray(value)).toBe(is);
});

describe('a text of JSON', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

  test('is read up to 1,000 levels', () => {
    expect(parsedJson('{"a":[1]}')).toEqual({ a: [1] });
    expect(isArray(parsedJson(nested(1_000)))).toBe(true);
  });

  test('is refused above them, and where it is no JSON', () => {
    expect(() => parsedJson(nested(1_001))).toThrow('nested deeper than 1000 levels');
    expect(() => parsedJson('{')).toThrow(SyntaxError);
  });
});
