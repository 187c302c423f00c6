import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type WorkloadRun, runWorkload, succeeded } from '../../../cli/local/run-workload.ts';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { allow, now } from '@crosswind/sandbox/testing/literals';
import {
  type Difference,
  childArn,
  mayDescribe,
  mayStart,
  mayStop,
  parentArn,
  targetRoleArn,
  twoAccounts,
} from '@crosswind/sandbox/testing/two-accounts';
import { twoStages } from './two-stages.ts';

const runIn = (sandbox: Sandbox, name = 'run', abortEntry = false) =>
  runWorkload(sandbox, { stages: twoStages, input: { year: 2022 }, name, abortEntry });

const childOf = ({ stages }: WorkloadRun) => stages.find(({ stage }) => stage === 'child')?.execution;

/** Three batches of a minute each, one after the other. */
const minuteBatches: JsonObject = {
  Each: {
    Type: 'Map',
    Items: [1, 2, 3],
    MaxConcurrency: 1,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 60, End: true } },
    },
    End: true,
  },
};
const batches: Difference = { child: minuteBatches, childMay: [allow('states:StartExecution', childArn)] };

describe('a run', () => {
  test('ends when parent and child have ended', async () => {
    const run = await runIn(await twoAccounts());
    expect(succeeded(run)).toBe(true);
    expect(run.entry.outcome).toMatchObject({ status: 'SUCCEEDED', output: { Input: { year: 2022 } } });
    expect(childOf(run)?.outcome).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
  });

  test('waits for a child that runs on after its parent', async () => {
    const difference: Difference = { target: [mayStart], task: { TimeoutSeconds: 20 } };
    const run = await runIn(await twoAccounts(difference));
    expect(run.entry).toMatchObject({ outcome: { status: 'FAILED' }, stoppedAt: now + 20_000 });
    expect(childOf(run)).toMatchObject({ outcome: { status: 'SUCCEEDED' }, stoppedAt: now + 60_000 });
    expect(succeeded(run)).toBe(false);
  });

  test('ends when no child was ever started', async () => {
    const difference: Difference = { target: [] };
    const run = await runIn(await twoAccounts(difference));
    expect(run.entry.outcome).toMatchObject({ status: 'FAILED' });
    expect(childOf(run)).toBeUndefined();
    expect(succeeded(run)).toBe(false);
  });

  test('did not succeed if only the child did', async () => {
    const difference: Difference = { target: [mayStart, mayStop] };
    const run = await runIn(await twoAccounts(difference));
    expect(childOf(run)?.outcome).toMatchObject({ status: 'SUCCEEDED' });
    expect(succeeded(run)).toBe(false);
  });

  test('is told of its own child, not of one that an earlier run started', async () => {
    const sandbox = await twoAccounts();
    const first = await runIn(sandbox, 'first');
    sandbox.identities.role(targetRoleArn)?.policies.splice(0);
    const second = await runIn(sandbox, 'second');
    expect([childOf(first)?.name, childOf(second)?.name]).toEqual(['first', undefined]);
  });

  test('cannot begin when there is no parent', async () => {
    const cloud = await twoAccounts();
    const nobody = twoStages.map((stage) => ({ ...stage, stateMachineArn: `${stage.stateMachineArn}-2` }));
    await expect(runWorkload(cloud, { stages: nobody, input: {}, name: 'run' })).rejects.toThrow(
      `State Machine Does Not Exist: '${parentArn}-2'`,
    );
  });
});

describe('a parent that is aborted', () => {
  test('is aborted when the child has done its first batch, and the child with it', async () => {
    const sandbox = await twoAccounts(batches);
    const run = await runIn(sandbox, 'run', true);
    await sandbox.simulation.run(() => false);
    expect(run.entry).toMatchObject({ outcome: { status: 'ABORTED' }, stoppedAt: now + 60_000 });
    expect(childOf(run)).toMatchObject({ outcome: { status: 'ABORTED' }, stoppedAt: now + 60_000 });
    expect(childOf(run)?.mapRuns[0]?.counts().executionCounts).toMatchObject({ succeeded: 1, aborted: 1 });
  });

  test('leaves the child to itself without permission to stop it', async () => {
    const difference: Difference = { ...batches, target: [mayStart, mayDescribe] };
    const run = await runIn(await twoAccounts(difference), 'run', true);
    expect(run.entry.outcome).toMatchObject({ status: 'ABORTED' });
    expect(childOf(run)).toMatchObject({ outcome: { status: 'SUCCEEDED' }, stoppedAt: now + 180_000 });
  });

  test('is left alone unless that was asked for', async () => {
    const run = await runIn(await twoAccounts(batches));
    expect(run.entry.outcome).toMatchObject({ status: 'SUCCEEDED' });
  });
});
