import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { isMet } from '../../../src/expressions/jsonpath/comparison.ts';
import { bindings } from './bindings.ts';

const input = {
  knots: 34,
  name: 'EDDB-7',
  open: false,
  at: '2026-01-31T12:00:00Z',
  nothing: null,
  other: { knots: 34, name: 'EDDC', open: false, at: '2026-01-31T13:00:00+01:00' },
};

const met = (rule: object): boolean => isMet(rule, bindings(input));

describe('a comparison', () => {
  test.each<[variable: string, operator: string, against: Json, expected: boolean]>([
    ['$.knots', 'NumericEquals', 34, true],
    ['$.knots', 'NumericEquals', 35, false],
    ['$.knots', 'NumericLessThan', 34, false],
    ['$.knots', 'NumericLessThan', 34.5, true],
    ['$.knots', 'NumericLessThanEquals', 34, true],
    ['$.knots', 'NumericGreaterThan', 33, true],
    ['$.knots', 'NumericGreaterThan', 34, false],
    ['$.knots', 'NumericGreaterThanEquals', 34, true],
    ['$.knots', 'NumericGreaterThanEquals', 35, false],
    ['$.knots', 'NumericEqualsPath', '$.other.knots', true],
    ['$.knots', 'NumericLessThanPath', '$limits.hurricane', true],
    ['$.name', 'NumericEquals', 34, false],
    ['$.name', 'StringEquals', 'EDDB-7', true],
    ['$.name', 'StringLessThan', 'EDDC', true],
    ['$.name', 'StringGreaterThan', 'EDDC', false],
    ['$.name', 'StringLessThanEqualsPath', '$.other.name', true],
    ['$.knots', 'StringEquals', '34', false],
    ['$.open', 'BooleanEquals', false, true],
    ['$.open', 'BooleanEquals', true, false],
    ['$.open', 'BooleanEqualsPath', '$.other.open', true],
    ['$.at', 'TimestampEquals', '2026-01-31T13:00:00+01:00', true],
    ['$.at', 'TimestampLessThan', '2026-01-31T12:00:01Z', true],
    ['$.at', 'TimestampGreaterThanEquals', '2026-01-31T12:00:01Z', false],
    ['$.at', 'TimestampEqualsPath', '$.other.at', true],
    ['$.name', 'TimestampEquals', '2026-01-31T12:00:00Z', false],
    ['$.nothing', 'IsNull', true, true],
    ['$.knots', 'IsNull', true, false],
    ['$.knots', 'IsNull', false, true],
    ['$.knots', 'IsNumeric', true, true],
    ['$.name', 'IsNumeric', true, false],
    ['$.name', 'IsString', true, true],
    ['$.open', 'IsBoolean', true, true],
    ['$.at', 'IsTimestamp', true, true],
    ['$.name', 'IsTimestamp', true, false],
    ['$.knots', 'IsPresent', true, true],
    ['$.nothing', 'IsPresent', true, true],
    ['$.nowhere', 'IsPresent', true, false],
    ['$.nowhere.at', 'IsPresent', false, true],
    ['$unknown', 'IsPresent', false, true],
    ['$$.Execution.Name', 'StringEquals', 'run-1', true],
  ])('%s %s %j: %s', (Variable, operator, against, expected) => {
    expect(met({ Variable, [operator]: against })).toBe(expected);
  });
});

describe('StringMatches', () => {
  test.each<[pattern: string, text: Json, expected: boolean]>([
    ['log-*.txt', 'log-2026.txt', true],
    ['log-*.txt', 'log-.txt', true],
    ['log-*.txt', 'log-2026.csv', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['exact', 'exact', true],
    ['exact', 'exactly', false],
    [String.raw`1\*2`, '1*2', true],
    [String.raw`1\*2`, '1x2', false],
    [String.raw`a\\*`, String.raw`a\b`, true],
    ['*', 7, false],
  ])('%s of %j: %s', (pattern, text, expected) => {
    expect(isMet({ Variable: '$', StringMatches: pattern }, bindings(text))).toBe(expected);
  });

  test('takes no time for many asterisks', () => {
    const pattern = `${'a*'.repeat(200)}b`;
    expect(isMet({ Variable: '$', StringMatches: pattern }, bindings('a'.repeat(2000)))).toBe(false);
  });
});

describe('And, Or and Not', () => {
  const yes = { Variable: '$.knots', NumericEquals: 34 };
  const no = { Variable: '$.knots', NumericEquals: 1 };
  const missing = { Variable: '$.nowhere', NumericEquals: 1 };

  test.each<[rule: object, expected: boolean]>([
    [{ And: [yes, yes] }, true],
    [{ And: [yes, no] }, false],
    [{ Or: [no, yes] }, true],
    [{ Or: [no, no] }, false],
    [{ Not: no }, true],
    [{ Not: { Or: [no, { And: [yes, yes] }] } }, false],
    [{ And: [no, missing] }, false],
    [{ Or: [yes, missing] }, true],
  ])('%j: %s', (rule, expected) => {
    expect(met(rule)).toBe(expected);
  });
});

describe('a comparison fails the state', () => {
  test.each([
    [{ Variable: '$.nowhere', NumericEquals: 1 }, '$.nowhere'],
    [{ Variable: '$.nowhere', IsString: true }, '$.nowhere'],
    [{ Variable: '$.knots', NumericEqualsPath: '$.gone' }, '$.gone'],
  ])('%j', (rule, path) => {
    expect(() => met(rule)).toThrow(
      `Invalid path '${path}': The choice state's condition path references an invalid value.`,
    );
  });
});
