import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { typesOf } from '../../../src/testing/literals.ts';
import { now } from '../../../src/testing/literals.ts';
import { executionArnOf, machineArn, passTime, waitingMachine } from './waiting-machine.ts';

/** An execution that waits, and ways to stop it and to see what came of it. */
async function running() {
  const { sandbox, client } = await waitingMachine();
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one' }));
  const executionArn = executionArnOf('one');
  const stop = (why: { error?: string; cause?: string } = {}) =>
    client.send(new StopExecutionCommand({ executionArn, ...why }));
  const described = () => client.send(new DescribeExecutionCommand({ executionArn }));
  return { sandbox, client, stop, described };
}

describe('StopExecution', () => {
  test('aborts an execution that is running', async () => {
    const { sandbox, stop, described } = await running();
    expect((await stop()).stopDate).toEqual(new Date(now));
    await passTime(sandbox);
    const description = await described();
    expect(description).toMatchObject({ status: 'ABORTED', stopDate: new Date(now), redriveStatus: 'REDRIVABLE' });
    for (const field of ['error', 'cause', 'output']) expect(description).not.toHaveProperty(field);
    const execution = sandbox.executions.get(executionArnOf('one'));
    expect(execution && typesOf(execution)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
  });

  test('passes on why', async () => {
    const { sandbox, stop, described } = await running();
    await stop({ error: 'Tired', cause: 'of waiting' });
    await passTime(sandbox);
    expect(await described()).toMatchObject({ status: 'ABORTED', error: 'Tired', cause: 'of waiting' });
  });

  test('gives the time of the end of an execution that has ended, and changes nothing', async () => {
    const { sandbox, stop, described } = await running();
    await passTime(sandbox);
    sandbox.simulation.at(now + 100_000, () => undefined);
    await passTime(sandbox);
    expect((await stop()).stopDate).toEqual(new Date(now + 60_000));
    await passTime(sandbox);
    expect(await described()).toMatchObject({ status: 'SUCCEEDED', stopDate: new Date(now + 60_000) });
  });

  test.each([
    ['error', 'e'.repeat(257), 256],
    ['cause', 'c'.repeat(32_769), 32_768],
  ])('refuses a %s that is too long, without repeating it', async (field, value, maximum) => {
    const { stop } = await running();
    await expect(stop({ [field]: value })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${maximum}`,
    });
    await stop({ [field]: value.slice(1) });
  });
});
