import { expect, test } from 'vitest';
import { duplicateKey } from '../src/problem.ts';

test.each([
  ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}'],
  ['["a","a",{"b":"b"}]'],
  ['{"a":"{\\"b\\":1,\\"b\\":2}"}'],
  ['{"a":["b","b"],"b":[],"c":{}}'],
  ['"a"'],
  ['{}'],
])('%s has no duplicate key', (text) => {
  expect(duplicateKey(text)).toBeUndefined();
});

test.each([
  ['{"a":1,"a":2}', 'a', 1, 7],
  ['{"a":{"b":1},"c":{"d":[1,{"e":2}],"d":3}}', 'd', 18, 34],
  ['[{"a":1},{"b":{},"b":[]}]', 'b', 10, 17],
  ['{"a":1,"\\u0061":2}', 'a', 1, 7],
  ['{"__proto__":1, "__proto__":2}', '__proto__', 1, 16],
])('%s has the key %s twice', (text, key, first, second) => {
  expect(duplicateKey(text)).toEqual({ key, first, second });
});

test('a long text is read in time that grows with its length', () => {
  const long = JSON.stringify({ text: 'a"'.repeat(4_000_000) });
  const text = `[${long},${'{"a":"b","c":[1,2,3]},'.repeat(200_000)}{"x":1,"x":2}]`;
  expect(duplicateKey(text)?.key).toBe('x');
});
