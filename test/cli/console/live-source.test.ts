import { describe, expect, onTestFinished, test } from 'vitest';
import { Refused } from '@crosswind/console/server/handlers';
import { modelsOf } from '@crosswind/console/server/snapshot';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import {
  childAccount,
  childArn,
  type Difference,
  mayStart,
  mayStop,
  parentAccount,
  parentArn,
  twoAccounts,
} from '@crosswind/sandbox/testing/two-accounts';
import { liveSource } from '../../../cli/console/live-source.ts';
import { runSource } from '../../../cli/console/run-source.ts';
import { readSections, sectionReaders } from '../../../cli/console/sections.ts';
import { runWorkload } from '../../../cli/local/run-workload.ts';
import { recordOf } from '../../../cli/run-record/record-of.ts';
import { twoStages } from '../local/two-stages.ts';

const accounts = [
  { id: parentAccount, name: 'parent-dev', region: 'us-east-1' },
  { id: childAccount, name: 'child-dev', region: 'us-east-1' },
];

const contextOf = (sandbox: Sandbox) => ({
  ...{ sandbox, root: '/clone', platform: undefined, accounts, stacks: [] },
  results: () => Promise.resolve(new Map<string, never>()),
});

async function live(difference: Difference = {}) {
  const sandbox = await twoAccounts(difference);
  onTestFinished(() => sandbox.close());
  return { sandbox, source: liveSource(contextOf(sandbox)) };
}

const wait = (seconds: string | number): Difference => ({
  child: { Work: { Type: 'Wait', Seconds: seconds, End: true } },
});

describe('a sandbox as the source of a live page', () => {
  test.each<[string, Difference]>([
    ['that succeeds', {}],
    ['that is stuck', { target: [mayStart, mayStop] }],
    ['that may not start its child', { parent: [] }],
  ])('has the models that the page of a finished run %s has', async (_, difference) => {
    const { sandbox, source } = await live(difference);
    const { stages } = await runWorkload(sandbox, { stages: twoStages, input: { a: 1 }, name: 'run' });
    const record = recordOf({
      ...{ sandbox, tenant: 'two', wave: 'dev', fault: undefined, stages, accounts },
      deployed: twoStages.map(({ stage: name, account, stateMachineArn, starts }) => ({
        ...{ name, account, stateMachineArn },
        starts: [...starts],
      })),
    });
    const sections = await readSections(sectionReaders(contextOf(sandbox)));
    const finished = modelsOf(runSource(record, stages, { sections, answers: [] }));
    const now = modelsOf(await source.read());
    expect(now.executions).toEqual(
      finished.executions.map((execution) => ({ ...execution, title: execution.title.replace('two ', '') })),
    );
    for (const name of ['accounts', 'events', 'graphs', 'batches', 'decisions', 'sections'] as const) {
      expect(now[name]).toEqual(finished[name]);
    }
    const claims = (models: typeof now) => models.verdicts.flatMap((verdict) => verdict.claims.map(({ id }) => id));
    expect(claims(now)).toEqual(claims(finished));
    expect(claims(now)).toHaveLength(1);
  });

  test('gives the same objects while nothing happens', async () => {
    const { sandbox, source } = await live();
    await runWorkload(sandbox, { stages: twoStages, input: {}, name: 'run' });
    const first = await source.read();
    const second = await source.read();
    expect(second.executions.map((each, place) => each === first.executions[place])).toEqual([true, true]);
    expect(second.decisions.every((each, place) => each === first.decisions[place])).toBe(true);
    expect(second.verdicts).toBe(first.verdicts);
    expect(second.sections).toEqual(first.sections);
  });

  test('says that a parent is stuck as soon as its child has ended, before any alarm', async () => {
    const { sandbox, source } = await live({ target: [mayStart, mayStop] });
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'run', input: {} });
    await sandbox.settle(0.5);
    expect((await source.read()).verdicts[0]?.claims).toMatchObject([{ gravity: 'well' }]);
    await sandbox.settle(1);
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    const { verdicts, executions } = await source.read();
    expect(executions.map(({ status }) => status)).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(verdicts[0]?.claims).toMatchObject([{ id: 'stuck-parent', gravity: 'stuck', until: null }]);
    expect(verdicts[0]?.fixes[0]).toMatchObject({ kind: 'statement' });
  });

  test('says that a run is stuck in which nothing happened for three times the usual time', async () => {
    const { sandbox, source } = await live(wait('{% $states.input.seconds %}'));
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'first', input: { seconds: 100 } });
    await sandbox.settle(3);
    sandbox.executions.start({ stateMachineArn: parentArn, name: 'second', input: { seconds: 6_000 } });
    const idsAfter = async (minutes: number) => {
      await sandbox.settle(minutes);
      await new Promise((resolve) => setTimeout(resolve, 1_010));
      const { verdicts } = await source.read();
      return verdicts.at(-1)?.claims.map(({ id, gravity, execution }) => [id, gravity, execution]);
    };
    expect(await idsAfter(4.9)).toMatchObject([['slow', 'well', expect.stringContaining('second') as string]]);
    const child = sandbox.executions.of(childArn).at(-1)?.arn;
    expect(await idsAfter(0.2)).toEqual([['no-progress', 'stuck', child]]);
  });

  test('answers with the details of an event, and says why it cannot', async () => {
    const { sandbox, source } = await live();
    const { entry } = await runWorkload(sandbox, { stages: twoStages, input: { a: 1 }, name: 'run' });
    const ask = (what: unknown) => source.answers['event']?.(what);
    expect(await ask({ execution: entry.arn, id: 1 })).toMatchObject({ input: '{"a":1}' });
    await expect(ask({ execution: entry.arn, id: 999 })).rejects.toThrow(
      new Refused('The execution has no event 999.'),
    );
    await expect(ask({ execution: 'arn', id: 1 })).rejects.toThrow(/^This sandbox does not have the execution/);
    for (const wrong of [
      null,
      {},
      { execution: entry.arn },
      { execution: 1, id: 1 },
      { execution: '__proto__', id: 0 },
    ])
      await expect(ask(wrong)).rejects.toThrow('expected the ARN of an execution and the id of an event');
  });

  test('has the newest executions, and says what is left out', async () => {
    const { sandbox, source } = await live(wait(1));
    for (let count = 0; count < 160; count += 1) {
      sandbox.executions.start({ stateMachineArn: childArn, name: `run-${count}`, input: {} });
      sandbox.executions.start({ stateMachineArn: childArn, name: `again-${count}`, input: {} });
    }
    await sandbox.settle(1);
    sandbox.executions.start({ stateMachineArn: childArn, name: 'open', input: {} });
    const { executions, cut } = await source.read();
    expect([executions.length, executions[0]?.name, executions.at(-1)?.name]).toEqual([301, 'run-10', 'open']);
    expect(cut).toEqual(['executions: the newest 301 of 321, those that run before others']);
  });
});
