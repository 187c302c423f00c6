import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, now } from '@crosswind/sandbox/testing/literals';
import {
  childAccount,
  childArn,
  childExecutions,
  type Difference,
  mayStart,
  mayStop,
  parentAccount,
  targetRoleArn,
  twoAccounts,
} from '@crosswind/sandbox/testing/two-accounts';
import { runWorkload } from '../../../cli/local/run-workload.ts';
import { recordOf } from '../../../cli/run-record/record-of.ts';
import { recordLimits, runRecord } from '../../../cli/run-record/run-record.ts';
import { twoStages } from '../local/two-stages.ts';

/** The record of one run of parent and child. */
async function recordOfRun(difference: Difference = {}) {
  const sandbox = await twoAccounts(difference);
  const { stages } = await runWorkload(sandbox, { stages: twoStages, input: {}, name: 'run', abortEntry: false });
  sandbox.changes.record({ account: childAccount, kind: 'fault', resource: targetRoleArn, sentence: 'tried' });
  const record = recordOf({
    sandbox,
    tenant: 'rain',
    wave: 'dev',
    fault: undefined,
    stages,
    deployed: twoStages.map(({ stage, starts, ...rest }) => ({ name: stage, ...rest, starts: [...starts] })),
    accounts: [{ id: parentAccount, name: 'parent-dev', region: 'us-east-1' }],
  });
  // What a reader gets: nothing may be lost on the way through JSON.
  return { record: runRecord.parse(JSON.parse(JSON.stringify(record))), written: record };
}

/** Children of one item each. Every other one fails, later ones after longer. */
const failing = (items: number): JsonObject => ({
  Each: {
    Type: 'Map',
    Items: `{% [1..${items}] %}`,
    ToleratedFailurePercentage: 100,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'Wait',
      States: {
        Wait: { Type: 'Wait', Seconds: '{% $floor($states.input / 4) + 1 %}', Next: 'Judge' },
        Judge: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input % 2 = 0 %}', Next: 'Bad' }],
          Default: 'Good',
        },
        Bad: { Type: 'Fail', Error: 'Even', Cause: 'c'.repeat(600) },
        Good: { Type: 'Succeed' },
      },
    },
    End: true,
  },
});
const mapping = (items: number): Difference => ({
  child: failing(items),
  childMay: [allow('states:StartExecution', childArn)],
});

describe('the record of a run', () => {
  test('is read as it was written', async () => {
    const { record, written } = await recordOfRun(mapping(4));
    expect(record).toEqual(written);
    expect(record).toMatchObject({
      ...{ tenant: 'rain', wave: 'dev', simulated: true, accounts: [{ id: parentAccount, name: 'parent-dev' }] },
      executions: [
        { stage: 'parent', status: 'SUCCEEDED', startedAt: now },
        { stage: 'child', status: 'SUCCEEDED' },
      ],
    });
  });

  test('has the groups of decisions, and of a denial what fixes it', async () => {
    const { record } = await recordOfRun({ target: [mayStart, mayStop], task: { TimeoutSeconds: 20 } });
    const [denial] = record.denied;
    const describing = record.decisions.find(({ action }) => action === 'states:DescribeExecution');
    expect(describing).toMatchObject({
      principal: targetRoleArn,
      resource: `${childExecutions}run`,
      account: childAccount,
      verdict: 'implicit deny',
      denial: denial?.id,
    });
    expect(denial?.fixes[0]).toMatchObject({ of: targetRoleArn });
    const { seconds = [], times = 0, first = 0, last = 0 } = describing ?? {};
    expect(times).toBeGreaterThan(1);
    expect(seconds.reduce((sum, [, count]) => sum + count, 0)).toBe(times);
    expect([seconds[0]?.[0], seconds.at(-1)?.[0]]).toEqual([first, last].map((at) => Math.floor(at / 1_000) * 1_000));
    const starting = record.decisions.find(({ action }) => action === 'states:StartExecution');
    expect(starting).toMatchObject({ verdict: 'allowed', times: 1, denial: null });
  });

  test('has each batch with its attempts, and cuts their causes', async () => {
    const { record } = await recordOfRun(mapping(4));
    const [mapRun] = record.executions.flatMap(({ mapRuns }) => mapRuns);
    expect(mapRun?.batches).toMatchObject([
      { index: 0, items: 1, attempts: [{ startedAt: now, endedAt: now + 1_000, status: 'SUCCEEDED' }] },
      { index: 1, attempts: [{ endedAt: now + 1_000, status: 'FAILED', error: 'Even', cause: 'c'.repeat(512) }] },
      { index: 2, attempts: [{ endedAt: now + 1_000, status: 'SUCCEEDED' }] },
      { index: 3, attempts: [{ endedAt: now + 2_000, status: 'FAILED' }] },
    ]);
    expect(record.cut).toContain('causes of batches: cut to 512 characters');
  });

  test('keeps the batches that failed, then those that took longest', async () => {
    const count = recordLimits.batches + 100;
    const { record } = await recordOfRun(mapping(count));
    const [mapRun] = record.executions.flatMap(({ mapRuns }) => mapRuns);
    const kept = mapRun?.batches ?? [];
    expect(kept).toHaveLength(recordLimits.batches);
    expect(kept.filter(({ attempts }) => attempts[0]?.status === 'FAILED')).toHaveLength(count / 2);
    // Of those that succeeded the 100 shortest are gone: the items 1, 3, 5 to 199.
    expect(kept.find(({ attempts }) => attempts[0]?.status === 'SUCCEEDED')?.index).toBe(200);
    expect(record.cut).toContainEqual(expect.stringMatching(/^batches of Each, .*: the first 500 of 600$/));
  });

  test('has what was changed in the sandbox', async () => {
    const { record } = await recordOfRun();
    expect(record.changes).toEqual([
      {
        ...{ id: 'change-1', account: childAccount, kind: 'fault', resource: targetRoleArn, sentence: 'tried' },
        at: expect.any(Number) as number,
      },
    ]);
  });
});
