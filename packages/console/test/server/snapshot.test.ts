import { describe, expect, test } from 'vitest';
import { eventRows } from '../../src/models/events.ts';
import { batchRows } from '../../src/models/batches.ts';
import { cutSnapshots } from '../../src/server/cuts.ts';
import { snapshotOf, type RunSource } from '../../src/server/snapshot.ts';
import { batchesOf, start, stuckRun } from '../stuck-run.ts';

describe('the models of a run', () => {
  test('say which execution started which, by which event and as which role', () => {
    const { executions } = snapshotOf(stuckRun());
    expect(executions.map(({ parent }) => parent)).toEqual([
      null,
      {
        arn: 'arn:aws:states:us-east-1:333333333333:execution:parent:run-1',
        event: 5,
        role: 'arn:aws:iam::444444444444:role/target',
      },
    ]);
  });

  test('say so by the input where no event does', () => {
    const source = stuckRun();
    const [parent, child] = source.executions;
    if (!parent || !child) throw new Error('the run has two executions');
    const input = JSON.stringify({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: parent.executionArn });
    const executions = [
      { ...parent, events: parent.events.slice(0, 3) },
      { ...child, input },
    ];
    expect(snapshotOf({ ...source, executions }).executions[1]?.parent).toEqual({
      arn: parent.executionArn,
      event: null,
      role: null,
    });
  });

  test('have the events of a history, in columns', () => {
    const source = stuckRun();
    const [columns] = snapshotOf(source).events;
    const expected = source.executions[0]?.events.map(({ id, previousEventId, timestamp, type }) => ({
      id,
      previous: previousEventId,
      at: timestamp,
      type,
    }));
    expect(columns && eventRows(columns)).toMatchObject(expected ?? []);
    expect(columns && eventRows(columns)[1]?.state).toBe('Start child');
  });

  test('have the last attempt of a batch, in the order of the starts', () => {
    const source = withMapRun([
      {
        index: 1,
        executionArn: 'arn:aws:states:us-east-1:444444444444:express:child/label:b',
        items: 5,
        attempts: [
          { startedAt: start, endedAt: start + 10, status: 'FAILED', error: 'A' },
          { startedAt: start + 20, endedAt: start + 50, status: 'SUCCEEDED' },
        ],
      },
      { index: 0, executionArn: 'c', items: 1, attempts: [{ startedAt: start + 1, status: 'RUNNING' }] },
    ]);
    const [columns] = snapshotOf(source).batches;
    expect(columns && batchRows(columns)).toEqual([
      {
        index: 1,
        startedAt: start,
        stoppedAt: start + 50,
        status: 'SUCCEEDED',
        error: null,
        items: 5,
        attempts: 2,
        name: 'b',
      },
      {
        index: 0,
        startedAt: start + 1,
        stoppedAt: null,
        status: 'RUNNING',
        error: null,
        items: 1,
        attempts: 1,
        name: 'c',
      },
    ]);
  });
});

const withMapRun = (batches: ReturnType<typeof batchesOf>): RunSource => {
  const source = stuckRun();
  return {
    ...source,
    executions: source.executions.map((execution) => ({
      ...execution,
      mapRuns: execution.mapRuns.map((mapRun) => ({ ...mapRun, batches })),
    })),
  };
};

/** A run with an execution of that many events. */
const longRun = (events: number): RunSource => {
  const source = stuckRun();
  const long = Array.from({ length: events }, (_, index) => ({
    id: index + 1,
    previousEventId: index,
    timestamp: start + index,
    type: index % 100 === 99 ? 'TaskFailed' : 'TaskSucceeded',
    ...(index % 100 === 99
      ? { taskFailedEventDetails: { error: 'E' } }
      : { taskSucceededEventDetails: { output: '1' } }),
  }));
  return { ...source, executions: source.executions.map((each) => ({ ...each, events: long })) };
};

describe('what is left out of a page', () => {
  test('is nothing at first', () => {
    const snapshot = snapshotOf(stuckRun());
    expect([...cutSnapshots(snapshot, true)][0]).toEqual(snapshot);
  });

  test('is said, step by step: details, events, names, all details, events, seconds, batches, executions', () => {
    const source = longRun(20_000);
    const [parent, child] = source.executions;
    if (!parent || !child) throw new Error('the run has two executions');
    const mapRuns = child.mapRuns.map((mapRun) => ({ ...mapRun, batches: batchesOf(12_000, true) }));
    const all = [...cutSnapshots(snapshotOf({ ...source, executions: [parent, { ...child, mapRuns }] }), true)];
    expect(all[1]?.cut).toEqual(['details: left out of events that succeeded, 400 of 40000 are here']);
    expect(all[2]?.cut[1]).toBe('events: the first and the last 5000 of each execution, of up to 20000');
    expect(all[2]?.events.map(({ id }) => id.length)).toEqual([10_000, 10_000]);
    const rows = all[2]?.events[0] && eventRows(all[2].events[0]);
    expect(rows?.at(-1)).toMatchObject({ id: 20_000, at: start + 19_999, previous: 19_999 });
    expect(rows?.[5_000]).toMatchObject({ id: 15_001, at: start + 15_000 });
    expect(all.at(-1)?.cut).toEqual([
      'names of batches: left out',
      'details: left out of all events, 0 of 40000 are here',
      'events: the first and the last 50 of each execution, of up to 20000',
      'times of decisions: the first and the last 4 of each',
      'batches: 1000 of each Map Run, of up to 12000; those that did not succeed before others',
      'executions: the first 1 of 2',
    ]);
  });

  test('is the values of dashboards before executions, and no other answer', () => {
    const answers = ['metrics', 'other'].map((kind) => ({ kind, question: '{}', answer: 1 }));
    const all = [...cutSnapshots(snapshotOf({ ...stuckRun(), answers }), true)];
    const without = all.findIndex(({ cut }) => cut.includes('values of dashboards: left out'));
    expect(all[without - 1]?.answers).toHaveLength(2);
    expect(all[without]?.answers.map(({ kind }) => kind)).toEqual(['other']);
    expect(all[without]?.executions).toHaveLength(2);
  });

  test('is every input and output with --no-data, and names and times stay', () => {
    const [snapshot] = cutSnapshots(snapshotOf(stuckRun()), false);
    expect(snapshot).toMatchObject({ details: [], cut: ['inputs and outputs: left out, because of --no-data'] });
    expect(snapshot?.executions.map(({ input, output, cause }) => [input, output, cause])).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    expect(snapshot?.events[0]?.id).toHaveLength(9);
  });

  test('is the end of a long text', () => {
    const source = stuckRun();
    const executions = source.executions.map((each) => ({ ...each, input: 'x'.repeat(10_000) }));
    const [snapshot] = cutSnapshots(snapshotOf({ ...source, executions }), true);
    expect(snapshot?.executions[0]?.input).toHaveLength(8_193);
    expect(snapshot?.cut).toEqual(['inputs, outputs and causes: the first 8192 characters of each']);
  });

  test('is a batch that succeeded before one that failed', () => {
    const all = [...cutSnapshots(snapshotOf(withMapRun(batchesOf(3_600, true))), true)];
    const columns = all.at(-2)?.batches[0];
    expect(columns && new Set(batchRows(columns).map(({ status }) => status))).toEqual(new Set(['FAILED']));
  });
});
