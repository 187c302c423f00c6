import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import {
  type LiteralStack,
  allow,
  bucket,
  bucketPolicy,
  machine,
  now,
  typesOf,
} from '../../../src/testing/literals.ts';
import {
  account,
  fill,
  functionArn,
  keysOf,
  machineArn,
  mapping,
  outputOf,
  permissions,
  resultsOf,
  runOf,
} from '../mapping.ts';

describe('a Distributed Map', () => {
  test('reads every object, page after page, and runs a child for each batch', async () => {
    const { counts, sandbox, execution } = await runOf({}, keysOf(2_050));
    expect(counts).toMatchObject({
      itemCounts: { total: 2_050, succeeded: 2_050, resultsWritten: 2_050 },
      executionCounts: { total: 21, succeeded: 21 },
    });
    expect(sandbox.decisions.allowed()).toMatchObject({ 's3:ListBucket': 3, 'states:StartExecution': 21 });
    const { succeeded } = await resultsOf(sandbox, outputOf(execution));
    const items = succeeded.map(({ Output }) => (JSON.parse(String(Output)) as { items: number }).items);
    expect(items).toEqual([...Array.from({ length: 20 }, () => 100), 50]);
  });

  test('has the history that AWS writes', async () => {
    const { execution } = await runOf({}, keysOf(3));
    expect(typesOf(execution)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('writes its results where the manifest says', async () => {
    const { sandbox, execution } = await runOf({}, keysOf(3));
    const { manifestKey, succeeded, failed } = await resultsOf(sandbox, outputOf(execution));
    expect(manifestKey).toMatch(/^runs\/[0-9a-f-]{36}\/manifest\.json$/);
    expect(failed).toEqual([]);
    expect(succeeded).toMatchObject([
      { Status: 'SUCCEEDED', Output: '{"items":3}', StateMachineArn: `${machineArn}/each` },
    ]);
  });

  test('hands items on in the form of the item reader', async () => {
    const { sandbox, execution } = await runOf({}, keysOf(1));
    const { succeeded } = await resultsOf(sandbox, outputOf(execution));
    expect(JSON.parse(String(succeeded[0]?.['Input']))).toEqual({
      Items: [
        {
          Etag: '"9dd4e461268c8034f5c8564e155c67a6"',
          Key: '2022/00000.csv',
          LastModified: Math.floor(now / 1_000),
          Size: 1,
          StorageClass: 'STANDARD',
        },
      ],
    });
  });

  test('reads what begins with its prefix only', async () => {
    const { counts } = await runOf({ reader: { Prefix: '2022/0000' } }, keysOf(25));
    expect(counts?.itemCounts.total).toBe(10);
  });

  test('of an empty bucket runs no child', async () => {
    const { execution, counts } = await runOf({}, []);
    expect(execution.outcome?.status).toBe('SUCCEEDED');
    expect(counts?.executionCounts.total).toBe(0);
  });

  test('runs as many children at a time as it may', async () => {
    const children = { Wait: { Type: 'Wait', Seconds: 60, End: true } };
    const minutes = async (concurrency: number): Promise<number> => {
      const { execution } = await runOf({ children, map: { MaxConcurrency: concurrency } }, keysOf(400));
      return ((execution.stoppedAt ?? 0) - execution.startedAt) / 60_000;
    };
    expect([await minutes(0), await minutes(2), await minutes(1)]).toEqual([1, 2, 4]);
  });
});

describe('its children', () => {
  test('run as Express executions', async () => {
    const { sandbox, execution } = await runOf({}, keysOf(1));
    const { succeeded } = await resultsOf(sandbox, outputOf(execution));
    expect(succeeded[0]?.['ExecutionArn']).toMatch(`arn:aws:states:us-east-1:${account}:express:mapping/each:`);
  });

  test.each([
    ['and end after five minutes as such', 'EXPRESS', 'FAILED', 300_000],
    ['but not as Standard executions', 'STANDARD', 'SUCCEEDED', 600_000],
  ])('%s', async (_, type, status, took) => {
    const children = { Wait: { Type: 'Wait', Seconds: 600, End: true } };
    const processor = {
      ...machine(children),
      QueryLanguage: undefined,
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
    };
    const { execution, counts } = await runOf(
      { map: { ItemProcessor: JSON.parse(JSON.stringify(processor)) as JsonObject } },
      keysOf(3),
    );
    expect(execution.outcome?.status).toBe(status);
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBe(took);
    expect(counts?.executionCounts.timedOut).toBe(status === 'FAILED' ? 1 : 0);
  });

  test('call services as the role of the state machine', async () => {
    const call = {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: functionArn, Payload: '{% $states.input %}' },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    };
    const { sandbox, execution } = await runOf({ children: call }, keysOf(3));
    const { succeeded } = await resultsOf(sandbox, outputOf(execution));
    expect(succeeded).toMatchObject([{ Output: '{"called":3}' }]);
  });

  test('are stopped when the execution is aborted', async () => {
    const sandbox = await mapping({ children: { Wait: { Type: 'Wait', Seconds: 60, End: true } } });
    fill(sandbox, keysOf(300));
    const { executions, simulation } = sandbox;
    const started = executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
    if (!started.ok) throw new Error(started.message);
    simulation.at(now + 30_000, () => {
      executions.stop(started.execution.arn);
    });
    await simulation.run(() => false);
    expect(started.execution.outcome).toMatchObject({ status: 'ABORTED' });
    expect(started.execution.mapRuns[0]?.counts().executionCounts).toMatchObject({ total: 3, aborted: 3, running: 0 });
    expect(simulation.now()).toBe(now + 30_000);
  });
});

describe('failures', () => {
  const someBad = (bad: number): readonly string[] => [...keysOf(10 - bad), ...keysOf(bad, '.bad')];
  const oneByOne = { ItemBatcher: { MaxItemsPerBatch: 1 }, ToleratedFailurePercentage: 20 };

  test('within what is tolerated leave a run that succeeds, and are told in a file of their own', async () => {
    const { sandbox, execution, counts } = await runOf({ map: oneByOne }, someBad(2));
    expect(counts?.itemCounts).toMatchObject({ succeeded: 8, failed: 2 });
    const { succeeded, failed } = await resultsOf(sandbox, outputOf(execution));
    expect(succeeded).toHaveLength(8);
    expect(failed.map(({ Error: error, Cause: cause }) => [error, cause])).toEqual([
      ['BadItem', 'on purpose'],
      ['BadItem', 'on purpose'],
    ]);
  });

  test('beyond it fail the run', async () => {
    const { execution } = await runOf({ map: oneByOne }, someBad(3));
    expect(execution.outcome).toEqual({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  });

  test('take the whole batch with them', async () => {
    const { counts } = await runOf({ map: { ToleratedFailurePercentage: 100 } }, someBad(1));
    expect(counts?.itemCounts).toMatchObject({ succeeded: 0, failed: 10 });
  });
});

describe('without permission', () => {
  const without = (...names: readonly (keyof typeof permissions)[]): readonly JsonObject[] =>
    Object.entries(permissions)
      .filter(([name]) => !names.some((each) => each === name))
      .map(([, statement]) => statement);
  const session = `arn:aws:sts::${account}:assumed-role/machine-role/run`;

  test('to write results, a run fails at its test manifest, before it reads anything', async () => {
    const { execution, counts, sandbox } = await runOf({ may: without('write') }, keysOf(3));
    expect(execution.outcome).toEqual({
      status: 'FAILED',
      error: 'States.ResultWriterFailed',
      cause: expect.stringMatching(
        new RegExp(
          `^Failed to write a test manifest into the specified output bucket\\. Access denied\\. User: ${session} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::results/runs/`,
        ),
      ) as unknown,
    });
    expect(counts?.itemCounts.total).toBe(0);
    expect(sandbox.decisions.allowed()).not.toHaveProperty('s3:ListBucket');
  });

  test('to use the key of the results, it fails there as well', async () => {
    const { execution } = await runOf({ may: without('encrypt') }, keysOf(3));
    expect(execution.outcome).toMatchObject({
      error: 'States.ResultWriterFailed',
      cause: expect.stringMatching(
        /^Failed to write a test manifest .* is not authorized to perform: kms:GenerateDataKey/,
      ) as unknown,
    });
  });

  test('to list the source, the item reader fails', async () => {
    const { execution, counts } = await runOf({ may: without('list') }, keysOf(3));
    expect(execution.outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.ItemReaderFailed',
      cause: `User: ${session} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::source" because no identity-based policy allows the s3:ListBucket action (Service: S3, Status Code: 403)`,
    });
    expect(counts?.executionCounts.total).toBe(0);
  });

  test('to start executions of itself, it starts no child', async () => {
    const { execution, counts } = await runOf({ may: without('start') }, keysOf(3));
    expect(execution.outcome).toMatchObject({
      status: 'FAILED',
      error: 'States.Permissions',
      cause: `User: ${session} is not authorized to perform: states:StartExecution on resource: ${machineArn} because no identity-based policy allows the states:StartExecution action`,
    });
    expect(counts?.executionCounts.succeeded).toBe(0);
  });

  test('a run fails as its state does: with an error that can be caught', async () => {
    const map = { Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Caught', Output: 'caught' }] };
    const { execution } = await runOf({ may: without('list'), map, more: { Caught: { Type: 'Succeed' } } }, keysOf(3));
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: 'caught' });
  });
});

describe('a bucket', () => {
  const open: JsonObject = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::far', 'arn:aws:s3:::far/*'],
  };
  const far: JsonObject = { Bucket: 'far' };
  const elsewhere = 'The bucket far is not in the same account and Region as the state machine';
  const everything = [...Object.values(permissions), allow('s3:*')];
  const inAccount = (owner: string, region: string): LiteralStack => ({
    account: owner,
    region,
    resources: { Far: bucket('far'), Policy: { ...bucketPolicy('far', open), DependsOn: 'Far' } },
  });

  test.each([
    ['of another account', inAccount('555555555555', 'us-east-1')],
    ['of another region', inAccount(account, 'eu-west-1')],
  ])('%s can be neither read nor written, whatever the policies say', async (_, stack) => {
    const reading = await runOf({ may: everything, reader: far, others: [stack] }, []);
    expect(reading.execution.outcome).toEqual({ status: 'FAILED', error: 'States.ItemReaderFailed', cause: elsewhere });
    const writing = await runOf({ may: everything, writer: far, others: [stack] }, []);
    expect(writing.execution.outcome).toEqual({
      status: 'FAILED',
      error: 'States.ResultWriterFailed',
      cause: `Failed to write a test manifest into the specified output bucket. ${elsewhere}`,
    });
  });

  test('of the same account and region can be both', async () => {
    const others = [inAccount(account, 'us-east-1')];
    const { execution } = await runOf({ may: everything, reader: far, writer: far, others }, []);
    expect(execution.outcome?.status).toBe('SUCCEEDED');
  });

  test('that is not there fails the item reader', async () => {
    const { execution } = await runOf({ may: everything, reader: { Bucket: 'nowhere' } }, []);
    expect(execution.outcome).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'The specified bucket does not exist (Service: S3, Status Code: 404)',
    });
  });
});
