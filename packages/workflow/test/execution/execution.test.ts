import { describe, expect, test } from 'vitest';
import { newExecution, step } from '../../src/execution/execution.ts';
import { detailsOf, identity, machineOf, simulate, T0 } from '../simulate.ts';

const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSeconds: 60, End: true };
const oneTask = { StartAt: 'T', States: { T: task } };

describe('a step', () => {
  const fresh = newExecution(machineOf(oneTask), identity, 'STANDARD', { a: 1 });

  test('leaves the state it was given as it was', async () => {
    const before = structuredClone(fresh);
    await step(fresh, { kind: 'started', at: T0 });
    expect(fresh).toEqual(before);
  });

  test('gives the same answer to the same question', async () => {
    const [first] = await step(fresh, { kind: 'started', at: T0 });
    const timeout = { kind: 'timer', timer: 'timeout-3', at: T0 + 60_000 } as const;
    expect(await step(first, timeout)).toEqual(await step(first, timeout));
  });

  test('ignores what is late', async () => {
    const [started] = await step(fresh, { kind: 'started', at: T0 });
    const [timedOut] = await step(started, { kind: 'timer', timer: 'timeout-3', at: T0 + 60_000 });
    const late = { kind: 'task-succeeded', task: 'task-3', output: 1, at: T0 + 61_000 } as const;
    expect(await step(timedOut, late)).toEqual([timedOut, []]);
  });

  test('ignores a task it does not know, and hears the one it does', async () => {
    const [started] = await step(fresh, { kind: 'started', at: T0 });
    const news = { kind: 'task-succeeded', output: 1, at: T0 } as const;
    expect((await step(started, { ...news, task: 'task-99' }))[1]).toEqual([]);
    expect((await step(started, { ...news, task: 'task-3' }))[0].outcome).toEqual({ status: 'SUCCEEDED', output: 1 });
  });
});

describe('the history', () => {
  test('names each event and the one that led to it', async () => {
    const { events } = await simulate(oneTask, {});
    expect(events.map(({ id, previousEventId, type }) => `${id} after ${previousEventId} ${type}`)).toEqual([
      '1 after 0 ExecutionStarted',
      '2 after 0 TaskStateEntered',
      '3 after 2 TaskScheduled',
      '4 after 3 TaskStarted',
      '5 after 4 TaskSucceeded',
      '6 after 5 TaskStateExited',
      '7 after 6 ExecutionSucceeded',
    ]);
  });

  test('tells of a task in the words of the AWS API', async () => {
    const credentials = { Credentials: { RoleArn: '{% $states.input.role %}' } };
    const input = { role: 'arn:aws:iam::222222222222:role/target' };
    const { events, effects } = await simulate({ StartAt: 'T', States: { T: { ...task, ...credentials } } }, input);
    expect(detailsOf(events[2])).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'eu-west-1',
      parameters: JSON.stringify(input),
      timeoutInSeconds: 60,
      taskCredentials: { roleArn: input.role },
    });
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'task', credentials: { roleArn: input.role } }));
  });

  /** A loop whose way out is never taken. */
  const loop = {
    // A path is cheaper than an expression, 125,000 times.
    QueryLanguage: 'JSONPath',
    StartAt: 'P',
    States: {
      P: {
        Type: 'Choice',
        Choices: [{ Variable: '$.isDone', IsPresent: true, Next: 'E' }],
        Default: 'P',
      },
      E: { Type: 'Succeed' },
    },
  };

  test('of a Standard execution ends with its 25,000th event', async () => {
    const { events, outcome } = await simulate(loop, {});
    expect(events).toHaveLength(25_000);
    expect(events.at(-1)?.type).toBe('ExecutionFailed');
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('of an Express execution has no limit, but its time has', async () => {
    expect((await simulate(loop, {}, { type: 'EXPRESS' })).outcome?.status).toBe('TIMED_OUT');
  });
});

describe('a task that nobody waits for any more is given up', () => {
  const cancels = async (definition: object, world: Parameters<typeof simulate>[2]): Promise<readonly string[]> => {
    const { effects } = await simulate(definition, {}, world);
    return effects.map(({ kind }) => kind).filter((kind) => kind.startsWith('cancel'));
  };

  test('when it times out', async () => {
    expect(await cancels(oneTask, { tasks: { T: [null] } })).toContain('cancel-task');
  });

  test('when the execution is stopped', async () => {
    expect(await cancels(oneTask, { tasks: { T: [null] }, stopAfterSeconds: 1 })).toContain('cancel-task');
  });

  test('but not when it has answered', async () => {
    expect(await cancels(oneTask, {})).not.toContain('cancel-task');
  });
});

describe('256 KiB', () => {
  const pass = (length: number): object => ({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Output: `{% $pad('', ${length}, 'x') %}`, End: true } },
  });

  test('is as much as a state may hand on', async () => {
    expect((await simulate(pass(262_142), {})).outcome?.status).toBe('SUCCEEDED');
  });

  test('and one byte more fails it', async () => {
    expect((await simulate(pass(262_143), {})).outcome).toEqual({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: "The state/task 'P' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });

  test('is counted in bytes of UTF-8', async () => {
    const wide = { StartAt: 'P', States: { P: { Type: 'Pass', Output: `{% $pad('', 131072, 'ü') %}`, End: true } } };
    expect((await simulate(wide, {})).outcome).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  test('is as much as an execution may begin with', async () => {
    const echo = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
    expect((await simulate(echo, 'x'.repeat(262_142))).outcome?.status).toBe('SUCCEEDED');
    const { events, outcome } = await simulate(echo, 'x'.repeat(262_143));
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(events.map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['ExecutionStarted', 0],
      ['ExecutionFailed', 0],
    ]);
  });

  test('is as much as a task may answer', async () => {
    const { events, outcome } = await simulate(oneTask, {}, { tasks: { T: [{ output: 'x'.repeat(262_143) }] } });
    expect(events.map(({ type }) => type)).toContain('TaskFailed');
    expect(outcome).toMatchObject({
      cause:
        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  });
});

test('an exited event tells of variables, if any were assigned', async () => {
  const exited = async (Assign: object): Promise<object> => {
    const { events } = await simulate({ StartAt: 'P', States: { P: { Type: 'Pass', Assign, End: true } } }, {});
    return detailsOf(events[2]);
  };
  expect(await exited({ a: 'x' })).toMatchObject({ assignedVariables: { a: '"x"' } });
  expect(Object.keys(await exited({}))).toEqual(['name', 'output', 'outputDetails']);
});

test('the role of a task can come from a path', async () => {
  const role = { QueryLanguage: 'JSONPath', ...task, Credentials: { 'RoleArn.$': '$.role' } };
  const input = { role: 'arn:aws:iam::222222222222:role/target' };
  const { effects } = await simulate({ QueryLanguage: 'JSONPath', StartAt: 'T', States: { T: role } }, input);
  expect(effects).toContainEqual(expect.objectContaining({ kind: 'task', credentials: { roleArn: input.role } }));
});

describe('10 MiB', () => {
  const assigning = (count: number): object => {
    const value = `{% $pad('', 262142, 'x') %}`;
    const states = Array.from({ length: count }, (_, i) => ({
      Type: 'Pass',
      Assign: { [`v${i}`]: value },
      Next: `S${i + 1}`,
    }));
    const last = { [`S${count}`]: { Type: 'Pass', Assign: { more: 1 }, End: true } };
    return { StartAt: 'S0', States: { ...Object.fromEntries(states.map((state, i) => [`S${i}`, state])), ...last } };
  };

  test('is as much as all variables of an execution may have', async () => {
    expect((await simulate(assigning(39), {})).outcome?.status).toBe('SUCCEEDED');
  });

  test('and one byte more fails the state that assigns it', async () => {
    expect((await simulate(assigning(40), {})).outcome).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: expect.stringContaining('all variables of an execution may have 10485760') as string,
    });
  });
});

test('a result of more than 256 KiB is caught by States.ALL, as AWS was recorded doing it', async () => {
  const states = { T: { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }] }, C: { Type: 'Succeed' } };
  const { outcome } = await simulate(
    { StartAt: 'T', States: states },
    {},
    { tasks: { T: [{ output: 'x'.repeat(262_143) }] } },
  );
  expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.DataLimitExceeded' } });
});

test('the context object says who is running', async () => {
  const context = { StartAt: 'P', States: { P: { Type: 'Pass', Output: '{% $states.context %}', End: true } } };
  expect((await simulate(context, { a: 1 })).outcome).toEqual({
    status: 'SUCCEEDED',
    output: {
      Execution: {
        Id: identity.executionArn,
        Input: { a: 1 },
        Name: 'run-1',
        RoleArn: identity.roleArn,
        StartTime: '2026-01-31T12:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: identity.stateMachineArn, Name: 'wind' },
      State: { EnteredTime: '2026-01-31T12:00:00.000Z', Name: 'P' },
    },
  });
});

test('data that state after state nest ever deeper fail the execution, and nothing else', async () => {
  const Output = Array.from({ length: 900 }).reduce<unknown>((inner) => ({ a: inner }), '{% $states.input %}');
  const names = Array.from({ length: 20 }, (_, at) => `S${at}`);
  const states = names.map((name, at) => {
    const next = names[at + 1];
    return [name, { Type: 'Pass', Output, ...(next === undefined ? { End: true } : { Next: next }) }];
  });
  const { outcome } = await simulate({ StartAt: 'S0', States: Object.fromEntries(states) as object }, {});
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(outcome).toHaveProperty('cause', expect.stringContaining('its data is nested too deeply'));
});
