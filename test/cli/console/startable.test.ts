import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StartableModel } from '@crosswind/console/models/actions';
import type { ConsoleContext } from '../../../cli/console/console-context.ts';
import { startableAnswer } from '../../../cli/console/answers/startable.ts';
import { tenantStages } from '../../../cli/console/named-stages.ts';
import { loadValidPlatform } from '../../../cli/read-platform.ts';
import { stageCountsFile } from '../../platform-file.ts';
import { clone } from '../../workloads.ts';
import { emptySandbox } from './console-context.ts';

/** Titles of what can be started on a platform of several tenants, all of them deployed. */
async function titles(tenant?: string): Promise<readonly string[]> {
  const { platform } = (await loadValidPlatform(clone, stageCountsFile)).parsed;
  const machines = [...tenantStages(platform)].map(([arn, { account }]) => ({ arn, account }));
  const of = (id: string) => machines.filter(({ account }) => account === id);
  const sandbox = { ...(await emptySandbox()), stateMachines: { of } } as unknown as ConsoleContext['sandbox'];
  const root = join(clone.root, 'test');
  const answer = startableAnswer({ sandbox, platform, accounts: platform.accounts, root, tenant });
  return ((await answer({})) as readonly StartableModel[]).map(({ title }) => title);
}

test('the workflow of the tenant that the command line chose is the first to start', async () => {
  const all = await titles();
  const tenants = [...new Set(all.map((title) => title.split(' ')[0]))];
  expect(tenants.length).toBeGreaterThan(1);
  for (const tenant of tenants) expect((await titles(tenant))[0]?.split(' ')[0]).toBe(tenant);
  expect((await titles(tenants.at(-1))).toSorted()).toEqual(all.toSorted());
});
