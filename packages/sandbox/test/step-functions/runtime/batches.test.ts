import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../../src/sandbox.ts';
import { allow, execute, now } from '../../../src/testing/literals.ts';
import { fill, functionArn, keysOf, machineArn, mapping, permissions } from '../mapping.ts';

const types = ['STANDARD', 'EXPRESS'] as const;

/** Children of this type, in batches of one object, one after the other. */
const inTurn = (ExecutionType: string, states: JsonObject, more: JsonObject = {}): JsonObject => ({
  ItemBatcher: { MaxItemsPerBatch: 1 },
  MaxConcurrency: 1,
  ToleratedFailurePercentage: 100,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
    StartAt: Object.keys(states)[0] ?? '',
    States: states,
  },
  ...more,
});

const wait: JsonObject = { Wait: { Type: 'Wait', Seconds: 10, Next: 'Judge' } };
const failingOn = (condition: string): JsonObject => ({
  ...wait,
  Judge: { Type: 'Choice', Choices: [{ Condition: `{% ${condition} %}`, Next: 'Bad' }], Default: 'Good' },
  Bad: { Type: 'Fail', Error: 'BadItem', Cause: 'on purpose' },
  Good: { Type: 'Succeed' },
});
const isBad = "$contains($states.input.Items[0].Key, '.bad')";

/** Function that nobody may invoke, tried three times. */
const forbidden: JsonObject = {
  Call: {
    Type: 'Task',
    Resource: functionArn,
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 1, MaxAttempts: 2 }],
    End: true,
  },
};
const mayNotInvoke = [permissions.list, permissions.start, permissions.write, permissions.encrypt];

async function batchesIn(sandbox: Sandbox, keys: readonly string[]) {
  fill(sandbox, keys);
  const execution = await execute(sandbox, machineArn);
  const [mapRun] = execution.mapRuns;
  if (!mapRun) throw new Error('there is no Map Run');
  return { execution, mapRun };
}

describe.each(types)('batches of %s children', (type) => {
  test('have an attempt with its times, its status, and why it failed', async () => {
    const sandbox = await mapping({ map: inTurn(type, failingOn(isBad)) });
    const { mapRun } = await batchesIn(sandbox, ['1', '2.bad']);
    expect(mapRun.batches()).toMatchObject([
      { index: 0, items: 1, attempts: [{ startedAt: now, endedAt: now + 10_000, status: 'SUCCEEDED' }] },
      {
        index: 1,
        arn: mapRun.children[1]?.arn,
        attempts: [
          {
            ...{ startedAt: now + 10_000, endedAt: now + 20_000, status: 'FAILED' },
            ...{ error: 'BadItem', cause: 'on purpose' },
          },
        ],
        failedTasks: [],
      },
    ]);
  });

  test('keep the attempts before a redrive', async () => {
    const map = inTurn(type, failingOn(isBad), { ToleratedFailurePercentage: 0 });
    const may = [...Object.values(permissions), allow('states:RedriveExecution')];
    const sandbox = await mapping({ may, map });
    const { execution, mapRun } = await batchesIn(sandbox, ['1.bad']);
    sandbox.executions.redrive(execution.arn);
    await sandbox.simulation.run(() => mapRun.state.redriveCount === 1 && mapRun.state.phase.kind === 'ended');
    const [batch] = mapRun.batches();
    expect(batch?.attempts.map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    const [first, second] = batch?.attempts ?? [];
    expect(second?.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? Infinity);
  });

  test('name each try of a task that failed in them', async () => {
    const sandbox = await mapping({ may: mayNotInvoke, map: inTurn(type, forbidden) });
    const { mapRun } = await batchesIn(sandbox, keysOf(1));
    const [batch] = mapRun.batches();
    expect(batch?.failedTasks.map(({ state, error, startedAt }) => [state, error, startedAt])).toEqual([
      ['Call', 'Lambda.AWSLambdaException', now],
      ['Call', 'Lambda.AWSLambdaException', now + 5_000],
      ['Call', 'Lambda.AWSLambdaException', now + 10_000],
    ]);
    expect(batch?.failedTasks[0]?.cause).toContain('lambda:InvokeFunction');
  });
});

test('a batch that runs has no end, and one that is stopped with the run is aborted', async () => {
  const sandbox = await mapping({ map: inTurn('EXPRESS', failingOn(isBad)) });
  fill(sandbox, ['1']);
  const started = sandbox.executions.start({ stateMachineArn: machineArn, input: {} });
  if (!started.ok) throw new Error(started.message);
  const { execution } = started;
  const batches = () => execution.mapRuns[0]?.batches();
  await sandbox.simulation.run(() => (batches()?.length ?? 0) === 1);
  expect(batches()).toMatchObject([{ attempts: [{ startedAt: now, status: 'RUNNING' }] }]);
  sandbox.executions.stop(execution.arn);
  await sandbox.simulation.run(() => execution.mapRuns[0]?.stoppedAt !== undefined);
  expect(batches()).toMatchObject([{ attempts: [{ startedAt: now, status: 'ABORTED' }] }]);
});
