import { describe, expect, test } from 'vitest';
import { alarmsIn, holds, parseRule } from '../../../src/cloudwatch/alarm/composite-rule.ts';
import type { AlarmState } from '../../../src/cloudwatch/alarm/alarm-state.ts';

const arn = 'arn:aws:cloudwatch:us-east-1:444444444444:alarm:red';
const states: Readonly<Record<string, AlarmState>> = {
  red: 'ALARM',
  [arn]: 'ALARM',
  green: 'OK',
  grey: 'INSUFFICIENT_DATA',
  'with space (and more)': 'OK',
};

describe('a rule', () => {
  test.each([
    ['ALARM(red)', true],
    ['ALARM("red")', true],
    [`ALARM("${arn}")`, true],
    [`ALARM(${arn})`, true],
    ['OK(red)', false],
    ['OK ( "with space (and more)" )', true],
    ['INSUFFICIENT_DATA(grey)', true],
    ['TRUE', true],
    ['FALSE', false],
    ['NOT FALSE', true],
    ['NOT OK(green) OR ALARM(red)', true],
    ['FALSE AND FALSE OR TRUE', true],
    ['TRUE OR FALSE AND FALSE', true],
    ['(TRUE OR FALSE) AND FALSE', false],
    ['NOT (ALARM(green) OR OK(red))', true],
    ['(ALARM(red) OR ALARM(green)) AND\n  OK(green)', true],
  ])('%j is %s', (text, expected) => {
    expect(holds(parseRule(text), (name) => states[name])).toBe(expected);
  });

  test('names alarms', () => {
    expect(alarmsIn(parseRule('TRUE AND (ALARM(a) OR NOT OK("b c")) AND INSUFFICIENT_DATA(d)'))).toEqual([
      'a',
      'b c',
      'd',
    ]);
  });

  test.each([
    ['', 'expected OK, ALARM, INSUFFICIENT_DATA of an alarm, TRUE or FALSE in ""'],
    ['ALARM(a) AND', 'expected OK, ALARM, INSUFFICIENT_DATA of an alarm, TRUE or FALSE in "ALARM(a) AND"'],
    ['AT_LEAST(a)', 'expected OK, ALARM, INSUFFICIENT_DATA of an alarm, TRUE or FALSE in "AT_LEAST(a)"'],
    ['(ALARM(a)', 'a parenthesis is not closed in "(ALARM(a)"'],
    ['ALARM(a) OK(b)', 'unexpected "OK(b)" in "ALARM(a) OK(b)"'],
    ['ALARM(a) XOR OK(b)', 'unexpected "XOR OK(b)" in "ALARM(a) XOR OK(b)"'],
  ])('%j is refused', (text, problem) => {
    expect(() => parseRule(text)).toThrow(problem);
  });
});
