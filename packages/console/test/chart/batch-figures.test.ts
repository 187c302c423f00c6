import { describe, expect, test } from 'vitest';
import { batchFigures, mapRunLabel, sortedBatches } from '../../src/chart/batch-figures.ts';
import type { BatchColumns, BatchRow } from '../../src/models/batches.ts';

const batch = (
  index: number,
  startedAt: number,
  stoppedAt: number | null,
  status = 'SUCCEEDED',
  items = 500,
): BatchRow => ({
  ...{ index, startedAt, stoppedAt, status, items, error: null, attempts: 1, name: null },
});

describe('the figures of batches', () => {
  test('are those of all of them, with the length until now of those that run', () => {
    const batches = [
      batch(0, 0, 100),
      batch(1, 50, 250, 'FAILED'),
      batch(2, 100, 400),
      batch(3, 150, null, 'RUNNING'),
      batch(4, 160, 170, 'ABORTED', 1_000),
    ];
    expect(batchFigures(batches, 1_150)).toEqual({
      ...{ failed: 2, half: 200, most: 300, longest: 1_000, together: 4 },
      failedPercent: 50,
    });
  });

  test('are none of no batches', () => {
    expect(batchFigures([], 1_000)).toEqual({
      ...{ failed: 0, half: 0, most: 0, longest: 0, failedPercent: 0, together: 0 },
    });
  });

  test('count a batch that starts when another one ends as one after the other', () => {
    expect(batchFigures([batch(0, 0, 100), batch(1, 100, 200)], 200).together).toBe(1);
  });
});

test('batches are listed with failures first, or with the slowest first', () => {
  const batches = [batch(0, 0, 100), batch(1, 0, 50, 'FAILED'), batch(2, 0, 300), batch(3, 0, 60, 'TIMED_OUT')];
  const order = (isSlowestFirst: boolean) => sortedBatches(batches, isSlowestFirst, 0).map(({ index }) => index);
  expect(order(false)).toEqual([3, 1, 2, 0]);
  expect(order(true)).toEqual([2, 0, 3, 1]);
});

test('a Map Run is named by its label, and with its id where the label is not enough', () => {
  const mapRun = (tail: string) =>
    ({ mapRunArn: `arn:aws:states:us-east-1:111111111111:mapRun:machine/${tail}` }) as BatchColumns;
  const [one, other, again] = [mapRun('first:a1'), mapRun('second:b2'), mapRun('second:c3')];
  expect([one, other, again].map((each) => mapRunLabel(each, [one, other, again]))).toEqual([
    'first',
    'second:b2',
    'second:c3',
  ]);
});
