import { describe, expect, test } from 'vitest';
import { fromIssue, placeOf, problemLine, shown } from '../src/problem.ts';

test.each([
  [[], 'the file'],
  [['a'], 'a'],
  [[0, 'policies', 'identity', 1], '[0].policies.identity[1]'],
])('the path %j is written as %s', (path, place) => {
  expect(placeOf(path)).toBe(place);
});

describe('a value', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    ['x'.repeat(58), `"${'x'.repeat(58)}"`],
    ['x'.repeat(59), `"${'x'.repeat(59)}…`],
  ])('%j is shown as %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });
});

describe('an issue', () => {
  const line = (root: unknown, path: readonly PropertyKey[], message = 'Expected text', code = 'invalid_type') =>
    problemLine(fromIssue(root, { path, message, code }, [2]));

  test.each<[what: string, root: unknown, path: readonly PropertyKey[], line: string]>([
    ['names what came', { a: { b: 1 } }, ['a', 'b'], '[2].a.b: expected text, got 1'],
    ['names nothing where nothing came', { a: {} }, ['a', 'b'], '[2].a.b: expected text'],
    ['names nothing below null', { a: null }, ['a', 'b'], '[2].a.b: expected text'],
    ['names nothing below a text', { a: 'b' }, ['a', 'length'], '[2].a.length: expected text'],
    ['names nothing that every object inherits', { a: {} }, ['a', 'toString'], '[2].a.toString: expected text'],
    ['has the index of a list', { a: [1] }, ['a', 0], '[2].a[0]: expected text, got 1'],
    ['has no index where a single value stands for a list', { a: 1 }, ['a', 0], '[2].a: expected text, got 1'],
  ])('%s', (_, root, path, expected) => {
    expect(line(root, path)).toBe(expected);
  });

  test('leaves the type out, which the value shows', () => {
    expect(line({ a: 1 }, ['a'], 'Invalid input: expected string, received number')).toBe(
      '[2].a: invalid input: expected string, got 1',
    );
  });

  test('of an unknown key names the key alone', () => {
    expect(line({ a: 1 }, [], 'Unrecognized key: "a"', 'unrecognized_keys')).toBe('[2]: unrecognized key: "a"');
  });
});
