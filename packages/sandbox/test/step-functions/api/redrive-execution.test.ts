import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, now } from '../../../src/testing/literals.ts';
import { type Difference, account, fill, keysOf, machineArn, mapping, permissions, resultsOf } from '../mapping.ts';
import { clientIn, operatorIn } from './operator.ts';
import { executionArnOf, passTime, waitingMachine } from './waiting-machine.ts';

const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run`;
const MINUTE = 60_000;

/** An execution that was stopped after half a minute of waiting. */
async function stopped(properties: JsonObject = {}) {
  const { sandbox, client } = await waitingMachine(properties);
  const waiting = executionArnOf('run');
  await client.send(
    new StartExecutionCommand({
      stateMachineArn: waiting.replace(':execution:', ':stateMachine:').slice(0, -4),
      name: 'run',
    }),
  );
  sandbox.simulation.at(now + MINUTE / 2, () => {
    sandbox.executions.stop(waiting);
  });
  await passTime(sandbox);
  const redrive = (clientToken?: string) =>
    client.send(new RedriveExecutionCommand({ executionArn: waiting, clientToken }));
  const describeIt = () => client.send(new DescribeExecutionCommand({ executionArn: waiting }));
  return { sandbox, client, waiting, redrive, describeIt };
}

describe('a redriven execution', () => {
  test('goes on in the state in which it ended, under the same ARN', async () => {
    const { sandbox, client, waiting, redrive, describeIt } = await stopped();
    expect(await redrive()).toMatchObject({ redriveDate: new Date(now + MINUTE / 2) });
    expect(await describeIt()).toMatchObject({
      status: 'RUNNING',
      redriveCount: 1,
      redriveDate: new Date(now + MINUTE / 2),
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
    await passTime(sandbox);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn: waiting }));
    expect(events.map(({ id, previousEventId, type }) => `${id} after ${previousEventId} ${type}`)).toEqual([
      '1 after 0 ExecutionStarted',
      '2 after 0 WaitStateEntered',
      '3 after 2 ExecutionAborted',
      '4 after 3 ExecutionRedriven',
      '5 after 4 WaitStateExited',
      '6 after 5 ExecutionSucceeded',
    ]);
    expect(events[3]?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
    expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', stopDate: new Date(now + 1.5 * MINUTE) });
  });

  test('is redriven once for each client token, for a quarter of an hour', async () => {
    const { sandbox, waiting, redrive, describeIt } = await stopped();
    const first = await redrive('one');
    expect((await redrive('one')).redriveDate).toEqual(first.redriveDate);
    sandbox.executions.stop(waiting);
    await sandbox.simulation.elapse(14 * MINUTE);
    expect((await redrive('one')).redriveDate).toEqual(first.redriveDate);
    expect((await describeIt()).redriveCount).toBe(1);
    await sandbox.simulation.elapse(2 * MINUTE);
    expect((await redrive('one')).redriveDate).toEqual(new Date(now + 16.5 * MINUTE));
    expect((await describeIt()).redriveCount).toBe(2);
  });

  test('is told from others in lists', async () => {
    const { client, waiting, redrive } = await stopped();
    const stateMachineArn = waiting.replace(':execution:', ':stateMachine:').slice(0, -4);
    const listed = async (redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN') =>
      (await client.send(new ListExecutionsCommand({ stateMachineArn, redriveFilter }))).executions?.length;
    expect([await listed('REDRIVEN'), await listed('NOT_REDRIVEN')]).toEqual([0, 1]);
    await redrive();
    expect([await listed('REDRIVEN'), await listed('NOT_REDRIVEN')]).toEqual([1, 0]);
  });

  test('emits metrics of its own', async () => {
    const { sandbox, redrive } = await stopped();
    await redrive();
    await passTime(sandbox);
    const place = { account: '444444444444', region: 'us-east-1' };
    const names = sandbox.cloudWatch.metrics.of(place).map(({ metric }) => metric.name);
    expect(names).toEqual(expect.arrayContaining(['ExecutionsRedriven', 'RedrivenExecutionsSucceeded']));
    expect(names).not.toContain('RedrivenExecutionsAborted');
  });
});

describe('cannot be redriven', () => {
  const refusal = (message: string) => ({ name: 'ExecutionNotRedrivable', message });

  test('an execution that runs, and one that has succeeded', async () => {
    const { sandbox, redrive } = await stopped();
    await redrive();
    await expect(redrive()).rejects.toMatchObject(refusal('Execution is RUNNING and cannot be redriven'));
    await passTime(sandbox);
    await expect(redrive()).rejects.toMatchObject(refusal('Execution is SUCCEEDED and cannot be redriven'));
  });

  test('an execution that ended more than fourteen days ago', async () => {
    const { sandbox, redrive, describeIt } = await stopped();
    await sandbox.simulation.elapse(14 * 24 * 60 * MINUTE);
    expect(await describeIt()).toMatchObject({ redriveStatus: 'REDRIVABLE' });
    await sandbox.simulation.elapse(1);
    expect(await describeIt()).toMatchObject({ redriveStatus: 'NOT_REDRIVABLE' });
    await expect(redrive()).rejects.toMatchObject(refusal('Execution redrivable period exceeded'));
  });

  test('an execution whose history is full', async () => {
    const { sandbox, waiting, redrive } = await stopped();
    const history = sandbox.executions.get(waiting)?.history ?? [];
    while (history.length < 24_998)
      history.push({ id: 0, previousEventId: 0, timestamp: now, type: 'PassStateEntered' });
    await redrive();
    sandbox.executions.stop(waiting);
    await sandbox.simulation.elapse(1);
    await expect(redrive()).rejects.toMatchObject(refusal('Execution history event limit exceeded'));
  });

  test('an execution that is not there, or that is Express', async () => {
    const { client } = await stopped();
    const redrive = (arn: string) => client.send(new RedriveExecutionCommand({ executionArn: arn }));
    await expect(redrive(executionArnOf('nobody'))).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(redrive(executionArnOf('x').replace(':execution:', ':express:'))).rejects.toMatchObject({
      name: 'InvalidArn',
    });
  });

  test('with a client token that is none', async () => {
    const { redrive } = await stopped();
    await expect(redrive('one two')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/satisfy regular expression pattern/) as string,
    });
  });
});

/** An execution whose Map Run is over, and how it is looked at and redriven. */
async function failedRun(difference: Difference, keys: readonly string[]) {
  const sandbox = await mapping({ ...difference, others: [operatorIn(account)] });
  fill(sandbox, keys);
  const client = clientIn(sandbox, account);
  await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'run' }));
  const run = (done: () => boolean = () => false) => sandbox.simulation.run(done);
  await run();
  const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
  const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
  const describeRun = () => client.send(new DescribeMapRunCommand({ mapRunArn }));
  const redrive = () => client.send(new RedriveExecutionCommand({ executionArn }));
  const describeIt = () => client.send(new DescribeExecutionCommand({ executionArn }));
  const children = async (filter: object = {}) =>
    (await client.send(new ListExecutionsCommand({ mapRunArn, ...filter }))).executions ?? [];
  const types = async () =>
    ((await client.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? []).map(({ type }) => type);
  return { sandbox, client, run, mapRunArn, describeRun, redrive, describeIt, children, types };
}

/** Fails in the first minute of virtual time, and succeeds after it. */
const failingAtFirst: JsonObject = {
  Judge: {
    Type: 'Choice',
    Choices: [
      {
        Condition: `{% $exists($states.input.Items[$contains(Key, '.bad')]) and $millis() < ${now + MINUTE} %}`,
        Next: 'Bad',
      },
    ],
    Default: 'Good',
  },
  Bad: { Type: 'Wait', Seconds: 1, Next: 'Worse' },
  Worse: {
    Type: 'Choice',
    Choices: [{ Condition: `{% $millis() > ${now + MINUTE} %}`, Next: 'Good' }],
    Default: 'Worst',
  },
  Worst: { Type: 'Fail', Error: 'Storm', Cause: 'too windy' },
  Good: { Type: 'Pass', Output: '{% $states.input.Items.Key %}', End: true },
};

const retriable = (more: JsonObject = {}): Difference => ({
  children: failingAtFirst,
  map: { ItemBatcher: { MaxItemsPerBatch: 1 }, ...more },
});

describe('a redriven Map Run', () => {
  const keys = [...keysOf(3), ...keysOf(2, '.bad')];

  test('runs again only what did not succeed', async () => {
    const { sandbox, run, redrive, describeRun, describeIt, types } = await failedRun(
      retriable({ ToleratedFailureCount: 1 }),
      keys,
    );
    expect(await describeRun()).toMatchObject({ status: 'FAILED', itemCounts: { succeeded: 3, failed: 2, total: 5 } });
    await sandbox.simulation.elapse(2 * MINUTE);
    const started = sandbox.decisions.allowed()['states:StartExecution'] ?? 0;
    await redrive();
    await run();
    expect(await describeRun()).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate: expect.any(Date) as Date,
      itemCounts: { succeeded: 5, failed: 0, pendingRedrive: 0, total: 5, resultsWritten: 5 },
      executionCounts: { succeeded: 5, failed: 0, pendingRedrive: 0, total: 5 },
    });
    expect((sandbox.decisions.allowed()['states:StartExecution'] ?? 0) - started).toBe(2);
    expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect((await types()).slice(-8)).toEqual([
      'MapStateFailed',
      'ExecutionFailed',
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('writes a new manifest, with the successes of all attempts and the failures of this one', async () => {
    const { sandbox, run, redrive, describeIt } = await failedRun(retriable({ ToleratedFailureCount: 1 }), keys);
    await sandbox.simulation.elapse(2 * MINUTE);
    await redrive();
    await run();
    const output = JSON.parse((await describeIt()).output ?? '') as JsonObject;
    const { manifestKey, succeeded, failed } = await resultsOf(sandbox, output);
    expect(manifestKey).toMatch(/^runs\/[0-9a-f-]{36}\/Redrive-1\/manifest\.json$/);
    expect(succeeded.map(({ Output, RedriveCount }) => [Output, RedriveCount])).toEqual([
      ['"2022/00000.csv"', 0],
      ['"2022/00001.csv"', 0],
      ['"2022/00002.csv"', 0],
      ['"2022/00000.bad"', 1],
      ['"2022/00001.bad"', 1],
    ]);
    expect(failed).toEqual([]);
  });

  test('lets children wait for their turn, and says how many', async () => {
    const one = retriable({ ToleratedFailureCount: 1, MaxConcurrency: 1 });
    const { sandbox, run, redrive, describeRun, children } = await failedRun(one, keys);
    const mapRun = () => sandbox.executions.get(executionArn)?.mapRuns[0];
    await redrive();
    await run(() => mapRun()?.state.redriveCount === 1 && mapRun()?.counts().executionCounts.running === 1);
    expect(await describeRun()).toMatchObject({
      status: 'RUNNING',
      executionCounts: { succeeded: 1, running: 1, pendingRedrive: 1, pending: 2, failed: 0, total: 5 },
      itemCounts: { succeeded: 1, running: 1, pendingRedrive: 1, pending: 2, failed: 0, total: 5 },
    });
    expect(await children({ statusFilter: 'PENDING_REDRIVE' })).toMatchObject([{ status: 'PENDING_REDRIVE' }]);
    await run();
    expect(await describeRun()).toMatchObject({ status: 'FAILED', executionCounts: { failed: 2, pendingRedrive: 0 } });
    expect(await children({ statusFilter: 'PENDING_REDRIVE' })).toEqual([]);
  });
});

describe('Standard children', () => {
  const standard = (may?: readonly JsonObject[]): Difference => ({
    may,
    map: {
      ItemBatcher: { MaxItemsPerBatch: 1 },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Judge',
        States: failingAtFirst,
      },
    },
  });
  const redriving = allow('states:RedriveExecution', `${executionArn.slice(0, -4)}/each:*`);

  test('are redriven where they ended', async () => {
    const may = [...Object.values(permissions), redriving];
    const { sandbox, client, run, redrive, describeRun, children } = await failedRun(standard(may), keysOf(1, '.bad'));
    expect((await children())[0]).toMatchObject({ status: 'FAILED', redriveCount: 0 });
    await sandbox.simulation.elapse(2 * MINUTE);
    await redrive();
    await run();
    expect(sandbox.decisions.allowed()['states:RedriveExecution']).toBe(2);
    const [child] = await children();
    expect(child).toMatchObject({ status: 'FAILED', redriveCount: 1, startDate: new Date(now) });
    const history = await client.send(new GetExecutionHistoryCommand({ executionArn: child?.executionArn }));
    expect(history.events?.map(({ type }) => type).slice(-5)).toEqual([
      'FailStateEntered',
      'ExecutionFailed',
      'ExecutionRedriven',
      'FailStateEntered',
      'ExecutionFailed',
    ]);
    expect(await describeRun()).toMatchObject({ status: 'FAILED', executionCounts: { failed: 1 } });
  });

  test('cannot be redriven by themselves', async () => {
    const { client, children } = await failedRun(standard(), keysOf(1, '.bad'));
    const [child] = await children();
    const describeChild = new DescribeExecutionCommand({ executionArn: child?.executionArn });
    expect(await client.send(describeChild)).toMatchObject({ redriveStatus: 'REDRIVABLE_BY_MAP_RUN' });
    await expect(client.send(new RedriveExecutionCommand({ executionArn: child?.executionArn }))).rejects.toMatchObject(
      { name: 'ExecutionNotRedrivable' },
    );
  });

  test('are not redriven without permission', async () => {
    const { run, redrive, describeIt } = await failedRun(standard(), keysOf(1, '.bad'));
    await redrive();
    await run();
    expect(await describeIt()).toMatchObject({
      status: 'FAILED',
      error: 'States.Permissions',
      cause: expect.stringMatching(/is not authorized to perform: states:RedriveExecution/) as string,
    });
  });

  test('that cannot be redriven any more stay failed', async () => {
    const may = [...Object.values(permissions), redriving];
    const { sandbox, run, redrive, describeRun, children } = await failedRun(standard(may), keysOf(1, '.bad'));
    const [child] = await children();
    const history = sandbox.executions.get(child?.executionArn ?? '')?.history ?? [];
    while (history.length < 24_999)
      history.push({ id: 0, previousEventId: 0, timestamp: now, type: 'PassStateEntered' });
    await redrive();
    await run();
    expect(await describeRun()).toMatchObject({
      status: 'FAILED',
      redriveCount: 1,
      executionCounts: { failed: 1, failuresNotRedrivable: 1, pendingRedrive: 0 },
    });
  });
});

test('a Map Run is redriven a thousand times at most', async () => {
  const { sandbox, run, redrive, describeIt } = await failedRun(retriable(), keysOf(1, '.bad'));
  const mapRun = sandbox.executions.get(executionArn)?.mapRuns[0];
  if (!mapRun) throw new Error('expected a Map Run');
  mapRun.state = { ...mapRun.state, redriveCount: 999 };
  await redrive();
  await run();
  expect(await describeIt()).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
  await redrive();
  await run();
  expect(await describeIt()).toMatchObject({ error: 'States.Runtime', redriveCount: 2 });
  expect(mapRun.state.redriveCount).toBe(1_000);
});

test('a Map Run that could not read its items reads them when it is redriven', async () => {
  const may = Object.entries(permissions).flatMap(([name, statement]) => (name === 'list' ? [] : [statement]));
  const { run, redrive, describeRun, describeIt } = await failedRun({ may }, keysOf(3));
  expect(await describeIt()).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  await redrive();
  await run();
  expect(await describeIt()).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed', redriveCount: 1 });
  expect(await describeRun()).toMatchObject({ redriveCount: 1, itemCounts: { total: 0 } });
});

test('an execution that was stopped goes on with its Map Run, whose files tell what was not started', async () => {
  const children = { Wait: { Type: 'Wait', Seconds: 60, Output: 1, End: true } };
  const map = { ItemBatcher: { MaxItemsPerBatch: 1 }, MaxConcurrency: 2 };
  const sandbox = await mapping({ children, map, others: [operatorIn(account)] });
  fill(sandbox, keysOf(3));
  const { executions, simulation } = sandbox;
  executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
  simulation.at(now + MINUTE / 2, () => {
    executions.stop(executionArn);
  });
  await simulation.run(() => false);
  const execution = executions.get(executionArn);
  const mapRun = execution?.mapRuns[0];
  expect(execution?.history.map(({ type }) => type).slice(-2)).toEqual(['MapRunAborted', 'ExecutionAborted']);
  expect(mapRun?.counts().executionCounts).toMatchObject({ aborted: 2, pending: 1, running: 0 });
  const { folder = '' } = mapRun?.state.spec.writer ?? {};
  const file = async (name: string) => {
    const body = await sandbox.storage.inspect({ bucket: 'results', key: `${folder}/${name}` });
    return (JSON.parse(String(body)) as { readonly Status: string }[]).map(({ Status }) => Status);
  };
  expect([await file('FAILED_0.json'), await file('PENDING_0.json')]).toEqual([['ABORTED', 'ABORTED'], ['PENDING']]);
  await clientIn(sandbox, account).send(new RedriveExecutionCommand({ executionArn }));
  await simulation.run(() => false);
  expect(execution?.outcome?.status).toBe('SUCCEEDED');
  expect(execution?.mapRuns).toHaveLength(1);
  expect(mapRun?.counts().executionCounts).toMatchObject({ succeeded: 3, aborted: 0, pending: 0, total: 3 });
});

test('a child that is stopped alone counts as aborted', async () => {
  const children = { Wait: { Type: 'Wait', Seconds: 60, End: true } };
  const { sandbox, client, run } = await runningChildren(children);
  const mapRun = sandbox.executions.get(executionArn)?.mapRuns[0];
  await client.send(new StopExecutionCommand({ executionArn: mapRun?.children[0]?.arn }));
  await run();
  expect(mapRun?.counts().executionCounts).toMatchObject({ aborted: 1, succeeded: 1 });
});

/** Two Standard children that are under way. */
async function runningChildren(states: JsonObject) {
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: Object.keys(states)[0] ?? '',
    States: states,
  };
  const map = { ItemBatcher: { MaxItemsPerBatch: 1 }, ItemProcessor: processor };
  const sandbox = await mapping({ map, others: [operatorIn(account)] });
  fill(sandbox, keysOf(2));
  const { executions, simulation } = sandbox;
  executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
  await simulation.run(() => executions.get(executionArn)?.mapRuns[0]?.counts().executionCounts.running === 2);
  return { sandbox, client: clientIn(sandbox, account), run: () => simulation.run(() => false) };
}
