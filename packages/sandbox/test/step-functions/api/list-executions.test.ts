import {
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  StartExecutionCommand,
  StopExecutionCommand,
  paginateListExecutions,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { now } from '../../../src/testing/literals.ts';
import { executionArnOf, machineArn, passTime, waitingMachine } from './waiting-machine.ts';

/** Executions by these names, and ways to start more and to list them. */
async function started(...names: readonly string[]) {
  const { sandbox, client } = await waitingMachine();
  const start = (name: string) => client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name }));
  for (const name of names) await start(name);
  const list = (input: Partial<ListExecutionsCommandInput> = {}) =>
    client.send(new ListExecutionsCommand({ stateMachineArn: machineArn, ...input }));
  return { sandbox, client, start, list };
}

const namesIn = ({ executions = [] }: { executions?: { name?: string }[] }) => executions.map(({ name }) => name);

describe('ListExecutions of a state machine', () => {
  test('gives the most recent one first', async () => {
    const { list } = await started('one', 'two', 'three');
    expect(namesIn(await list())).toEqual(['three', 'two', 'one']);
  });

  test('says of each what AWS says', async () => {
    const { sandbox, start, list } = await started('one');
    await passTime(sandbox);
    await start('two');
    const same = { stateMachineArn: machineArn, redriveCount: 0 };
    expect((await list()).executions).toEqual([
      {
        ...same,
        executionArn: executionArnOf('two'),
        name: 'two',
        status: 'RUNNING',
        startDate: new Date(now + 60_000),
      },
      {
        ...same,
        executionArn: executionArnOf('one'),
        name: 'one',
        status: 'SUCCEEDED',
        startDate: new Date(now),
        stopDate: new Date(now + 60_000),
      },
    ]);
  });

  test('is empty where nothing was started', async () => {
    const { list } = await started();
    expect((await list()).executions).toEqual([]);
  });

  test.each([
    ['RUNNING', ['running']],
    ['ABORTED', ['aborted']],
    ['SUCCEEDED', ['two', 'one']],
    ['FAILED', []],
    ['TIMED_OUT', []],
  ] as const)('gives those that are %s', async (statusFilter, expected) => {
    const { sandbox, client, start, list } = await started('one', 'aborted', 'two');
    await client.send(new StopExecutionCommand({ executionArn: executionArnOf('aborted') }));
    await passTime(sandbox);
    await start('running');
    expect(namesIn(await list({ statusFilter }))).toEqual(expected);
  });

  test('finds none that was redriven', async () => {
    const { list } = await started('one');
    expect(namesIn(await list({ redriveFilter: 'REDRIVEN' }))).toEqual([]);
    expect(namesIn(await list({ redriveFilter: 'NOT_REDRIVEN' }))).toEqual(['one']);
  });

  test('gives page after page', async () => {
    const { client } = await started('one', 'two', 'three', 'four', 'five');
    const pages: unknown[] = [];
    for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn: machineArn })) {
      pages.push(namesIn(page));
    }
    expect(pages).toEqual([['five', 'four'], ['three', 'two'], ['one']]);
  });

  test('gives pages of those that pass the filter', async () => {
    const { sandbox, client, start, list } = await started('one', 'aborted', 'two');
    await client.send(new StopExecutionCommand({ executionArn: executionArnOf('aborted') }));
    await passTime(sandbox);
    await start('three');
    const page = { statusFilter: 'SUCCEEDED', maxResults: 1 } as const;
    const first = await list(page);
    const second = await list({ ...page, nextToken: first.nextToken });
    expect([namesIn(first), namesIn(second), second.nextToken]).toEqual([['two'], ['one'], undefined]);
  });

  test('goes on where the page before ended, though more were started since', async () => {
    const { start, list } = await started('one', 'two');
    const first = await list({ maxResults: 1 });
    await start('three');
    expect(namesIn(await list({ nextToken: first.nextToken }))).toEqual(['one']);
  });

  test('refuses the token of another request', async () => {
    const { list } = await started('one', 'two');
    const { nextToken } = await list({ maxResults: 1 });
    await expect(list({ nextToken, statusFilter: 'RUNNING' })).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  test.each<[string, Partial<ListExecutionsCommandInput>, string, string]>([
    [
      'neither machine nor Map Run',
      { stateMachineArn: undefined },
      'ValidationException',
      'either stateMachineArn or mapRunArn must be given, and not both',
    ],
    [
      'both machine and Map Run',
      { mapRunArn: `${machineArn.replace('stateMachine', 'mapRun')}/each:1` },
      'ValidationException',
      'either stateMachineArn or mapRunArn must be given, and not both',
    ],
    [
      'children to be redriven without a Map Run',
      { statusFilter: 'PENDING_REDRIVE' },
      'ValidationException',
      'the statusFilter PENDING_REDRIVE needs a mapRunArn',
    ],
    [
      'a status that does not exist',
      { statusFilter: 'succeeded' as 'SUCCEEDED' },
      'ValidationException',
      "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    ],
    [
      'a machine that is not there',
      { stateMachineArn: `${machineArn}-2` },
      'StateMachineDoesNotExist',
      `State Machine Does Not Exist: '${machineArn}-2'`,
    ],
    [
      'an execution',
      { stateMachineArn: executionArnOf('one') },
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
  ])('refuses %s', async (_, input, name, message) => {
    const { list } = await started('one');
    await expect(list(input)).rejects.toMatchObject({ name, message });
  });
});
