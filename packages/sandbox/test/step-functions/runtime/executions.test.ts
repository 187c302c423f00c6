import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { now, role, sandboxWith, stateMachine, states, typesOf } from '../../../src/testing/literals.ts';

const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:waiting`;
const executionArn = (name: string) => `arn:aws:states:us-east-1:${account}:execution:waiting:${name}`;
const wait = { Wait: { Type: 'Wait', Seconds: 60, End: true } };

/** A sandbox with a machine that waits for a minute, and a way to start it that gives ARN or error code. */
async function waiting() {
  const resources = { MachineRole: role('machine-role', states), Waiting: stateMachine('waiting', wait) };
  const sandbox = await sandboxWith([{ account, resources }]);
  const start = (input: Json, name?: string, stateMachineArn = machineArn): string => {
    const started = sandbox.executions.start({ stateMachineArn, name, input });
    return started.ok ? started.execution.arn : `${started.code}: ${started.message}`;
  };
  return { sandbox, start };
}

describe('a start', () => {
  test('gives an execution that is under way, and ends in virtual time', async () => {
    const { sandbox, start } = await waiting();
    const arn = start({ a: 1 }, 'one');
    expect(arn).toBe(executionArn('one'));
    expect(sandbox.executions.get(arn)).toMatchObject({
      name: 'one',
      input: { a: 1 },
      startedAt: now,
      type: 'STANDARD',
    });
    expect(sandbox.executions.get(arn)?.outcome).toBeUndefined();
    await sandbox.simulation.run(() => false);
    expect(sandbox.executions.get(arn)).toMatchObject({ outcome: { output: { a: 1 } }, stoppedAt: now + 60_000 });
  });

  test('without a name gives it one', async () => {
    const { start } = await waiting();
    expect([start({}), start({})]).toEqual([executionArn('simulated-1'), executionArn('simulated-2')]);
  });

  test('of a machine that is not there is refused', async () => {
    const { start } = await waiting();
    expect(start({}, 'one', `${machineArn}-2`)).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${machineArn}-2'`,
    );
  });

  test('with the name and input of a running execution gives that one', async () => {
    const { sandbox, start } = await waiting();
    expect([start({ a: 1 }, 'one'), start({ a: 1 }, 'one')]).toEqual([executionArn('one'), executionArn('one')]);
    expect(sandbox.executions.of(machineArn)).toHaveLength(1);
  });

  test('with the name of an execution of another input is refused', async () => {
    const { start } = await waiting();
    start({ a: 1 }, 'one');
    expect(start({ a: 2 }, 'one')).toBe(`ExecutionAlreadyExists: Execution Already Exists: '${executionArn('one')}'`);
    expect(start({ a: 2 }, 'two')).toBe(executionArn('two'));
  });

  test('with the name of an execution that has ended is refused', async () => {
    const { sandbox, start } = await waiting();
    start({ a: 1 }, 'one');
    await sandbox.simulation.run(() => false);
    expect(start({ a: 1 }, 'one')).toMatch(/^ExecutionAlreadyExists/);
  });
});

describe('the executions of a machine', () => {
  test('are listed in the order in which they were started', async () => {
    const { sandbox, start } = await waiting();
    for (const name of ['one', 'two', 'three']) start({}, name);
    expect(sandbox.executions.of(machineArn).map(({ name }) => name)).toEqual(['one', 'two', 'three']);
    expect(sandbox.executions.of(`${machineArn}-2`)).toEqual([]);
  });
});

describe('a stop', () => {
  test('aborts an execution that is running, and that one only', async () => {
    const { sandbox, start } = await waiting();
    const [one, two] = [start({}, 'one'), start({}, 'two')];
    sandbox.executions.stop(one);
    await sandbox.simulation.run(() => false);
    expect(sandbox.executions.get(one)).toMatchObject({ outcome: { status: 'ABORTED' }, stoppedAt: now });
    expect(sandbox.executions.get(two)).toMatchObject({ outcome: { status: 'SUCCEEDED' }, stoppedAt: now + 60_000 });
  });

  test('leaves no timer behind', async () => {
    const { sandbox, start } = await waiting();
    sandbox.executions.stop(start({}, 'one'));
    await sandbox.simulation.run(() => false);
    expect(sandbox.simulation.now()).toBe(now);
  });

  test('changes nothing about an execution that has ended', async () => {
    const { sandbox, start } = await waiting();
    const arn = start({}, 'one');
    await sandbox.simulation.run(() => false);
    sandbox.executions.stop(arn);
    await sandbox.simulation.run(() => false);
    const execution = sandbox.executions.get(arn);
    expect(execution && typesOf(execution)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('can say why', async () => {
    const { sandbox, start } = await waiting();
    const arn = start({}, 'one');
    sandbox.executions.stop(arn, { error: 'Tired', cause: 'of waiting' });
    await sandbox.simulation.run(() => false);
    const outcome = { status: 'ABORTED', error: 'Tired', cause: 'of waiting' };
    expect(sandbox.executions.get(arn)?.outcome).toEqual(outcome);
  });
});
