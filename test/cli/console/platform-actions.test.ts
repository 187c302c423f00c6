import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StartableModel } from '@crosswind/console/models/actions';
import { addOperatorRole } from '@crosswind/sandbox/iam/operator-role';
import type { ConsoleContext } from '../../../cli/console/console-context.ts';
import { actionsOf, answersOf } from '../../../cli/console/handlers.ts';
import { shippedPlatform } from '../../synthesized.ts';
import { clone } from '../../workloads.ts';
import { type DeployedPlatform, deployedPlatform } from '../deployed-platform.ts';

let deployed: DeployedPlatform;
let context: ConsoleContext;

beforeAll(async () => {
  deployed = await deployedPlatform();
  for (const { id } of shippedPlatform.accounts) {
    addOperatorRole(deployed.sandbox.identities, { account: id, partition: 'aws' });
  }
  context = {
    sandbox: deployed.sandbox,
    root: join(clone.root, 'test'),
    platform: shippedPlatform,
    accounts: shippedPlatform.accounts,
    stacks: deployed.stacks,
    results: () => Promise.resolve(new Map()),
  };
});
afterAll(() => deployed.close());

/** Policies of all roles whose name ends so, by role. */
const policiesOf = (role: string): unknown =>
  deployed.sandbox.identities.role(role)?.policies.map(({ name, document }) => ({ name, document }));

const target = 'arn:aws:iam::444444444444:role/crosswind-word-count-target';

test('entries of tenants can be started first, with the sample of their workload', async () => {
  const machines = (await answersOf(context)['startable']?.({})) as readonly StartableModel[];
  const [first] = machines;
  expect(first).toMatchObject({ title: 'word-count parent', account: '333333333333', isEntry: true });
  expect(JSON.parse(first?.input ?? '')).not.toEqual({});
  const entries = machines.map(({ isEntry }) => isEntry);
  expect(entries.lastIndexOf(true)).toBeLessThan(entries.indexOf(false));
  expect(new Set(machines.map(({ arn }) => arn)).size).toBe(machines.length);
});

test.each([
  ['states:DescribeExecution', target],
  ['sts:AssumeRole', 'arn:aws:iam::333333333333:role/crosswind-word-count-parent'],
])('%s is taken from a role of the platform and put back: nothing else changes', async (action, role) => {
  const { 'break-permission': take, 'fix-permission': fix } = actionsOf(context);
  const before = policiesOf(role);
  const count = deployed.sandbox.changes.count;
  const { statements } = (await take?.({ role, action })) as { readonly statements: readonly object[] };
  expect(JSON.stringify(policiesOf(role))).not.toContain(`"${action}"`);
  await expect(take?.({ role, action })).rejects.toThrow(`no policy of the role ${role} allows ${action}`);
  await fix?.({ document: 'identity policy', of: role, statements });
  expect(JSON.stringify(policiesOf(role))).toContain(`"${action}"`);
  expect(deployed.sandbox.changes.all.slice(count).map(({ resource }) => resource)).toEqual([role, role]);
  expect(allowedIn(policiesOf(role))).toEqual(allowedIn(before));
});

/** Pairs of an action and what it is allowed on, sorted. */
function allowedIn(policies: unknown): readonly string[] {
  const all = policies as readonly {
    readonly document: {
      readonly Statement: readonly { readonly Action: string | string[]; readonly Resource: unknown }[];
    };
  }[];
  return all
    .flatMap(({ document }) => document.Statement)
    .flatMap(({ Action: actions, ...rest }) => [actions].flat().map((each) => JSON.stringify([each, rest.Resource])))
    .sort();
}
