import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonError } from '../../src/chart/json-error.ts';
import { jsonProblem, nameProblem } from '../../src/chart/json-problem.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON with a part of it cut out or put in, and texts of the characters of JSON. */
const almostJson = fc.oneof(
  fc.json(),
  fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), fc.stringMatching(/^[{}[\]",:\\ 01.e+tfn-]{0,3}$/))
    .map(([text, at, length, put]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + length);
    }),
  fc.stringMatching(/^[{}[\]",:\\ 01.e+u\n-]{0,12}$/),
);

describe('a mistake in JSON', () => {
  test('is found exactly where JSON.parse refuses the text', () => {
    fc.assert(
      fc.property(almostJson, (text) => {
        expect(jsonError(text) === undefined).toBe(isJson(text));
      }),
    );
  });

  test('is the first one: what is before it can go on to JSON, with it nothing can', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (text, cut) => {
        const part = text.slice(0, cut % (text.length + 1));
        const error = jsonError(part);
        // A number that is cut may be one.
        if (error) expect(error.at).toBeLessThanOrEqual(part.length);
        const wrong = jsonError(`${part}\u0001`);
        expect(wrong?.at ?? Infinity).toBeLessThanOrEqual(part.length);
      }),
    );
  });

  test('is found below any depth', () => {
    expect(jsonError(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBe(undefined);
    expect(jsonError('['.repeat(100_000))).toEqual({ at: 100_000, expected: 'a value' });
  });

  test.each([
    ['', 'Expected JSON, got nothing: the empty input is {}'],
    ['{\n  "objects": ]', 'line 2, column 14: expected a value, got ]'],
    ['{"a": 1', 'line 1, column 8: expected a comma or }, got the end'],
    ['{a: 1}', 'line 1, column 2: expected a name in double quotes, got a'],
    ['{"a" 1}', 'line 1, column 6: expected a colon, got 1'],
    ['[1, 2,]', 'line 1, column 7: expected a value, got ]'],
    ['{} {}', 'line 1, column 4: expected the end, got {'],
    ["'a'", "line 1, column 1: expected a value, got '"],
    [JSON.stringify('é'.repeat(131_072)), 'The input has 262,146 bytes, and may have 262,144'],
    [JSON.stringify('é'.repeat(131_071)), undefined],
    ['{"a": [1, "b\\n", {"c": -1.5e3}], "d": null}', undefined],
  ])('in %j is said with its place', (text, problem) => {
    expect(jsonProblem(text)).toBe(problem);
  });
});

test.each([
  ['', undefined],
  ['by-page_1.2', undefined],
  ['a b', 'A name may not contain a space'],
  ['a\tb', 'A name may not contain "\\t"'],
  ['a"b', 'A name may not contain "\\""'],
  ['x'.repeat(80), undefined],
  ['x'.repeat(81), 'A name has at most 80 characters, this one has 81'],
])('the name %j is possible, or it is said why not', (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});
