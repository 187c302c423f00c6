import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { combined } from '../../../src/expressions/jsonpath/result-path.ts';

describe('a result', () => {
  test.each<[path: string | null | undefined, input: Json, expected: Json]>([
    [undefined, { a: 1 }, 'R'],
    ['$', { a: 1 }, 'R'],
    [null, { a: 1 }, { a: 1 }],
    ['$.b', { a: 1 }, { a: 1, b: 'R' }],
    ['$.a', { a: 1, b: 2 }, { a: 'R', b: 2 }],
    ['$.a.b.c', {}, { a: { b: { c: 'R' } } }],
    ["$['a.b']", {}, { 'a.b': 'R' }],
    ['$.list[1]', { list: [1, 2, 3] }, { list: [1, 'R', 3] }],
    ['$.list[0].x', { list: [{ y: 1 }] }, { list: [{ y: 1, x: 'R' }] }],
  ])('goes to %s of %j', (path, input, expected) => {
    const before = structuredClone(input);
    expect(combined(input, 'R', path)).toEqual(expected);
    expect(input).toEqual(before);
  });

  test('keeps the order of the fields', () => {
    expect(JSON.stringify(combined({ a: 1, b: 2 }, 'R', '$.a'))).toBe('{"a":"R","b":2}');
  });

  test('that is called __proto__ is a field like any other', () => {
    const placed = combined({}, { isAdmin: true }, '$.__proto__') as Readonly<Record<string, Json>>;
    expect(Object.keys(placed)).toEqual(['__proto__']);
    expect(placed['isAdmin']).toBeUndefined();
  });

  test.each<[path: string, input: Json, cause: string]>([
    ['$.a', 'text', 'Unable to apply step "a" to input "text"'],
    ['$.a', [1], 'Unable to apply step "a" to input [1]'],
    ['$.a.b', { a: null }, 'Unable to apply step "b" to input null'],
    ['$.list[3]', { list: [1] }, 'Unable to apply step "3" to input [1]'],
    ['$.list[0]', {}, 'Unable to apply step "0" to input null'],
  ])('has no place at %s of %j', (path, input, cause) => {
    expect(() => combined(input, 'R', path)).toThrow(cause);
  });
});
