import { z } from 'zod';
import type { Stack } from '@crosswind/assembly/resolve';
import { observabilityStageName, probesStageName, stacksOfStage } from '../../../config/deployed-stacks.ts';
import type { Platform } from '../../../config/schema.ts';
import { dataOf } from '../stop/data-types.ts';

export const placedStack = z
  .strictObject({
    name: z.string(),
    account: z.string().describe('Id of the account.'),
    region: z.string(),
    resources: z.number(),
    data: z
      .array(z.strictObject({ type: z.string(), count: z.number() }))
      .describe('Resources of it that hold data, by type.'),
    hasKnownAccess: z
      .boolean()
      .describe(
        'True for a new stack with the policies of one that was there before: `access` and `trust` leave it out.',
      ),
  })
  .describe('A whole stack.');

export type PlacedStack = z.infer<typeof placedStack>;

/** The stack with the number of its resources, and what of it holds data. */
export function placedStackOf({ name, account, region, resources }: Stack, hasKnownAccess: boolean): PlacedStack {
  const counts = new Map<string, number>();
  for (const { type, properties } of resources) {
    if (dataOf(type, properties)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const data = [...counts].map(([type, count]) => ({ type, count }));
  return { name, account, region, resources: resources.length, data, hasKnownAccess };
}

/** Accounts (ids) and tenants (names) that change. */
export interface Owners {
  readonly accounts: ReadonlySet<string>;
  readonly tenants: ReadonlySet<string>;
}

/**
 * Stacks by what they come or go with: `tenant <name>` for those of a tenant that changes, else `account <id>` for those
 * of an account that does, else the tenant that changes in their account, else `others`.
 */
export function stacksByOwner(
  stacks: readonly Stack[],
  platform: Platform,
  { accounts, tenants }: Owners,
): ReadonlyMap<string, readonly Stack[]> {
  const tenantOf = tenantsOfStacks(platform);
  const tenantIn = tenantsOfAccounts(platform, tenants);
  const owned = new Map<string, Stack[]>();
  for (const stack of stacks) {
    const tenant = tenantOf.get(keyOf(stack));
    const inAccount = tenantIn.get(stack.account);
    const others = inAccount === undefined ? 'others' : `tenant ${inAccount}`;
    const ofAccount = accounts.has(stack.account) ? `account ${stack.account}` : others;
    const owner = tenant !== undefined && tenants.has(tenant) ? `tenant ${tenant}` : ofAccount;
    owned.set(owner, [...(owned.get(owner) ?? []), stack]);
  }
  return owned;
}

/** Names of tenants that change by the ids of their accounts. */
function tenantsOfAccounts(platform: Platform, tenants: ReadonlySet<string>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>(platform.accounts.map(({ id, name }) => [name, id]));
  const placed = platform.tenants.filter(({ name }) => tenants.has(name));
  return new Map(
    placed.flatMap(({ name, waves }) =>
      Object.values(waves).flatMap(({ stages }) =>
        stages.map(({ account }): [string, string] => [ids.get(account) ?? '', name]),
      ),
    ),
  );
}

type Placed = Pick<Stack, 'account' | 'region' | 'name'>;

const keyOf = ({ account, region, name }: Placed): string => `${account} ${region} ${name}`;

/** Names of tenants by the keys of their stacks. */
function tenantsOfStacks(platform: Platform): ReadonlyMap<string, string> {
  return new Map(
    allStacks(platform).flatMap(({ tenant, ...stack }): readonly [string, string][] =>
      tenant === undefined ? [] : [[keyOf(stack), tenant]],
    ),
  );
}

/** Every stack that the pipeline deploys, or would if nothing was frozen. */
function allStacks(platform: Platform) {
  const thawed: Platform = {
    ...platform,
    waves: platform.waves.map((wave) => ({ ...wave, frozen: false })),
    accounts: platform.accounts.map((account) => ({
      ...account,
      frozen: false,
      state: account.state === 'draining' ? 'active' : account.state,
    })),
  };
  const stages = [...platform.waves.map(({ name }) => name), observabilityStageName, probesStageName];
  return stages.flatMap((stage) => stacksOfStage(thawed, stage));
}

/** True for a stack that a platform has and that stays as it is, because its wave or an account is frozen. */
export function isKeptBy(platform: Platform): (stack: Placed) => boolean {
  const keys = new Set(allStacks(platform).map(keyOf));
  return (stack) => keys.has(keyOf(stack));
}
