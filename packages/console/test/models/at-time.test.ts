import { describe, expect, test } from 'vitest';
import { snapshotAt } from '../../src/models/at-time.ts';
import { batchRows } from '../../src/models/batches.ts';
import { decisionsUntil } from '../../src/models/decisions.ts';
import { eventRows } from '../../src/models/events.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { start, stuckRun } from '../stuck-run.ts';

const snapshot = snapshotOf(stuckRun());

describe('the decisions of a group of which only the ends were kept', () => {
  const [whole] = snapshot.decisions;
  if (!whole) throw new Error('the run has decisions');
  const ends = { ...whole, seconds: [...whole.seconds.slice(0, 60), ...whole.seconds.slice(-60)] };

  test.each([
    [-1, 0, false],
    [5_000, 1, false],
    [290_000, 58, false],
    [1_500_000, 300, true],
    [3_000_000, 600, true],
    [4_400_000, 880, false],
    [4_500_000, 900, false],
  ])('are counted up to %i ms after the start: %i, estimated: %s', (after, times, isEstimated) => {
    expect(decisionsUntil(ends, start + after)).toEqual({ times, isEstimated });
    expect(decisionsUntil(whole, start + after)).toEqual({ times, isEstimated: false });
  });

  test('are shown as estimated, and nobody says when the last one was', () => {
    const then = snapshotAt({ ...snapshot, decisions: [ends] }, start + 1_500_000);
    expect(then.verdicts[0]?.evidence.at(-1)).toMatchObject({ times: 300, isEstimated: true, last: null });
  });
});

describe('the models at an earlier time', () => {
  test('are the same at their own time and later', () => {
    expect(snapshotAt(snapshot, snapshot.at)).toBe(snapshot);
    expect(snapshotAt(snapshot, snapshot.at + 1)).toBe(snapshot);
  });

  test('know nothing before the first start', () => {
    const before = snapshotAt(snapshot, start - 1);
    expect(before).toMatchObject({
      executions: [],
      events: [],
      batches: [],
      decisions: [],
      verdicts: [{ claims: [], fixes: [] }],
    });
  });

  test('have executions, batches and events as they were', () => {
    const then = snapshotAt(snapshot, start + 1_150);
    expect(then.executions.map(({ status, stoppedAt, output }) => [status, stoppedAt, output])).toEqual([
      ['RUNNING', null, null],
      ['RUNNING', null, null],
    ]);
    const [batches] = then.batches.map(batchRows);
    expect(batches?.map(({ status }) => status)).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
      'RUNNING',
      'RUNNING',
      'RUNNING',
      'RUNNING',
    ]);
    expect(then.batches[0]).toMatchObject({ status: 'RUNNING', stoppedAt: null });
    expect(then.events.map((columns) => eventRows(columns).at(-1)?.type)).toEqual(['TaskSubmitted', 'MapRunStarted']);
    expect(then.verdicts[0]?.claims).toEqual([]);
  });

  test('count the denied calls until then, and a claim goes on', () => {
    const then = snapshotAt(snapshot, start + 60_000);
    expect(then.decisions.map(({ times }) => times)).toEqual([12]);
    expect(then.verdicts[0]?.claims.map(({ until }) => until)).toEqual([null]);
    expect(then.verdicts[0]?.evidence.flatMap((item) => (item.kind === 'decision' ? [item.times] : []))).toEqual([12]);
  });
});
