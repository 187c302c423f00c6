import { describe, expect, test } from 'vitest';
import { judge, missingDataTreatments } from '../../../src/cloudwatch/alarm/judge.ts';

/** The state for each treatment of missing data: missing, ignore, breaching, notBreaching; `kept` where it stays. */
function statesOf(
  range: string,
  datapointsToAlarm: number,
  evaluationPeriods: number,
): Readonly<Record<string, string>> {
  const values = range.split(' ').map((value) => (value === '-' ? undefined : value === 'X' ? 1 : 0));
  return Object.fromEntries(
    missingDataTreatments.map((treatMissingData) => {
      const criteria = {
        evaluationPeriods,
        datapointsToAlarm,
        treatMissingData,
        isBreaching: (value: number) => value > 0,
      };
      return [treatMissingData, judge(values, criteria).state ?? 'kept'];
    }),
  );
}

/** 0 is within the threshold, X breaches it, - is missing; the latest period stands on the right. */
type Row = readonly [range: string, missing: string, ignore: string, breaching: string, notBreaching: string];

const unknown = 'INSUFFICIENT_DATA';

describe.each<readonly [string, datapointsToAlarm: number, evaluationPeriods: number, readonly Row[]]>([
  [
    'three of three (the first table of "How alarm state is evaluated when data is missing")',
    3,
    3,
    [
      ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
      ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
      ['- - - - -', unknown, 'kept', 'ALARM', 'OK'],
      ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['- - X - -', 'ALARM', 'kept', 'ALARM', 'OK'],
      // "Avoiding premature transitions to alarm state"
      ['- - - - X', 'kept', 'kept', 'ALARM', 'OK'],
      ['- - - X -', 'kept', 'kept', 'ALARM', 'OK'],
      ['- - - X 0', 'OK', 'OK', 'OK', 'OK'],
      ['X X 0 X X', 'OK', 'OK', 'OK', 'OK'],
      ['0 0 X X X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ],
  ],
  [
    'two of three (the second table)',
    2,
    3,
    [
      ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - X -', 'ALARM', 'kept', 'ALARM', 'OK'],
      ['- - - - X', 'kept', 'kept', 'ALARM', 'OK'],
      ['- - - X X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['X X 0 0 X', 'OK', 'OK', 'OK', 'OK'],
    ],
  ],
  [
    'one of one',
    1,
    1,
    [
      ['- - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['X X 0', 'OK', 'OK', 'OK', 'OK'],
      // The last value that is there counts, for as long as it is in the evaluation range.
      ['X - -', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['0 - -', 'OK', 'OK', 'OK', 'OK'],
      ['- - -', unknown, 'kept', 'ALARM', 'OK'],
    ],
  ],
  [
    'one of two',
    1,
    2,
    [
      ['0 0 X 0', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
      ['X X 0 0', 'OK', 'OK', 'OK', 'OK'],
      ['- - - 0', 'OK', 'OK', 'ALARM', 'OK'],
      ['- - - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ],
  ],
])('%s', (_, datapointsToAlarm, evaluationPeriods, rows) => {
  test.each(rows)('%s', (range, missing, ignore, breaching, notBreaching) => {
    const states = statesOf(range, datapointsToAlarm, evaluationPeriods);
    expect(states).toEqual({ missing, ignore, breaching, notBreaching });
  });
});

test('what is looked at are the latest values, the newest first, and what is missing is filled in', () => {
  const criteria = {
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    treatMissingData: 'missing',
    isBreaching: () => true,
  } as const;
  expect(judge([1, 2, undefined, 4, undefined], criteria)).toMatchObject({ evaluated: [3, 1, 0], filled: 0 });
  expect(judge([undefined, undefined, undefined, 4, undefined], criteria)).toMatchObject({ evaluated: [3], filled: 2 });
});
