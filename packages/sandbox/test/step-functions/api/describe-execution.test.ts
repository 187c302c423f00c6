import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandInput,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { now } from '../../../src/testing/literals.ts';
import { account, executionArnOf, machineArn, passTime, waitingMachine } from './waiting-machine.ts';

/** An execution that is under way, and a way to ask about it. */
async function started() {
  const { sandbox, client } = await waitingMachine();
  const executionArn = executionArnOf('one');
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one', input: '{"a":1}' }));
  const ask = (input: Partial<DescribeExecutionCommandInput> = {}) =>
    client.send(new DescribeExecutionCommand({ executionArn, ...input }));
  return { sandbox, ask };
}

describe('DescribeExecution', () => {
  test('says of an execution that runs what there is to say', async () => {
    const { ask } = await started();
    expect(await ask()).toEqual({
      $metadata: expect.anything() as unknown,
      executionArn: executionArnOf('one'),
      stateMachineArn: machineArn,
      name: 'one',
      status: 'RUNNING',
      startDate: new Date(now),
      input: '{"a":1}',
      inputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
  });

  test('leaves out input and output when only metadata are asked for', async () => {
    const { sandbox, ask } = await started();
    await passTime(sandbox);
    const described = await ask({ includedData: 'METADATA_ONLY' });
    expect(described).toMatchObject({ inputDetails: { included: false }, outputDetails: { included: false } });
    expect(described).not.toHaveProperty('input');
    expect(described).not.toHaveProperty('output');
    expect(await ask({ includedData: 'ALL_DATA' })).toMatchObject({ input: '{"a":1}', output: '{"a":1}' });
  });

  const express = `arn:aws:states:us-east-1:${account}:express:waiting:one:1`;
  const child = `arn:aws:states:us-east-1:${account}:express:waiting/each:one:1`;
  test.each([
    [
      'another execution',
      executionArnOf('two'),
      'ExecutionDoesNotExist',
      `Execution Does Not Exist: '${executionArnOf('two')}'`,
    ],
    ['a child that is not there', child, 'ExecutionDoesNotExist', `Execution Does Not Exist: '${child}'`],
    ['no ARN', 'one', 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: one'"],
    [
      'a state machine',
      machineArn,
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    ],
    ['an Express execution', express, 'InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'"],
  ])('refuses %s', async (_, executionArn, name, message) => {
    const { ask } = await started();
    await expect(ask({ executionArn })).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
  });
});
