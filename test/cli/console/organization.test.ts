import { join } from 'node:path';
import { readAssembly } from '@crosswind/assembly/read-assembly';
import { resolveTolerantly, type Stack } from '@crosswind/assembly/resolve';
import type { Sections } from '@crosswind/console/server/snapshot';
import { expect, test } from 'vitest';
import { organizationReader } from '../../../cli/console/sections/organization.ts';
import { agnosticEnvironment } from '../../../cli/local/assembled-app.ts';
import type { Platform } from '../../../config/schema.ts';
import { platformIn } from '../../pipeline/platform-in.ts';
import { stageCountsFile } from '../../platform-file.ts';
import { exampleOf, platformOf, shippedPlatform, synthesize } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { fixtures } from '../../workloads.ts';
import { deployedPlatform } from '../deployed-platform.ts';
import { backAccount, frontAccount, synthesizeForeignApp } from '../foreign-app.ts';
import { contextOf, emptySandbox } from './console-context.ts';

type Organization = NonNullable<Sections['organization']>;

/** The model of an assembly before its deployment. */
async function organizationOf(stacks: readonly Stack[], platform?: Platform): Promise<Organization> {
  const read = organizationReader(contextOf(await emptySandbox(), stacks, platform));
  const model = await read();
  if (!model) throw new Error('there is a model of every assembly');
  return model;
}

const accountOf = ({ accounts }: Organization, name: string): Organization['accounts'][number] => {
  const found = accounts.find((account) => account.name === name);
  if (!found) throw new Error(`no account ${name}`);
  return found;
};

test('the deployed platform: jobs, cells, who may assume the target role on which condition, what each stack contains', async () => {
  const platform = await deployedPlatform();
  const read = organizationReader(contextOf(platform.sandbox, platform.stacks, shippedPlatform));
  const model = await read();
  if (!model) throw new Error('it is deployed');
  const { managementAccount, id } = shippedPlatform.organization;
  expect(model.accounts.map(({ name, jobs }) => [name, ...jobs])).toEqual([
    ...shippedPlatform.accounts.map(({ name }) => (['tooling', 'monitoring'].includes(name) ? [name, name] : [name])),
    ['management account', 'management'],
  ]);
  expect(model.accounts.at(-1)).toMatchObject({ id: managementAccount, stacks: [], roles: [] });
  const [tenant] = model.tenants;
  expect(tenant?.cells.map(({ wave, stages }) => [wave, ...stages.map(({ name }) => name)])).toEqual([
    ['dev', 'parent', 'child'],
    ['prod', 'parent', 'child'],
  ]);
  const child = accountOf(model, 'word-child-dev');
  const parent = accountOf(model, 'word-parent-dev');
  const target = child.roles.find(({ arn }) => arn.endsWith('-target'));
  expect(target?.trusts).toMatchObject([{ account: parent.id }]);
  expect(target?.trusts[0]?.conditions.join('; ')).toMatch(/external id is /);
  expect(target?.trusts[0]?.conditions.join('; ')).toMatch(new RegExp(`role is arn:aws:iam::${parent.id}:role/`));
  expect(target?.grants.map((place) => model.actions[place])).toContain('states:StartExecution');
  expect(model.starts).toContainEqual({
    from: parent.machines[0]?.arn,
    to: tenant?.cells[0]?.stages[1]?.machine,
    role: target?.arn,
    waits: true,
  });
  const viewer = child.roles.find(({ arn }) => arn.endsWith('crosswind-viewer'));
  expect(viewer?.trusts).toMatchObject([
    { account: accountOf(model, 'tooling').id, conditions: [`organization is ${id}`] },
  ]);
  expect(child.seenBy).toEqual([accountOf(model, 'monitoring').id]);
  const stack = child.stacks.find(({ name }) => name.endsWith('-child'));
  expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', counts: { machines: 2 } });
  expect(stack?.counts.functions).toBeGreaterThan(0);
  const alarms = accountOf(model, 'monitoring').stacks.reduce((sum, { counts }) => sum + counts.alarms, 0);
  expect(alarms).toBe(platform.sandbox.observability.alarms.length);
  expect(await read()).toBe(model);
  expect(child.limits).toMatchObject({ openMapRuns: 1_000 });
  platform.sandbox.changeQuotas(child.id, { lambdaConcurrency: 7 });
  const granted = await read();
  expect(granted && accountOf(granted, 'word-child-dev').limits?.lambdaConcurrency).toBe(7);
  const changed = platform.stacks.find(({ name }) => name === stack?.name);
  if (!changed) throw new Error('it is in the assembly');
  const resources = changed.resources.map((each) =>
    each.arn === target?.arn
      ? {
          ...each,
          properties: { ...each.properties, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
        }
      : each,
  );
  await platform.sandbox.deploy({ ...changed, resources });
  const after = await read();
  expect(after).not.toBe(model);
  expect(after && accountOf(after, 'word-child-dev').roles.find(({ arn }) => arn === target?.arn)?.trusts).toEqual([]);
  await platform.close();
});

test.each([40, 200])(
  'a platform with %i accounts of tenants: a cell for each pair, at most 6 kB for each account',
  async (count) => {
    const platform = platformOf(platformIn(count));
    const model = await organizationOf(synthesize(platform).stacks, platform);
    expect(model.tenants.length).toBe(count / 2);
    expect(model.accounts.length).toBe(count + 3);
    expect(model.starts.length).toBe(count / 2);
    expect(model.accounts.every(({ stacks }) => stacks.every(({ status }) => status === null))).toBe(true);
    expect(JSON.stringify(model).length / model.accounts.length).toBeLessThan(6_000);
  },
);

test('tenants of one and of three stages: each stage in the order of the starts', async () => {
  const { platform, synthesized } = exampleOf(stageCountsFile, fixtures);
  const model = await organizationOf(synthesized().stacks, platform);
  expect(
    model.tenants.map(({ name, cells }) => [name, ...cells.flatMap(({ stages }) => stages.map((stage) => stage.name))]),
  ).toEqual([
    ['chain', 'entry', 'middle', 'last'],
    ['mirror', 'only'],
  ]);
});

test('an account that is pending: the cell says why it has no stacks', async () => {
  const text = platformIn(2).replace('name: tenant-0-child,', 'name: tenant-0-child, state: pending,');
  const platform = platformOf(text);
  const model = await organizationOf(synthesize(platform).stacks, platform);
  expect(model.tenants[0]?.cells[0]).toMatchObject({ withheld: ['account tenant-0-child is pending'], freezes: [] });
});

test('an app that is not the platform: accounts with their stacks and the start between them, no tenant', async () => {
  const directory = temporaryDirectory();
  synthesizeForeignApp(join(directory, 'cdk.out'));
  const stacks = resolveTolerantly(readAssembly(join(directory, 'cdk.out'), agnosticEnvironment));
  const model = await organizationOf(stacks);
  expect(model).toMatchObject({ id: null, waves: [], tenants: [] });
  const names = new Map(model.accounts.map(({ id, stacks: own }) => [id, own.map(({ name }) => name)]));
  expect(names.get(backAccount)).toEqual(['Back']);
  expect(names.get(frontAccount)).toEqual(expect.arrayContaining(['Front', 'Anywhere']));
  expect(model.starts).toMatchObject([{ role: `arn:aws:iam::${backAccount}:role/greeter-target`, waits: true }]);
});
