import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import pc from 'picocolors';
import { executionTree } from '../../../cli/local/present.ts';
import { type StageRun, type WorkloadRun, hopsOf, runWorkload, succeeded } from '../../../cli/local/run-workload.ts';
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

/** Starts the child in two states, one after the other. */
const twice: Difference = {
  task: { Next: 'Again' },
  more: {
    Again: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Credentials: { RoleArn: targetRoleArn },
      Arguments: { StateMachineArn: childArn, Name: "{% $states.context.Execution.Name & '-2' %}", Input: {} },
      TimeoutSeconds: 3_600,
      End: true,
    },
  },
};

describe('a child that is started twice', () => {
  test('is two stages of the run, in the order of their starts', async () => {
    const { stages } = await runIn(await twoAccounts(twice));
    expect(stages.map(({ stage, execution }) => [stage, execution?.name])).toEqual([
      ['parent', 'run'],
      ['child', 'run'],
      ['child', 'run-2'],
    ]);
  });

  test('fails the run if one of them fails', async () => {
    const onlyFirst = {
      Is: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($states.input.year) %}', Next: 'Done' }],
        Default: 'Bad',
      },
      Done: { Type: 'Succeed' },
      Bad: { Type: 'Fail', Error: 'Rain' },
    };
    const run = await runIn(await twoAccounts({ ...twice, child: onlyFirst }));
    expect(run.stages.map(({ execution }) => execution?.outcome?.status)).toEqual(['FAILED', 'SUCCEEDED', 'FAILED']);
    expect(succeeded(run)).toBe(false);
  });

  test('is seen twice below its parent', async () => {
    const run = await runIn(await twoAccounts(twice));
    const tree = executionTree(run, new Map(), pc.createColors(false));
    expect(tree).toEqual([
      'parent in 111111111111  SUCCEEDED after 2 min of simulated time',
      '├─ Start',
      '├─ Again',
      ...['├─ child', '└─ child'].flatMap((head, index) => [
        `${head} in 222222222222  SUCCEEDED after 60.0 s of simulated time`,
        `${index === 0 ? '│' : ' '}  ├─ Work`,
        `${index === 0 ? '│' : ' '}  └─ Done`,
      ]),
    ]);
  });

  test('is of the parent whose history names it, else of the first', async () => {
    const { stages } = await runIn(await twoAccounts(twice));
    const [parent, first, second] = stages;
    if (!parent?.execution || !first || !second) throw new Error('parent and child did not run');
    const other = { ...parent, execution: { ...parent.execution, history: [] } };
    const callersIn = (...callers: readonly StageRun[]) =>
      hopsOf([...callers, first, second]).map(({ caller }) => caller);
    expect(callersIn(other, parent)).toEqual([parent, parent]);
    expect(callersIn(other)).toEqual([other, other]);
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
