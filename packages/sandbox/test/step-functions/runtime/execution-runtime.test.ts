import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import {
  allow,
  execute,
  lambda,
  lambdaFunction,
  machine,
  now,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../../src/testing/literals.ts';

const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;

async function outcomeOf(machineStates: JsonObject, rest: JsonObject = {}) {
  const resources = { MachineRole: role('machine-role', states), Tried: stateMachine('tried', machineStates, rest) };
  return execute(await sandboxWith([{ account, resources }]), machineArn, { a: 1 });
}

describe('an execution', () => {
  test.each<[string, JsonObject, JsonObject, number]>([
    ['waits in virtual time', { Wait: { Type: 'Wait', Seconds: 90, End: true } }, { output: { a: 1 } }, 90_000],
    [
      'waits until a moment',
      { Wait: { Type: 'Wait', Timestamp: '2026-01-02T04:04:05Z', End: true } },
      { output: { a: 1 } },
      3_600_000,
    ],
    ['ends at once when nothing takes time', { Done: { Type: 'Succeed', Output: 1 } }, { output: 1 }, 0],
    ['ends with the error of a Fail state', { Bad: { Type: 'Fail', Error: 'Broken' } }, { error: 'Broken' }, 0],
  ])('%s', async (_, machineStates, outcome, took) => {
    const execution = await outcomeOf(machineStates);
    expect(execution.outcome).toMatchObject(outcome);
    expect(execution.stoppedAt).toBe(now + took);
  });

  test('ends when its own time is up', async () => {
    const wait = { Wait: { Type: 'Wait', Seconds: 90, End: true } };
    const execution = await outcomeOf(wait, { Definition: { ...machine(wait), TimeoutSeconds: 60 } });
    expect(execution).toMatchObject({ outcome: { status: 'TIMED_OUT' }, stoppedAt: now + 60_000 });
  });

  test('knows where and as what it runs', async () => {
    const context = '{% $states.context %}';
    const { outcome } = await outcomeOf({ Tell: { Type: 'Pass', Output: context, End: true } });
    expect(outcome).toMatchObject({
      output: {
        Execution: {
          Id: `arn:aws:states:us-east-1:${account}:execution:tried:run`,
          Name: 'run',
          Input: { a: 1 },
          RoleArn: `arn:aws:iam::${account}:role/machine-role`,
          StartTime: '2026-01-02T03:04:05.000Z',
        },
        StateMachine: { Id: machineArn, Name: 'tried' },
      },
    });
  });
});

describe('branches', () => {
  const code = 'export const handler = (n) => new Promise((done) => setTimeout(done, n, n));';
  const functionArn = `arn:aws:lambda:us-east-1:${account}:function:waiting`;
  const call = (milliseconds: number): JsonObject => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionArn, Payload: milliseconds },
    Output: '{% $states.result.Payload %}',
    End: true,
  });

  test('all run, however few cores there are', async () => {
    const branches = [60, 80, 100].map((milliseconds) => {
      const name = `Call${milliseconds}`;
      return { StartAt: name, States: { [name]: call(milliseconds) } };
    });
    const resources = {
      FunctionRole: role('function', lambda),
      Waiting: lambdaFunction('waiting', code),
      MachineRole: role('machine-role', states, allow('lambda:InvokeFunction', functionArn)),
      Tried: stateMachine('tried', { All: { Type: 'Parallel', Branches: branches, End: true } }),
    };
    const sandbox = await sandboxWith([{ account, resources }], { capacity: 1 });
    const execution = await execute(sandbox, machineArn);
    expect(execution.outcome).toMatchObject({ output: [60, 80, 100] });
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBeGreaterThanOrEqual(99);
  });
});

describe('a role that is gone', () => {
  const runWithoutRole = async (machineStates: JsonObject) => {
    const resources = { MachineRole: role('machine-role', states), Tried: stateMachine('tried', machineStates) };
    const sandbox = await sandboxWith([{ account, resources }]);
    const deployed = sandbox.stateMachines.get(machineArn);
    if (!deployed) throw new Error('expected a machine');
    const roleArn = `arn:aws:iam::${account}:role/gone`;
    sandbox.stateMachines.set({ ...deployed, roleArn });
    return execute(sandbox, machineArn);
  };
  const why = `service states.amazonaws.com lacks sts:AssumeRole on arn:aws:iam::${account}:role/gone of account ${account}: the resource has no trust policy`;

  test('fails a task', async () => {
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'arn' },
      End: true,
    };
    const { outcome } = await runWithoutRole({ Call: task });
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause: `Unable to assume the execution role arn:aws:iam::${account}:role/gone. ${why}`,
    });
  });

  test('fails a Distributed Map', async () => {
    const done = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };
    const { outcome } = await runWithoutRole({
      Each: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...done },
        End: true,
      },
    });
    expect(outcome).toEqual({ status: 'FAILED', error: 'States.Permissions', cause: why });
  });
});
