import { describe, expect, test } from 'vitest';
import { isTaskToken, taskToken } from '../../src/execution/task-token.ts';
import type { Effect } from '../../src/execution/protocol.ts';
import { type Answer, simulate } from '../simulate.ts';

const invoke = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
const activity = 'arn:aws:states:eu-west-1:111111111111:activity:dig';

type TaskEffect = Extract<Effect, { readonly kind: 'task' }>;

async function tasksOf(definition: object, tasks: Readonly<Record<string, readonly Answer[]>> = {}) {
  const { effects, events } = await simulate(definition, {}, { tasks });
  return { tasks: effects.filter((effect): effect is TaskEffect => effect.kind === 'task'), events };
}

const one = (state: object, name = 'T'): object => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', End: true, ...state } },
});

describe('a token', () => {
  test('is the same for the same seed, and another one for another', () => {
    expect(taskToken('a')).toBe(taskToken('a'));
    expect(taskToken('a')).not.toBe(taskToken('b'));
  });

  test('is told from what is none', () => {
    const token = taskToken('a');
    expect(isTaskToken(token)).toBe(true);
    const last = token.at(-1) === 'A' ? 'Q' : 'A';
    expect(['', 'token', token.slice(1), token.slice(0, -1) + last].map(isTaskToken)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a task that waits for its token', () => {
  test.each([
    ['JSONata', { Arguments: { token: '{% $states.context.Task.Token %}' } }],
    ['JSONPath', { QueryLanguage: 'JSONPath', Parameters: { 'token.$': '$$.Task.Token' } }],
  ])('tells it by the context object (%s)', async (QueryLanguage, state) => {
    const { tasks } = await tasksOf({ ...one({ Resource: invoke, ...state }), QueryLanguage });
    const [task] = tasks;
    expect(isTaskToken(task?.token ?? '')).toBe(true);
    expect(task?.arguments).toEqual({ token: task?.token });
  });

  test('has another one for each attempt', async () => {
    const state = { Resource: invoke, Retry: [{ ErrorEquals: ['Again'], MaxAttempts: 2 }] };
    const { tasks } = await tasksOf(one(state), { T: [{ error: 'Again' }] });
    expect(new Set(tasks.map(({ token }) => token)).size).toBe(3);
  });

  test('has another one than its neighbour in a Parallel', async () => {
    const branches = ['Left', 'Right'].map((name) => one({ Resource: invoke }, name));
    const { tasks } = await tasksOf(one({ Type: 'Parallel', Branches: branches }));
    expect(new Set(tasks.map(({ token }) => token)).size).toBe(2);
  });
});

test('an activity has a token, which its context object does not tell, and other tasks have none', async () => {
  const args = { Arguments: '{% $exists($states.context.Task) %}' };
  const [dig] = (await tasksOf(one({ Resource: activity, ...args }))).tasks;
  expect([isTaskToken(dig?.token ?? ''), dig?.arguments]).toEqual([true, false]);
  const [call] = (await tasksOf(one({ Resource: 'arn:aws:states:::lambda:invoke', ...args }))).tasks;
  expect([call?.token, call?.arguments]).toEqual([undefined, false]);
});

test('the history says how often a heartbeat must come, and which worker took an activity', async () => {
  const limits = { TimeoutSeconds: 60, HeartbeatSeconds: 10 };
  const { events } = await tasksOf(one({ Resource: activity, ...limits }), { T: [{ output: 1, workerName: 'mole' }] });
  expect(events[2]?.['activityScheduledEventDetails']).toEqual({
    resource: activity,
    input: '{}',
    inputDetails: { truncated: false },
    timeoutInSeconds: 60,
    heartbeatInSeconds: 10,
  });
  expect(events[3]?.['activityStartedEventDetails']).toEqual({ workerName: 'mole' });
  const nameless = await tasksOf(one({ Resource: activity }), { T: [{ output: 1 }] });
  expect(nameless.events[3]?.['activityStartedEventDetails']).toEqual({});
});

test.each<[string, Answer]>([
  ['answers', { output: 1 }],
  ['fails', { error: 'No' }],
  ['falls silent', { silent: true }],
])('a task that %s leaves no timer behind', async (_, answer) => {
  const limits = { TimeoutSeconds: 60, HeartbeatSeconds: 10 };
  const { effects } = await simulate(one({ Resource: invoke, ...limits }), {}, { tasks: { T: [answer] } });
  const timersOf = (kind: Effect['kind']): readonly string[] =>
    effects.flatMap((effect) => (effect.kind === kind && 'timer' in effect ? [effect.timer] : [])).sort();
  expect(timersOf('timer')).toHaveLength(2);
  expect(timersOf('cancel-timer')).toEqual(expect.arrayContaining([...timersOf('timer')]));
});
