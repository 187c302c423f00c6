import { describe, expect, test } from 'vitest';
import { evaluateExpression } from '../../../src/cloudwatch/math/evaluate-expression.ts';
import { parseExpression } from '../../../src/cloudwatch/math/parse-expression.ts';
import { isSeveral, type Points, type Value } from '../../../src/cloudwatch/math/value.ts';

const times = [0, 1, 2, 3, 4];
/** `[1, -, 3]`: `-` where there is no value. */
const series = (text: string): Points =>
  new Map(text.split(' ').flatMap((value, time) => (value === '-' ? [] : [[time, Number(value)]])));
const shown = (value: Value): unknown => {
  if (typeof value === 'number') return value;
  if (isSeveral(value)) return value.map(shown);
  return times.map((time) => value.get(time) ?? '-').join(' ');
};

const metrics: Readonly<Record<string, Points>> = {
  m1: series('1 1 0 0 -'),
  m2: series('30 - 0 0 30'),
  m3: series('0 0 20 - 20'),
  high: series('30 20 0 0 -'),
  low: series('20 - 20 - -'),
  errors1: series('1 - 2 - -'),
  errors2: series('- 5 3 - -'),
  empty: series(''),
  nothing: series('-'),
};

const evaluate = (text: string): unknown =>
  shown(
    evaluateExpression(parseExpression(text), {
      metrics: Object.entries(metrics).map(([id, points]) => ({ id, points })),
      times: () => times,
      valueOf: (id) => metrics[id],
      periodOf: (id) => (id in metrics ? 300 : undefined),
      count: () => undefined,
    }),
  );

describe('an expression', () => {
  test.each([
    // Using metric math, "Using IF expressions" and "Comparison and logical operators": the documentation's own tables.
    ['IF(m1, m2, m3)', '30 0 20 0 -'],
    ['IF(m1, 5, m3)', '5 5 20 - -'],
    ['IF(m1, m2, 5)', '30 0 5 5 -'],
    ['high < low', '0 0 1 0 -'],
    ['high >= 30', '1 0 0 0 -'],
    ['high > 15 AND low > 15', '1 0 0 0 -'],
    // Missing values count as 0; what is divided by zero is dropped.
    ['high + low', '50 20 20 0 -'],
    ['100 * high / low', '150 - 0 - -'],
    ['1 / empty', '- - - - -'],
    ['-high', '-30 -20 0 0 -'],
    ['high - 2 * 10 + 1', '11 1 -19 -19 -'],
    ['high * 2 ^ 3 ^ 2 / 512', '30 20 0 0 -'],
    ['m1 * -2 ^ 2', '-4 -4 0 0 -'],
    ['m1 * (2 + 3)', '5 5 0 0 -'],
    ['m1 + .5e1', '6 6 5 5 -'],
    ['high == 20 || high != 20 && low <= 0', '0 1 0 0 -'],
    ['1 - 1', 0],
    ['PERIOD(m1) / 60', 5],
    ['high / PERIOD(high) * 300', '30 20 0 0 -'],
    ['SUM(high)', 50],
    ['MIN(high)', 0],
    ['MAX(high) - 1', 29],
    ['SUM([errors1, errors2])', '1 5 5 - -'],
    ['MIN([errors1, errors2])', '1 5 2 - -'],
    ['MAX([errors1, errors2])', '1 5 3 - -'],
    ['SUM(METRICS("errors"))', '1 5 5 - -'],
    ['METRICS("errors")', ['1 - 2 - -', '- 5 3 - -']],
    ['10 * [errors1, errors2]', ['10 - 20 - -', '- 50 30 - -']],
    ['SUM([METRICS("errors1"), errors2])', '1 5 5 - -'],
    ['IF(high > 10, high)', '30 20 - - -'],
    ['IF(1 > 2, high, low)', '20 - 20 - -'],
    ['IF(0, high)', '- - - - -'],
    ['FILL(low, 7)', '20 7 20 7 7'],
    ['FILL(empty, 0)', '0 0 0 0 0'],
    ['FILL(low, m2)', '20 - 20 0 30'],
    ['FILL(errors2, REPEAT)', '- 5 3 3 3'],
    ['FILL(METRICS("errors"), 0)', ['1 0 2 0 0', '0 5 3 0 0']],
    ['ABS(-high)', '30 20 0 0 -'],
    ['CEIL(high / 9)', '4 3 0 0 -'],
    ['FLOOR([high, low] / 9)', ['3 2 0 0 -', '2 - 2 - -']],
    ['1000 * EPOCH(nothing)', '0 1 2 3 4'],
    ['FIRST([errors1, errors2])', '1 - 2 - -'],
    ['LAST([errors1, errors2])', '- 5 3 - -'],
    ['FIRST(METRICS("absent"))', '- - - - -'],
    ['SORT([errors1, nothing, errors2], AVG, DESC)', ['- 5 3 - -', '1 - 2 - -', '- - - - -']],
    ['SORT([errors2, errors1], SUM, ASC)', ['1 - 2 - -', '- 5 3 - -']],
    ['SORT([errors1, errors2], MAX, DESC, 1)', ['- 5 3 - -']],
    ['SORT([errors2, errors1], MIN, ASC, 1)', ['1 - 2 - -']],
    // Periods since the last value that is not 0, or since the first one.
    ['1000 * (EPOCH(m3) - FILL(FILL(EPOCH(m3) / CEIL(m3 / 99), REPEAT), MIN(EPOCH(m3))))', '0 1 0 1 0'],
  ])('%s comes to %j', (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  test.each([
    [
      'ANOMALY_DETECTION_BAND(m1)',
      /^the sandbox does not know the function ANOMALY_DETECTION_BAND of metric math \(known: PERIOD, SUM, MIN, MAX, METRICS, IF, FILL, ABS, CEIL, FLOOR, EPOCH, FIRST, LAST, SORT\)$/,
    ],
    ['toString(m1)', /does not know the function toString/],
    ['RATE(m1) * 60', /does not know the function RATE/],
    ['FILL(m1, LINEAR)', /^the sandbox does not know LINEAR in FILL$/],
    ['m1 + REPEAT', /^the sandbox does not know REPEAT of metric math$/],
    ['m1 + m9', /^there is no metric or expression with the id m9$/],
    ['m1 +', /^unexpected end in "m1 \+"$/],
    ['m1 m2', /^unexpected "m2" in "m1 m2"$/],
    ['(m1', /^unexpected end/],
    ['m1 % 2', /^unexpected "% 2" in "m1 % 2"$/],
    ['SUM([m1, m2)', /^unexpected "\)"/],
    ['', /^unexpected end in ""$/],
    ['"text"', /^"text" is no metric$/],
    ['SUM("text")', /^"text" is no metric$/],
    ['SUM()', /^a function lacks an argument$/],
    ['SUM(1)', /^a number stands where a metric is expected$/],
    ['[1, m1]', /^an array holds metrics, not numbers$/],
    ['[m1] + [m2]', /^an operator cannot take two arrays of metrics$/],
    ['IF([m1, m2], 1)', /^an array of metrics stands where one metric is expected$/],
    ['PERIOD(m1 + m2)', /^PERIOD takes the id of a metric$/],
    [`${'('.repeat(2_000)}m1`, /^more than 100 levels in an expression$/],
    ['-'.repeat(2_000), /^more than 100 levels in an expression$/],
    ['METRICS(m1)', /^METRICS takes a text/],
    ['FIRST(m1)', /^one metric stands where an array of metrics is expected$/],
    ['EPOCH([m1, m2])', /^an array of metrics stands where one metric is expected$/],
    ['CEIL(1)', /^a number stands where a metric is expected$/],
    ['SORT([m1, m2], STDDEV, ASC)', /^SORT takes AVG, MIN, MAX, SUM, got STDDEV$/],
    ['SORT([m1, m2], AVG)', /^SORT takes ASC, DESC$/],
    ['SORT([m1, m2], AVG, ASC, m1)', /^SORT takes a number as its limit$/],
  ])('%j is refused', (text, problem) => {
    expect(() => evaluate(text)).toThrow(problem);
  });
});
