import { describe, expect, test } from 'vitest';
import { newExecution, step } from '../../src/execution/execution.ts';
import { cut, matches } from '../../src/execution/failure.ts';
import { delayMilliseconds } from '../../src/execution/retry.ts';
import { detailsOf, identity, machineOf, simulate, T0, type World } from '../simulate.ts';

describe('a retrier or catcher is meant for an error', () => {
  test.each<[errorEquals: string, error: string | undefined, meant: boolean]>([
    ['Gust', 'Gust', true],
    ['Gust', 'Calm', false],
    ['States.ALL', 'Gust', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', undefined, true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.TaskFailed', 'Gust', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.Timeout', true],
  ])('%s for %s: %s', (errorEquals, error, meant) => {
    expect(matches([errorEquals], { error })).toBe(meant);
  });
});

test("a task's own result above the limit is caught by States.ALL, as AWS was recorded doing it", () => {
  expect(matches(['States.ALL'], { error: 'States.DataLimitExceeded', reportedByTask: true })).toBe(true);
});

describe('error and cause are cut to 256 and 32,768 characters', () => {
  const [error, cause] = ['e'.repeat(300), 'c'.repeat(900_000)];
  const words = { error: 'e'.repeat(256), cause: 'c'.repeat(32_768) };
  const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
  const caught = { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };
  const failing = { tasks: { S: [{ error, cause }] } };

  test.each<[what: string, state: object, world: World, event: string]>([
    ['what a task reports', task, failing, 'TaskFailed'],
    [
      'what a task reports that could not start',
      task,
      { tasks: { S: [{ error, cause, during: 'start' }] } },
      'TaskStartFailed',
    ],
    ['a Fail state', { Type: 'Fail', Error: error, Cause: cause }, {}, 'ExecutionFailed'],
    [
      'a Fail state with expressions',
      { Type: 'Fail', Error: "{% $pad('', 300, 'e') %}", Cause: "{% $pad('', 900000, 'c') %}" },
      {},
      'ExecutionFailed',
    ],
    ['a Fail state with paths', { Type: 'Fail', ErrorPath: '$.error', CausePath: '$.cause' }, {}, 'ExecutionFailed'],
  ])('of %s', async (_, state, world, event) => {
    const QueryLanguage = 'CausePath' in state ? 'JSONPath' : 'JSONata';
    const definition = { QueryLanguage, StartAt: 'S', States: { S: state } };
    const { outcome, events } = await simulate(definition, { error, cause: 'c'.repeat(40_000) }, world);
    expect(outcome).toMatchObject({ status: 'FAILED', ...words });
    expect(detailsOf(events.find(({ type }) => type === event))).toMatchObject(words);
    expect(detailsOf(events.at(-1))).toEqual(words);
  });

  test('of an expression that raises an error, also where it is caught', async () => {
    const raising = { ...caught, Arguments: "{% $error($pad('', 900000, 'c')) %}" };
    const states = { S: raising, Caught: { Type: 'Pass', End: true } };
    const { outcome, events } = await simulate({ StartAt: 'S', States: states }, {});
    const { cause: evaluated } = detailsOf(events.find(({ type }) => type === 'EvaluationFailed'));
    expect(evaluated).toHaveLength(32_768);
    expect(outcome).toEqual({
      status: 'SUCCEEDED',
      output: { Error: 'States.QueryEvaluationError', Cause: evaluated },
    });
  });

  test('where a catcher hands them on', async () => {
    const states = { S: caught, Caught: { Type: 'Pass', End: true } };
    const { outcome } = await simulate({ StartAt: 'S', States: states }, {}, failing);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: { Error: words.error, Cause: words.cause } });
  });

  test('where an execution is stopped', async () => {
    const first = newExecution(machineOf({ StartAt: 'S', States: { S: task } }), identity, 'STANDARD', {});
    const [started] = await step(first, { kind: 'started', at: T0 });
    const [stopped] = await step(started, { kind: 'stopped', error, cause, at: T0 });
    expect(stopped.outcome).toEqual({ status: 'ABORTED', ...words });
  });

  test('and never in the middle of a character', () => {
    expect(cut({ error: `${'e'.repeat(255)}🌬️` })).toEqual({ error: 'e'.repeat(255) });
  });

  test('and otherwise left as they are', () => {
    expect(cut(words)).toBe(words);
    expect(cut({ cause: 'calm' })).toEqual({ cause: 'calm' });
    expect(cut({ error, cause: undefined })).toEqual({ error: words.error, cause: undefined });
  });
});

describe('the wait before a retry', () => {
  const retrier = { ErrorEquals: ['Gust'], IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 10 };

  test('grows by the backoff rate up to its bound', () => {
    expect([1, 2, 3].map((attempt) => delayMilliseconds(retrier, attempt, 'seed'))).toEqual([3000, 6000, 10_000]);
  });

  test('is drawn below that with full jitter, and the same in every run', () => {
    const jittered = { ...retrier, JitterStrategy: 'FULL' as const };
    const drawn = ['a', 'b', 'c'].map((seed) => delayMilliseconds(jittered, 1, seed));
    expect(new Set(drawn).size).toBe(3);
    expect(Math.max(...drawn)).toBeLessThan(3000);
    expect(drawn).toEqual(['a', 'b', 'c'].map((seed) => delayMilliseconds(jittered, 1, seed)));
  });
});
