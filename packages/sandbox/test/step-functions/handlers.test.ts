import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type LiteralStack, execute, role, stateMachine, states } from '../../src/testing/literals.ts';
import { account, pass } from '../cloudformation/refusals.ts';
import { handled, refusal } from '../handling.ts';

const arn = `arn:aws:states:us-east-1:${account}:stateMachine:mine`;
const slow = (output: string): JsonObject => ({
  Wait: { Type: 'Wait', Seconds: 60, Next: 'Done' },
  Done: { Type: 'Pass', Output: output, End: true },
});
const stack = (machineStates: JsonObject, rest: JsonObject = {}): LiteralStack => ({
  account,
  resources: {
    MachineRole: role('machine-role', states),
    Other: role('other-role', states),
    Mine: { ...stateMachine('mine', machineStates, rest), DependsOn: ['MachineRole', 'Other'] },
  },
});

describe('a state machine', () => {
  test('takes a new definition and role; a running execution keeps those that it started with', async () => {
    const { sandbox, update, read } = await handled(stack(slow('old')), 'Mine');
    const old = sandbox.executions.start({ stateMachineArn: arn, name: 'old', input: {} });
    if (!old.ok) throw new Error(old.message);
    const { createdAt } = sandbox.stateMachines.get(arn) ?? {};
    await update(stack(slow('new'), { RoleArn: `arn:aws:iam::${account}:role/other-role` }));
    const renewed = await execute(sandbox, arn);
    expect(renewed.outcome).toMatchObject({ output: 'new' });
    expect(renewed.machine.roleArn).toMatch(/other-role$/);
    expect(old.execution.outcome).toMatchObject({ output: 'old' });
    expect(old.execution.machine.roleArn).toMatch(/machine-role$/);
    expect(sandbox.stateMachines.get(arn)?.createdAt).toBe(createdAt);
    expect(read()).toMatchObject({ StateMachineName: 'mine', RoleArn: `arn:aws:iam::${account}:role/other-role` });
  });

  test.each<[string, JsonObject, JsonObject, RegExp]>([
    ['a definition that is none', { Done: { Type: 'Pass' } }, {}, /^InvalidDefinition: /],
    ['a role that is not there', pass, { RoleArn: `arn:aws:iam::${account}:role/none` }, /^AccessDeniedException: /],
  ])('stays as it is where an update has %s', async (_, machineStates, rest, expected) => {
    const { sandbox, update } = await handled(stack(slow('old')), 'Mine');
    expect(await refusal(() => update(stack(machineStates, rest)))).toMatch(expected);
    expect((await execute(sandbox, arn)).outcome).toMatchObject({ output: 'old' });
  });

  test('that is deleted starts nothing, and terminates what runs at its next transition', async () => {
    const { sandbox, create, remove, update, read } = await handled(stack(slow('old')), 'Mine');
    const running = sandbox.executions.start({ stateMachineArn: arn, name: 'running', input: {} });
    if (!running.ok) throw new Error(running.message);
    await remove();
    await remove();
    expect(read()).toBeUndefined();
    expect(running.execution.outcome).toBeUndefined();
    expect(sandbox.executions.start({ stateMachineArn: arn, input: {} })).toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
    expect(await refusal(() => update(stack(pass)))).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${arn}'`,
    );
    await sandbox.settle(2);
    expect(running.execution.outcome).toMatchObject({ status: 'ABORTED' });
    await create();
    expect((await execute(sandbox, arn)).outcome).toMatchObject({ status: 'SUCCEEDED' });
  });
});

test('an activity is deleted, and its name is free again', async () => {
  const activity = { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'mine' } };
  const { create, remove, read } = await handled({ account, resources: { Mine: activity } }, 'Mine');
  expect(await refusal(create)).toBe('ActivityAlreadyExists: Activity mine already exists.');
  expect(read()).toEqual({ Name: 'mine' });
  await remove();
  await remove();
  expect(read()).toBeUndefined();
  expect(await refusal(create)).toBeUndefined();
});
