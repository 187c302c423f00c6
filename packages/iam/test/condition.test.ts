import { describe, expect, test } from 'vitest';
import { condition, isMet } from '../src/condition.ts';
import type { ContextValue } from '../src/context-values.ts';
import { UNKNOWN, type Truth } from '../src/truth.ts';

type Row = readonly [operator: string, expected: readonly string[], actual: readonly string[], met: boolean];

const ROWS: readonly Row[] = [
  ['StringEquals', ['a'], ['a'], true],
  ['StringEquals', ['a'], ['A'], false],
  ['StringEquals', ['a', 'b'], ['b'], true],
  ['StringEquals', ['a*'], ['ab'], false],
  ['StringEquals', ['a'], [], false],
  ['StringNotEquals', ['a', 'b'], ['c'], true],
  ['StringNotEquals', ['a', 'b'], ['b'], false],
  ['StringNotEquals', ['a'], [], true],
  ['StringEqualsIgnoreCase', ['a'], ['A'], true],
  ['StringNotEqualsIgnoreCase', ['a'], ['A'], false],
  ['StringLike', ['home/*'], ['home/x/y'], true],
  ['StringLike', ['home/*'], ['away/x'], false],
  ['StringNotLike', ['home/*'], ['away/x'], true],
  ['StringEqualsIfExists', ['a'], [], true],
  ['StringEqualsIfExists', ['a'], ['b'], false],
  ['ArnEquals', ['arn:aws:iam::333333333333:role/*'], ['arn:aws:iam::333333333333:role/x'], true],
  ['ArnEquals', ['arn:aws:iam::*:role/x'], ['arn:aws:iam::333333333333:role/y'], false],
  ['ArnLike', ['arn:aws:iam::333333333333:role/x'], ['arn:aws:iam::333333333333:role/x'], true],
  ['ArnNotEquals', ['arn:aws:iam::333333333333:role/x'], ['arn:aws:iam::333333333333:role/x'], false],
  ['ArnNotLike', ['arn:aws:iam::333333333333:role/x'], ['arn:aws:iam::333333333333:role/y'], true],
  ['Bool', ['true'], ['TRUE'], true],
  ['Bool', ['true'], ['false'], false],
  ['Bool', ['false'], [], false],
  ['BoolIfExists', ['false'], [], true],
  ['Null', ['true'], [], true],
  ['Null', ['true'], ['x'], false],
  ['Null', ['false'], ['x'], true],
  ['Null', ['false'], [], false],
  ['NumericEquals', ['10'], ['10.0'], true],
  ['NumericNotEquals', ['10'], ['11'], true],
  ['NumericLessThan', ['10'], ['9'], true],
  ['NumericLessThan', ['10'], ['10'], false],
  ['NumericLessThanEquals', ['10'], ['10'], true],
  ['NumericGreaterThan', ['10'], ['10'], false],
  ['NumericGreaterThanEquals', ['10'], ['10'], true],
  ['NumericEquals', ['10'], ['ten'], false],
  ['DateLessThan', ['2026-01-02T00:00:00Z'], ['2026-01-01T00:00:00Z'], true],
  ['DateGreaterThan', ['2026-01-02T00:00:00Z'], ['2026-01-01T00:00:00Z'], false],
  ['DateEquals', ['1767225600'], ['2026-01-01T00:00:00Z'], true],
  ['DateNotEquals', ['1767225600'], ['2026-01-01T00:00:00Z'], false],
  ['DateGreaterThanEquals', ['2026-01-01'], ['2026-01-01T00:00:00Z'], true],
  ['DateLessThanEquals', ['2026-01-01'], ['2026-01-01T00:00:01Z'], false],
  ['DateEquals', ['2026-01-01T00:00'], ['2026-01-01T01:00+01:00'], true],
  ['IpAddress', ['10.0.0.0/8'], ['10.1.2.3'], true],
  ['IpAddress', ['10.0.0.0/8'], ['11.1.2.3'], false],
  ['IpAddress', ['2001:db8::/32'], ['2001:db8::1'], true],
  ['IpAddress', ['10.0.0.1'], ['10.0.0.1'], true],
  ['IpAddress', ['10.0.0.1'], ['10.0.0.0'], false],
  ['IpAddress', ['2001:db8::1'], ['2001:db8::1'], true],
  ['IpAddress', ['2001:db8::1'], ['2001:db8::'], false],
  ['IpAddress', ['2001:db8::1/128'], ['2001:db8::1'], true],
  ['IpAddress', ['10.0.0.1/32'], ['10.0.0.1'], true],
  ['IpAddress', ['10.0.0.0/0'], ['11.1.2.3'], true],
  ['NotIpAddress', ['10.0.0.0/8'], ['11.1.2.3'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a'], [], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
  ['ForAnyValue:StringEquals', ['a'], [], false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'c'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], false],
  ['ForAnyValue:StringLikeIfExists', ['a*'], [], false],
  ['ForAnyValue:StringNotEqualsIfExists', ['a'], [], false],
  ['ForAnyValue:StringLikeIfExists', ['a*'], ['ab'], true],
  ['ForAllValues:StringEqualsIfExists', ['a'], [], true],
  ['StringEqualsIfExists', ['a'], [], true],
];

describe('a condition', () => {
  test.each(ROWS)('%s %j against %j: %s', (operator, expected, actual, met) => {
    const context = new Map(actual.length === 0 ? [] : [['aws:key', actual]]);
    expect(isMet(condition(operator, 'aws:Key', expected, true), context)).toBe(met);
  });

  test.each(['StringEqual', 'BinaryNotEquals', 'ForSomeValues:StringEquals', 'stringequals'])(
    'with the unknown operator %s is refused by name',
    (operator) => {
      expect(() => condition(operator, 'aws:Key', ['x'], true)).toThrow(`unknown condition operator "${operator}"`);
    },
  );

  test.each([
    ['Bool', 'yes'],
    ['NumericEquals', 'many'],
    ['NumericEquals', '0x10'],
    ['NumericEquals', 'Infinity'],
    ['DateLessThan', 'tomorrow'],
    ['DateLessThan', '1 January 2026'],
    ['DateLessThan', '2026-13-01'],
    ['IpAddress', '10.0.0.0/33'],
    ['IpAddress', '2001:db8::/129'],
    ['IpAddress', '10.0.0.0/8/8'],
    ['IpAddress', 'fe80::1%eth0'],
    ['BinaryEquals', 'a'],
  ])('%s that expects %s is refused', (operator, value) => {
    expect(() => condition(operator, 'aws:Key', [value], true)).toThrow(`${operator} aws:Key cannot be "${value}"`);
  });
});

test('Null, which asks whether a key exists, has no IfExists', () => {
  expect(() => condition('NullIfExists', 'aws:Key', ['true'], true)).toThrow('leave IfExists out');
});

describe('a condition on a key that is not known', () => {
  type Open = readonly [operator: string, expected: string, value: 'untold' | 'undocumented', met: Truth];
  const OPEN: readonly Open[] = [
    ['StringEquals', 'a', 'untold', UNKNOWN],
    ['StringNotEqualsIfExists', 'a', 'untold', UNKNOWN],
    ['ForAllValues:StringEquals', 'a', 'untold', UNKNOWN],
    ['Null', 'true', 'untold', false],
    ['Null', 'false', 'untold', true],
    ['Null', 'true', 'undocumented', UNKNOWN],
    ['StringEqualsIfExists', 'a', 'undocumented', UNKNOWN],
  ];
  test.each(OPEN)('%s %s, %s', (operator, expected, value, met) => {
    expect(isMet(condition(operator, 'aws:Key', [expected], true), new Map([['aws:key', value]]))).toBe(met);
  });

  test.each<[string, readonly string[], Truth]>([
    ['StringEquals', ['${aws:other}'], UNKNOWN],
    ['StringEquals', ['${aws:other}', 'a'], true],
    ['StringNotEquals', ['${aws:other}'], UNKNOWN],
    ['StringNotEquals', ['${aws:other}', 'a'], false],
    ['StringEquals', ["${aws:other, 'a'}"], UNKNOWN],
    ['StringEquals', ['${aws:other}${aws:missing}'], false],
  ])('%s %j, whose variable is not known', (operator, expected, met) => {
    const context = new Map<string, ContextValue>([
      ['aws:key', ['a']],
      ['aws:other', 'untold'],
    ]);
    expect(isMet(condition(operator, 'aws:Key', expected, true), context)).toBe(met);
  });
});

describe('a policy variable', () => {
  const context = new Map([
    ['aws:key', ['team-a*']],
    ['aws:principaltag/team', ['a*']],
  ]);
  test.each([
    ['team-${aws:PrincipalTag/team}', true],
    ['team-${aws:PrincipalTag/other}', false],
    ["team-${aws:PrincipalTag/other, 'a'}${*}", true],
    ['team-b${*}', false],
  ])('%s compared with team-a*: %s', (expected, met) => {
    expect(isMet(condition('StringEquals', 'aws:Key', [expected], true), context)).toBe(met);
    expect(isMet(condition('StringLike', 'aws:Key', [expected], true), context)).toBe(met);
  });

  // So long that a reader that goes back over what it has read takes longer than any test may.
  test('that never ends is read, however long it is, and so is a number', () => {
    const endless = condition('StringEquals', 'aws:Key', [`\${${' '.repeat(2_000_000)}`], true);
    expect(isMet(endless, context)).toBe(false);
    expect(() => condition('NumericEquals', 'aws:Key', [`${'1'.repeat(2_000_000)}x`], true)).toThrow('cannot be');
  });

  test('is plain text in a policy without version 2012-10-17', () => {
    const text = condition('StringEquals', 'aws:Key', ['team-${aws:PrincipalTag/team}'], false);
    expect(isMet(text, context)).toBe(false);
  });
});
