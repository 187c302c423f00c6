import { expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { difference } from '../../src/changes/difference.ts';

test.each<[string, Json | undefined, Json | undefined, string]>([
  ['a number', 10, 5, '5 instead of 10'],
  ['a value that is added', undefined, 'on', 'with "on"'],
  ['a value that is removed', 'on', undefined, 'without "on"'],
  ['a list whose rest moves up', ['a', 'b', 'c'], ['b', 'c'], 'without "a"'],
  ['a value that is there twice', ['a', 'a'], ['a'], 'without "a"'],
  ['another order', ['a', 'b'], ['b', 'a'], 'in another order'],
  ['a value deep inside', { of: [{ it: 'a' }] }, { of: [{ it: 'b' }] }, '"b" instead of "a"'],
  ['many values', undefined, [1, 2, 3, 4, 5, 6, 7], 'with 1, 2, 3, 4, 5, 2 more'],
  ['a long text', undefined, 'x'.repeat(500), `with "${'x'.repeat(119)}…`],
])('of %s', (_, before, after, text) => {
  expect(difference(before, after)).toBe(text);
});
