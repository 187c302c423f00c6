import { describe, expect, test } from 'vitest';
import { stateEntries } from '../../src/chart/state-entries.ts';
import { mergedSpans, spansOf } from '../../src/chart/state-spans.ts';
import type { EventRow } from '../../src/models/events.ts';

type Row = readonly [id: number, previous: number, at: number, type: string, state?: string];

const rowsOf = (...rows: readonly Row[]): EventRow[] =>
  rows.map(([id, previous, at, type, state = null]) => ({ id, previous, at, type, state }));

describe('the states of an execution', () => {
  test('last from their entry to their exit', () => {
    const { entries } = stateEntries(
      rowsOf(
        [1, 0, 0, 'ExecutionStarted'],
        [2, 0, 1, 'PassStateEntered', 'A'],
        [3, 2, 2, 'PassStateExited', 'A'],
        [4, 3, 2, 'WaitStateEntered', 'B'],
      ),
      null,
    );
    expect(entries.map(({ name, type, from, to, outer }) => [name, type, from, to, outer])).toEqual([
      ['A', 'Pass', 1, 2, -1],
      ['B', 'Wait', 2, null, -1],
    ]);
  });

  test('of iterations that overlap belong to the iteration that led to their events', () => {
    const { entries } = stateEntries(
      rowsOf(
        [2, 0, 0, 'MapStateEntered', 'Map'],
        [3, 2, 0, 'MapStateStarted'],
        [4, 3, 0, 'MapIterationStarted'],
        [5, 4, 0, 'TaskStateEntered', 'Work'],
        [6, 3, 0, 'MapIterationStarted'],
        [7, 6, 1, 'TaskStateEntered', 'Work'],
        [8, 7, 5, 'TaskStateExited', 'Work'],
        [9, 5, 9, 'TaskStateExited', 'Work'],
        [10, 9, 9, 'MapIterationSucceeded'],
        [11, 10, 9, 'MapStateSucceeded'],
        [12, 11, 9, 'MapStateExited', 'Map'],
      ),
      10,
    );
    expect(entries.map(({ name, from, to, outer, hasFailed }) => [name, from, to, outer, hasFailed])).toEqual([
      ['Map', 0, 9, -1, false],
      ['Work', 0, 9, 0, false],
      ['Work', 1, 5, 0, false],
    ]);
  });

  test('end with the state around them where something failed in them', () => {
    const { entries } = stateEntries(
      rowsOf(
        [2, 0, 0, 'ParallelStateEntered', 'All'],
        [3, 2, 0, 'ParallelStateStarted'],
        [4, 3, 0, 'TaskStateEntered', 'Work'],
        [5, 4, 7, 'TaskFailed'],
        [6, 5, 7, 'ParallelStateFailed'],
        [7, 6, 8, 'ParallelStateExited', 'All'],
      ),
      8,
    );
    expect(entries.map(({ name, to, hasFailed }) => [name, to, hasFailed])).toEqual([
      ['All', 8, false],
      ['Work', 8, true],
    ]);
  });

  test('end with the execution where nothing else ended them', () => {
    const { entries } = stateEntries(rowsOf([2, 0, 0, 'TaskStateEntered', 'Work']), 4);
    expect(entries[0]).toMatchObject({ to: 4, hasFailed: true });
  });

  test('may have a hostile name', () => {
    const { entries } = stateEntries(
      rowsOf([2, 0, 0, 'PassStateEntered', '__proto__'], [3, 2, 1, 'PassStateExited', '__proto__']),
      1,
    );
    expect(entries.map(({ name, to }) => [name, to])).toEqual([['__proto__', 1]]);
  });
});

describe('the time of a state', () => {
  const entryOf = (events: readonly (readonly [at: number, type: string])[], to: number | null, hasFailed = false) => ({
    ...{ name: 'Work', type: 'Task', from: 0, to, hasFailed, outer: -1, event: 1 },
    marks: events.map(([at, type], index) => ({ id: index + 2, previous: index + 1, at, type, state: null })),
  });
  const kinds = (entry: ReturnType<typeof entryOf>, now = 100): readonly (readonly [string, number, number])[] =>
    spansOf(entry, now).map(({ kind, from, to }) => [kind, from, to]);

  test('is queued until its task has started, and works until it is left', () => {
    expect(
      kinds(
        entryOf(
          [
            [0, 'LambdaFunctionScheduled'],
            [3, 'LambdaFunctionStarted'],
            [9, 'LambdaFunctionSucceeded'],
          ],
          9,
        ),
      ),
    ).toEqual([
      ['queued', 0, 3],
      ['done', 3, 9],
    ]);
  });

  test('has a span for each attempt, and waits between them', () => {
    const spans = kinds(
      entryOf(
        [
          [0, 'TaskScheduled'],
          [0, 'TaskStarted'],
          [4, 'TaskFailed'],
          [6, 'TaskScheduled'],
          [6, 'TaskStarted'],
        ],
        9,
      ),
    );
    expect(spans).toEqual([
      ['failed', 0, 4],
      ['waiting', 4, 6],
      ['retry', 6, 9],
    ]);
  });

  test('goes on until now where nothing ended it', () => {
    expect(
      kinds(
        entryOf(
          [
            [0, 'TaskScheduled'],
            [0, 'TaskStarted'],
          ],
          null,
        ),
        50,
      ),
    ).toEqual([['running', 0, 50]]);
  });

  test('is one span where nothing is known of it', () => {
    expect(kinds(entryOf([], 0))).toEqual([['done', 0, 0]]);
    expect(kinds(entryOf([], 7, true))).toEqual([['failed', 0, 7]]);
  });

  test('is drawn with at most one span for each pixel, and none of the failures is lost', () => {
    const spans = Array.from({ length: 20_000 }, (_, index) => ({
      kind: index === 7_777 ? ('failed' as const) : ('done' as const),
      from: index,
      to: index + 1,
      attempt: 1,
      event: 1,
    }));
    const drawn = mergedSpans(spans, (time) => time / 100);
    expect(drawn.length).toBeLessThan(250);
    expect(drawn.filter(({ kind }) => kind === 'failed').map(({ width }) => width < 2)).toEqual([true]);
  });

  test('is drawn without what is below a pixel next to something larger, in its place', () => {
    const drawn = mergedSpans(
      [
        { kind: 'queued', from: 0, to: 1, attempt: 1, event: 1 },
        { kind: 'done', from: 1, to: 900, attempt: 1, event: 1 },
        { kind: 'queued', from: 900, to: 901, attempt: 1, event: 1 },
        { kind: 'failed', from: 901, to: 902, attempt: 1, event: 1 },
        { kind: 'waiting', from: 5_000, to: 9_000, attempt: 2, event: 1 },
      ],
      (time) => time / 100,
    );
    expect(drawn.map(({ kind, x, width }) => [kind, x, Math.round(width * 100)])).toEqual([
      ['done', 0, 901],
      ['failed', 9.01, 1],
      ['waiting', 50, 4_000],
    ]);
  });
});
