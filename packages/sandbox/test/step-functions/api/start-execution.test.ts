import { StartExecutionCommand, type StartExecutionCommandInput } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { now } from '../../../src/testing/literals.ts';
import { account, executionArnOf, machineArn, passTime, waitingMachine } from './waiting-machine.ts';

/** A way to start the waiting machine. */
async function starting() {
  const { sandbox, client } = await waitingMachine();
  const start = (input: Partial<StartExecutionCommandInput> = {}) =>
    client.send(new StartExecutionCommand({ stateMachineArn: machineArn, ...input }));
  return { sandbox, start };
}

describe('StartExecution', () => {
  test('starts an execution now, in virtual time', async () => {
    const { sandbox, start } = await starting();
    await passTime(sandbox);
    sandbox.simulation.at(now + 1_500, () => undefined);
    await passTime(sandbox);
    expect(await start({ name: 'one' })).toMatchObject({
      executionArn: executionArnOf('one'),
      startDate: new Date(now + 1_500),
    });
  });

  test('makes up a name and an empty input where none is given', async () => {
    const { sandbox, start } = await starting();
    const { executionArn = '' } = await start();
    expect(sandbox.executions.get(executionArn)?.input).toEqual({});
    expect((await start()).executionArn).not.toBe(executionArn);
  });

  test.each(['5', '"text"', 'null', '[1]', ' {"a": {"b": 1.5}} '])('takes the input %s', async (input) => {
    const { sandbox, start } = await starting();
    await start({ name: 'one', input });
    expect(sandbox.executions.get(executionArnOf('one'))?.input).toEqual(JSON.parse(input));
  });

  test('with name and input of a running execution gives that one, and refuses all else with its name', async () => {
    const { sandbox, start } = await starting();
    const one = await start({ name: 'one', input: '{"a":1}' });
    expect(await start({ name: 'one', input: '{"a":1}' })).toMatchObject({
      executionArn: one.executionArn,
      startDate: one.startDate,
    });
    const refused = {
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${executionArnOf('one')}'`,
    };
    await expect(start({ name: 'one', input: '{}' })).rejects.toMatchObject(refused);
    await passTime(sandbox);
    await expect(start({ name: 'one', input: '{"a":1}' })).rejects.toMatchObject(refused);
  });

  const missing = `${machineArn}-2`;
  const long = 'n'.repeat(81);
  test.each<[string, Partial<StartExecutionCommandInput>, string, string]>([
    [
      'a machine that is not there',
      { stateMachineArn: missing },
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${missing}'`,
    ],
    [
      'a machine that is not there, whatever else is wrong',
      { stateMachineArn: missing, name: 'a b', input: '{' },
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${missing}'`,
    ],
    [
      'something that is no ARN',
      { stateMachineArn: 'waiting' },
      'InvalidArn',
      "Invalid Arn: 'Invalid ARN prefix: waiting'",
    ],
    [
      'an ARN of another service',
      { stateMachineArn: 'arn:aws:s3:::bucket' },
      'InvalidArn',
      "Invalid Arn: 'Invalid ARN: arn:aws:s3:::bucket'",
    ],
    [
      'an ARN without a name',
      { stateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine` },
      'InvalidArn',
      `Invalid Arn: 'Invalid ARN: arn:aws:states:us-east-1:${account}:stateMachine'`,
    ],
    [
      'an execution',
      { stateMachineArn: executionArnOf('one') },
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
    ['a name with a space', { name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    ['a name with a colon', { name: 'a:b' }, 'InvalidName', "Invalid Name: 'a:b'"],
    ['a name with a control character', { name: 'a\u0007' }, 'InvalidName', "Invalid Name: 'a\u0007'"],
    ['a name with an emoji', { name: '🌀' }, 'InvalidName', "Invalid Name: '🌀'"],
    [
      'a name of 81 letters',
      { name: long },
      'ValidationException',
      `1 validation error detected: Value '${long}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
    ],
    [
      'a name of no letters',
      { name: '' },
      'ValidationException',
      "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'no machine',
      { stateMachineArn: undefined },
      'ValidationException',
      "1 validation error detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an input above 256 KiB',
      { input: JSON.stringify(`${'ü'.repeat(131_071)}x`) },
      'ValidationException',
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have size less than or equal to 262144 bytes in UTF-8 encoding",
    ],
    [
      'two things at once',
      { name: long, input: JSON.stringify('x'.repeat(262_144)) },
      'ValidationException',
      `2 validation errors detected: Value '${long}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80; Value at 'input' failed to satisfy constraint: Member must have size less than or equal to 262144 bytes in UTF-8 encoding`,
    ],
    [
      'an input that is too deep',
      { input: '['.repeat(1_001) + ']'.repeat(1_001) },
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'nested deeper than 1000 levels'",
    ],
  ])('refuses %s', async (_, input, name, message) => {
    const { sandbox, start } = await starting();
    await expect(start(input)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
    expect(sandbox.executions.of(machineArn)).toEqual([]);
  });

  test.each(['{', '', 'not', "{'a': 1}"])('refuses the input %j, which is not JSON', async (input) => {
    const { start } = await starting();
    await expect(start({ input })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
      message: expect.stringMatching(/^Invalid State Machine Execution Input: '.+'$/s) as string,
    });
  });

  test.each<[string, Partial<StartExecutionCommandInput>]>([
    ['a name of 80 characters of every kind that is allowed', { name: `ü.-_=+@!'()`.padEnd(80, 'a') }],
    ['an input of 256 KiB', { input: JSON.stringify('x'.repeat(262_142)) }],
    ['an input of a thousand levels', { input: '['.repeat(1_000) + ']'.repeat(1_000) }],
  ])('takes %s', async (_, input) => {
    const { sandbox, start } = await starting();
    const { executionArn = '' } = await start(input);
    await passTime(sandbox);
    expect(sandbox.executions.get(executionArn)?.outcome?.status).toBe('SUCCEEDED');
  });
});
