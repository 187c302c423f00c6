import { join } from 'node:path';
import type { Sections } from '@crosswind/console/server/snapshot';
import { expect, test } from 'vitest';
import type { LocalResults } from '../../../blocks/local.ts';
import { actionsOf, answersOf } from '../../../cli/console/handlers.ts';
import type { ServedTenant } from '../../../cli/console/results/served-results.ts';
import { servedResults } from '../../../cli/console/results/served-results.ts';
import { servedTenants } from '../../../cli/console/results/served-tenants.ts';
import { resultsReader } from '../../../cli/console/sections/results.ts';
import { RunFailed } from '../../../cli/failure.ts';
import { runOf } from '../../../cli/local/platform-options.ts';
import { knownWorkload } from '../../../cli/local/workload-options.ts';
import { runWorkload } from '../../../cli/local/run-workload.ts';
import { loadValidPlatform } from '../../../cli/read-platform.ts';
import { platformFile } from '../../platform-file.ts';
import { clone } from '../../workloads.ts';
import { startRun } from '../crosswind.ts';
import { deployedPlatform } from '../deployed-platform.ts';
import { snapshotIn } from '../page-snapshot.ts';
import { contextOf, emptySandbox } from './console-context.ts';

const table: LocalResults['tables'][number] = { title: 'Rain', columns: [], rows: [], notes: [] };

/** Answers of a page whose only run has these results. */
async function answersWith(read: () => Promise<LocalResults | undefined>) {
  const run = { run: 'arn:run', wave: 'dev', endedAt: 1, read };
  const results = new Map([['rain', { workload: 'rain', reports: true, runs: [run] }]]);
  const context = { ...contextOf(await emptySandbox(), []), results: () => Promise.resolve(results) };
  return { ask: (question: unknown) => answersOf(context)['result']?.(question), context };
}

test('a served sandbox has the results of each run of each tenant from its end on', async () => {
  const platform = await loadValidPlatform(clone, platformFile);
  const deployed = await deployedPlatform(platform.parsed.platform);
  const { sandbox, stacks } = deployed;
  try {
    const tenants = await servedTenants({ clone, platform: platform.parsed.platform, stacks });
    expect(tenants.map(({ tenant, wave, read }) => [tenant, wave, read !== undefined])).toEqual([
      ['word-count', 'dev', true],
      ['word-count', 'prod', true],
    ]);
    const results = servedResults(sandbox, tenants);
    const read = resultsReader({ ...contextOf(sandbox, stacks), results });
    const none = await read();
    expect(none).toEqual([{ tenant: 'word-count', workload: 'word-count', reports: true, runs: [] }]);
    expect(await read()).toBe(none);
    const [dev] = tenants;
    if (!dev) throw new Error('the platform has a wave dev');
    const workload = await knownWorkload(clone, 'word-count', platform.contracts);
    const runs: string[] = [];
    for (const [name, text] of [
      ['first', 'one two'],
      ['second', 'one two three'],
    ] as const) {
      await runOf(workload, { text }).fill?.({ ...dev.deployed, storage: sandbox.storage }, () => undefined);
      const { entry } = await runWorkload(sandbox, { stages: dev.deployed.stages, input: {}, name });
      runs.unshift(entry.arn);
    }
    const both = await read();
    expect(both[0]?.runs.map(({ run, wave }) => [run, wave])).toEqual(runs.map((run) => [run, 'dev']));
    expect(await read()).toBe(both);
    const ask = answersOf({ ...contextOf(sandbox, stacks), results })['result'];
    const contents = [await ask?.({ run: runs[0] }), await ask?.({ run: runs[1] })];
    expect(contents).toMatchObject([{ tables: [{ rows: [['1', '3']] }] }, { tables: [{ rows: [['1', '2']] }] }]);
  } finally {
    await deployed.close();
  }
});

test('the options of the chosen tenant are those of the command line, and a tenant without its stacks is left out', async () => {
  const { platform } = (await loadValidPlatform(clone, platformFile)).parsed;
  const deployed = await deployedPlatform(platform);
  await deployed.close();
  const { stacks } = deployed;
  const [dev] = await servedTenants({ clone, platform, stacks });
  const onlyDev = stacks.filter(({ path }) => !path.includes('prod-'));
  const deployment = platform.tenants[0];
  if (!dev || !deployment) throw new Error('the platform has a tenant');
  const own: ServedTenant['read'] = () => Promise.resolve({ data: {}, files: [], tables: [] });
  const chosen = { wave: 'dev', deployment: { tenant: deployment }, run: { results: own } };
  const served = await servedTenants({ clone, platform, stacks: onlyDev, chosen });
  expect(served.map(({ wave, read }) => [wave, read === own])).toEqual([['dev', true]]);
  const withoutResults = await servedTenants({ clone, platform, stacks: onlyDev, chosen: { ...chosen, run: {} } });
  const sandbox = await emptySandbox();
  expect(await servedResults(sandbox, withoutResults)()).toMatchObject(new Map([['word-count', { reports: false }]]));
});

test('a file has the answers of its run; a workload without a map brings none', async () => {
  const { out } = await startRun('--objects', '210', '--json');
  const { sections, answers, executions } = snapshotIn(out);
  const [model] = sections.results satisfies Sections['results'];
  expect(model).toMatchObject({
    tenant: 'word-count',
    reports: true,
    runs: [{ run: executions[0]?.arn, wave: 'dev' }],
  });
  expect(model?.runs[0]?.endedAt).toBe(executions[0]?.stoppedAt);
  const own = answers.filter(({ kind }) => ['result', 'map'].includes(kind));
  expect(own).toMatchObject([{ kind: 'result', answer: { maps: [], tables: [{ title: 'Counted words', total: 1 }] } }]);
});

test.each([[undefined], [{}], [{ run: 7 }], [{ run: 'arn:run', more: 1 }], ['arn:run']])(
  'the question %j is refused',
  async (question) => {
    const { ask } = await answersWith(() => Promise.resolve(undefined));
    await expect(ask(question)).rejects.toThrow('the question needs the ARN of an execution');
  },
);

test('a run that has not ended is refused, and so are results that the workload fails to read', async () => {
  const failing = await answersWith(() => Promise.reject(new RunFailed('services/rain/local.ts: no rain')));
  await expect(failing.ask({ run: 'arn:other' })).rejects.toThrow('no run arn:other has ended');
  await expect(failing.ask({ run: 'arn:run' })).rejects.toMatchObject({
    name: 'Refused',
    message: 'services/rain/local.ts: no rain',
  });
});

test('an answer is the whole where results are an extract', async () => {
  const results = { data: {}, files: [], tables: [table], whole: { tables: [{ ...table, title: 'All rain' }] } };
  const { ask } = await answersWith(() => Promise.resolve(results));
  expect(await ask({ run: 'arn:run' })).toMatchObject({ tables: [{ title: 'All rain' }], finding: null });
});

test('a game day is started and ended by name only, where a server can end it', async () => {
  const context = { ...contextOf(await emptySandbox(), []), root: join(clone.root, 'nowhere') };
  const act = actionsOf(context)['gameday'];
  await expect(act?.({ name: 1 })).rejects.toThrow('expected { "name": "…" }');
  await expect(act?.({ name: 'x', cancel: true })).rejects.toThrow('expected { "name": "…" }');
  await expect(act?.({ name: '__proto__' })).rejects.toThrow('there is no game day "__proto__"');
  await expect(act?.({ cancel: true })).rejects.toThrow('no game day is played');
});
