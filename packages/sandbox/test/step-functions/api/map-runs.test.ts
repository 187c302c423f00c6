import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  ListMapRunsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { now } from '../../../src/testing/literals.ts';
import { type Difference, account, fill, keysOf, machineArn, mapping } from '../mapping.ts';
import { clientIn, operatorIn } from './operator.ts';

const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;
const labelledMachine = `${machineArn}/each`;

/** An execution that maps over keys, and what Step Functions says of its Map Run; it has not run yet. */
async function mapped(difference: Difference, keys: readonly string[]) {
  const sandbox = await mapping({ ...difference, others: [operatorIn(account)] });
  fill(sandbox, keys);
  const client = clientIn(sandbox, account);
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'run' }));
  const { simulation, executions } = sandbox;
  const run = async (done: () => boolean = () => false): Promise<string> => {
    await simulation.run(done);
    const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
    return mapRuns[0]?.mapRunArn ?? '';
  };
  const describeRun = (mapRunArn: string) => client.send(new DescribeMapRunCommand({ mapRunArn }));
  const children = async (mapRunArn: string, input: Partial<ListExecutionsCommandInput> = {}) =>
    (await client.send(new ListExecutionsCommand({ mapRunArn, ...input }))).executions ?? [];
  const describeChild = (arn = '') => client.send(new DescribeExecutionCommand({ executionArn: arn }));
  return { sandbox, executions, client, run, describeRun, children, describeChild };
}

const wait = { Wait: { Type: 'Wait', Seconds: 60, End: true } };
const standard = {
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Wait', States: wait },
};

/** Three batches. The last one has 50 objects and fails. */
const lastBatchBad = [...keysOf(200), ...keysOf(250, '.bad').slice(200)];

describe('a Map Run', () => {
  test('is listed under its execution', async () => {
    const { client, run } = await mapped({ children: wait }, keysOf(3));
    const mapRunArn = await run();
    expect(mapRunArn).toMatch(new RegExp(`^arn:aws:states:us-east-1:${account}:mapRun:mapping/each:[0-9a-f-]{36}$`));
    const { mapRuns, nextToken } = await client.send(new ListMapRunsCommand({ executionArn }));
    expect(nextToken).toBeUndefined();
    expect(mapRuns).toEqual([
      {
        executionArn,
        mapRunArn,
        stateMachineArn: labelledMachine,
        startDate: new Date(now),
        stopDate: new Date(now + 60_000),
      },
    ]);
  });

  test('is described with its settings and counts when it has ended', async () => {
    const tolerated = { MaxConcurrency: 7, ToleratedFailurePercentage: 50, ToleratedFailureCount: 200 };
    const { run, describeRun } = await mapped({ map: tolerated }, lastBatchBad);
    const description = await describeRun(await run());
    const counts = {
      aborted: 0,
      failuresNotRedrivable: 0,
      pending: 0,
      pendingRedrive: 0,
      running: 0,
      timedOut: 0,
    };
    expect(description).toEqual({
      $metadata: expect.anything() as unknown,
      executionArn,
      mapRunArn: expect.any(String) as unknown,
      status: 'SUCCEEDED',
      startDate: new Date(now),
      stopDate: new Date(now),
      maxConcurrency: 7,
      toleratedFailurePercentage: 50,
      toleratedFailureCount: 200,
      itemCounts: { ...counts, failed: 50, succeeded: 200, resultsWritten: 250, total: 250 },
      executionCounts: { ...counts, failed: 1, succeeded: 2, resultsWritten: 3, total: 3 },
      redriveCount: 0,
    });
  });

  test('is described while it runs', async () => {
    const { executions, run, describeRun } = await mapped({ children: wait, map: { MaxConcurrency: 2 } }, keysOf(300));
    const running = () => executions.get(executionArn)?.mapRuns[0]?.counts().executionCounts.running === 2;
    const description = await describeRun(await run(running));
    expect(description).toMatchObject({
      status: 'RUNNING',
      toleratedFailurePercentage: 0,
      toleratedFailureCount: 0,
      executionCounts: { running: 2, pending: 1, total: 3 },
      itemCounts: { running: 200, pending: 100, total: 300 },
    });
    expect(description).not.toHaveProperty('stopDate');
  });

  test.each([
    ['FAILED', 'FAILED', {}],
    ['ABORTED', 'ABORTED', { aborts: true }],
  ])('that %s says so', async (status, executionStatus, { aborts = false }: { readonly aborts?: boolean }) => {
    const { client, executions, run, describeRun, describeChild } = await mapped(
      aborts ? { children: wait } : {},
      keysOf(3, '.bad'),
    );
    if (aborts) {
      await run(() => executions.get(executionArn)?.mapRuns[0]?.counts().executionCounts.running === 1);
      await client.send(new StopExecutionCommand({ executionArn }));
    }
    expect(await describeRun(await run())).toMatchObject({ status, stopDate: new Date(now) });
    expect((await describeChild(executionArn)).status).toBe(executionStatus);
  });

  test('is not found under another id, nor under another kind of ARN', async () => {
    const { run, describeRun, client } = await mapped({}, keysOf(3));
    const mapRunArn = await run();
    const missing = { name: 'ResourceNotFound', message: `Resource not found: '${mapRunArn}2'` };
    await expect(describeRun(`${mapRunArn}2`)).rejects.toMatchObject(missing);
    await expect(client.send(new ListExecutionsCommand({ mapRunArn: `${mapRunArn}2` }))).rejects.toMatchObject(missing);
    await expect(describeRun(executionArn)).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: execution'",
    });
  });

  test('is one of several, page by page', async () => {
    const again = { Type: 'Map', Label: 'again', Items: [1], ItemProcessor: standard.ItemProcessor, End: true };
    const caught = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Again' }] };
    const { client, run } = await mapped({ map: caught, more: { Again: again } }, keysOf(3, '.bad'));
    await run();
    const ask = (nextToken?: string) => client.send(new ListMapRunsCommand({ executionArn, maxResults: 1, nextToken }));
    const page = await ask();
    expect(page.mapRuns?.map(({ stateMachineArn }) => stateMachineArn)).toEqual([labelledMachine]);
    const last = await ask(page.nextToken);
    expect(last.mapRuns?.map(({ stateMachineArn }) => stateMachineArn)).toEqual([`${machineArn}/again`]);
    expect(last.nextToken).toBeUndefined();
    await expect(ask('token')).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});

describe('the Express children of a Map Run', () => {
  test('are listed with their items, the most recent first', async () => {
    const { run, children } = await mapped({ map: { ToleratedFailurePercentage: 100 } }, lastBatchBad);
    const mapRunArn = await run();
    const listed = await children(mapRunArn);
    expect(listed.map(({ itemCount, status }) => [itemCount, status])).toEqual([
      [50, 'FAILED'],
      [100, 'SUCCEEDED'],
      [100, 'SUCCEEDED'],
    ]);
    const [child] = listed;
    expect(child).toMatchObject({ mapRunArn, stateMachineArn: labelledMachine, startDate: new Date(now) });
    expect(child?.executionArn).toMatch(
      new RegExp(`^arn:aws:states:us-east-1:${account}:express:mapping/each:${child?.name ?? ''}:[0-9a-f-]{36}$`),
    );
    expect(await children(mapRunArn, { statusFilter: 'RUNNING' })).toEqual([]);
    expect(await children(mapRunArn, { statusFilter: 'PENDING_REDRIVE' })).toEqual([]);
    expect(await children(mapRunArn, { maxResults: 1 })).toEqual([child]);
  });

  test('are described, with input and output', async () => {
    const { run, children, describeChild } = await mapped({}, keysOf(3));
    const mapRunArn = await run();
    const [child] = await children(mapRunArn);
    const description = await describeChild(child?.executionArn);
    expect(description).toMatchObject({
      mapRunArn,
      stateMachineArn: labelledMachine,
      name: child?.name,
      status: 'SUCCEEDED',
      output: '{"items":3}',
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(JSON.parse(description.input ?? '')).toMatchObject({ Items: [{ Size: 1 }, {}, {}] });
  });

  test('are redriven by their Map Run when they failed', async () => {
    const { run, children, describeChild } = await mapped({}, keysOf(3, '.bad'));
    const [child] = await children(await run());
    expect(await describeChild(child?.executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'BadItem',
      cause: 'on purpose',
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
  });

  test('have no history, not even in memory, and cannot be stopped', async () => {
    const { executions, client, run, children } = await mapped({}, keysOf(3));
    const [child] = await children(await run());
    const refused = {
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    };
    const input = { executionArn: child?.executionArn };
    await expect(client.send(new GetExecutionHistoryCommand(input))).rejects.toMatchObject(refused);
    await expect(client.send(new StopExecutionCommand(input))).rejects.toMatchObject(refused);
    expect(executions.get(input.executionArn ?? '')?.history).toEqual([]);
  });

  test('are no executions of the machine itself', async () => {
    const { executions, client, run } = await mapped({}, keysOf(3));
    await run();
    const { executions: listed } = await client.send(new ListExecutionsCommand({ stateMachineArn: machineArn }));
    expect(listed?.map((execution) => execution.executionArn)).toEqual([executionArn]);
    expect(executions.of(machineArn)).toHaveLength(1);
  });
});

describe('the Standard children of a Map Run', () => {
  test('have a history', async () => {
    const { client, run, children } = await mapped({ map: standard }, keysOf(3));
    const [child] = await children(await run());
    expect(child?.executionArn).toBe(`arn:aws:states:us-east-1:${account}:execution:mapping/each:${child?.name ?? ''}`);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn: child?.executionArn }));
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('can be stopped', async () => {
    const { client, executions, run, children, describeRun } = await mapped({ map: standard }, keysOf(3));
    const mapRunArn = await run(() => executions.get(executionArn)?.mapRuns[0]?.children.length === 1);
    const [child] = await children(mapRunArn, { statusFilter: 'RUNNING' });
    await client.send(new StopExecutionCommand({ executionArn: child?.executionArn }));
    await run();
    expect(await describeRun(mapRunArn)).toMatchObject({ executionCounts: { aborted: 1, succeeded: 0 } });
  });
});
