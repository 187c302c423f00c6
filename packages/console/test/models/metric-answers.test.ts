import { describe, expect, test } from 'vitest';
import { answerWithin, type WidgetAnswer, wholeRange } from '../../src/models/metric-answers.ts';

const from = Date.UTC(2026, 10, 27, 5);
const minute = 60_000;
const answer: WidgetAnswer = {
  ...{ from, to: from + 12 * minute, problem: null },
  lines: [
    {
      ...{ row: 0, label: 'a', periodSeconds: 300, unit: 'Count', status: 'Complete' },
      ...{ places: [0, 1, 2], values: [7, 8, 9] },
    },
  ],
};
const valuesWithin = (start: number, end: number) =>
  answerWithin(answer, from + start * minute, from + end * minute).lines[0]?.values;

describe('a part of an answer', () => {
  test('is all of it for its own range, the period that has begun included', () => {
    expect(valuesWithin(0, 12)).toEqual([7, 8, 9]);
    expect(valuesWithin(-60, 60)).toEqual([7, 8, 9]);
  });

  test('has no period that was not over at an earlier time', () => {
    expect(valuesWithin(0, 11)).toEqual([7, 8]);
    expect(valuesWithin(0, 10)).toEqual([7, 8]);
    expect(valuesWithin(0, 9)).toEqual([7]);
    expect(valuesWithin(0, 1)).toEqual([]);
  });

  test('has no period that was over before it', () => {
    expect(valuesWithin(5, 12)).toEqual([8, 9]);
    expect(valuesWithin(4, 12)).toEqual([7, 8, 9]);
  });
});

describe('the whole of a run', () => {
  test('begins before its first start and ends with the minute that has begun', () => {
    const first = from + 3 * minute;
    expect(wholeRange(first, first + 90 * minute + 1)).toEqual({ from: from - 5 * minute, to: first + 91 * minute });
  });

  test('is an hour at least', () => {
    expect(wholeRange(from, from + 5_000)).toEqual({ from: from - 60 * minute, to: from + minute });
  });
});
