import { z } from 'zod';
import type { Stack } from '@crosswind/assembly/resolve';
import type { Account, Platform, Tenant } from '../../../config/schema.ts';
import { consequences, shown } from '../../../onboarding/consequences.ts';
import type { Comparison } from '../comparison.ts';
import { tenantMoves } from '../movement.ts';
import { type PlacedStack, placedStack, placedStackOf, isKeptBy, stacksByOwner } from './placed-stacks.ts';

export const placementChange = z
  .strictObject({
    subject: z
      .enum(['account', 'tenant', 'stacks'])
      .describe('`stacks`: of neither an account nor a tenant that changes.'),
    name: z.string(),
    change: z.enum(['joins', 'leaves', 'moves', 'changes']),
    details: z.array(z.string()).describe('For example `child in wave dev: from a 111111111111 to b 222222222222`.'),
    created: z.array(placedStack),
    leftBehind: z
      .array(placedStack)
      .describe('Stacks that no push deploys any more. They stay in their account, with their data and their trust.'),
    trusted: z.array(z.string()).describe('Who may do what in an account because of it, as sentences.'),
  })
  .describe('An account or tenant that joins, leaves, moves or changes.');

export type PlacementChange = z.infer<typeof placementChange>;

type Entry = Pick<PlacementChange, 'subject' | 'name' | 'change' | 'details'> & { readonly account?: Account };

/**
 * Accounts that join, leave and change, then tenants, then stacks of neither.
 * @param known new stacks with policies that were there before
 */
export function placementChanges(
  { before: { platform: before }, after: { platform: after }, pairs }: Comparison,
  known: ReadonlySet<Stack>,
): readonly PlacementChange[] {
  const entries = [...accountEntries(before, after), ...tenantEntries(before, after)];
  const { trusted } = consequences(before, after);
  const own = ({ subject, name, account }: Entry): readonly string[] =>
    subject === 'account' && account
      ? trusted.filter(
          (sentence) => sentence.startsWith(`${shown(account)} lets`) && sentence.endsWith('once it is bootstrapped'),
        )
      : trusted.filter((sentence) => [`of ${name} in `, `run ${name} `].some((part) => sentence.includes(part)));
  const accounts = entries.filter(({ subject }) => subject === 'account').map(({ account }) => account?.id ?? '');
  const tenants = entries.filter(({ subject }) => subject === 'tenant').map(({ name }) => name);
  const owners = { accounts: new Set(accounts), tenants: new Set(tenants) };
  const [wasKept, isKept] = [isKeptBy(before), isKeptBy(after)];
  const created = stacksByOwner(
    pairs.added.filter((stack) => !wasKept(stack)),
    after,
    owners,
  );
  const gone = stacksByOwner(
    pairs.gone.filter((stack) => !isKept(stack)),
    before,
    owners,
  );
  const of = (stacks: ReadonlyMap<string, readonly Stack[]>, key: string): PlacedStack[] =>
    (stacks.get(key) ?? []).map((stack) => placedStackOf(stack, known.has(stack)));
  const all = entries.map(({ account, ...entry }): PlacementChange => {
    const key = entry.subject === 'account' ? `account ${account?.id ?? ''}` : `tenant ${entry.name}`;
    return {
      ...entry,
      created: of(created, key),
      leftBehind: of(gone, key),
      trusted: [...own({ ...entry, ...(account && { account }) })],
    };
  });
  const others = { created: of(created, 'others'), leftBehind: of(gone, 'others') };
  const details = [
    ...pairs.gone.filter(isKept).map((stack) => `${placeText(stack)} stays as it is: frozen`),
    ...pairs.added.filter(wasKept).map((stack) => `${placeText(stack)} is deployed again: not frozen any more`),
  ];
  return others.created.length + others.leftBehind.length + details.length === 0
    ? all
    : [...all, { subject: 'stacks', name: 'stacks', change: 'changes', details, ...others, trusted: [] }];
}

const placeText = ({ name, account, region }: Stack): string => `${name} in ${account} and ${region}`;

const isOpen = ({ state }: Account): boolean => state === 'active' || state === 'draining';

function accountEntries(before: Platform, after: Platform): readonly Entry[] {
  const was = new Map<string, Account>(before.accounts.map((each) => [each.id, each]));
  const is = new Set<string>(after.accounts.map(({ id }) => id));
  const entry = (account: Account, change: Entry['change'], details: readonly string[]): Entry => ({
    ...{ subject: 'account', name: shown(account), change, details: [...details], account },
  });
  return [
    ...after.accounts.flatMap((account): readonly Entry[] => {
      const old = was.get(account.id);
      if (!old) return [entry(account, 'joins', account.state === 'active' ? [] : [`state ${account.state}`])];
      const details = differences(old, account);
      if (details.length === 0) return [];
      if (isOpen(account) !== isOpen(old)) return [entry(account, isOpen(account) ? 'joins' : 'leaves', details)];
      return [entry(account, 'changes', details)];
    }),
    ...before.accounts.filter(({ id }) => !is.has(id)).map((account) => entry(account, 'leaves', [])),
  ];
}

function tenantEntries(before: Platform, after: Platform): readonly Entry[] {
  const was = new Map(before.tenants.map((tenant) => [tenant.name, tenant]));
  const is = new Set(after.tenants.map(({ name }) => name));
  const moves = tenantMoves(before, after);
  return [
    ...after.tenants.flatMap((tenant): readonly Entry[] => {
      const { name } = tenant;
      const old = was.get(name);
      if (!old) return [{ subject: 'tenant', name, change: 'joins', details: [...placesOf(tenant)] }];
      const moved = moves
        .filter((move) => move.tenant === name)
        .map(({ wave, stage, from, to }) => `${stage} in wave ${wave}: from ${shown(from)} to ${shown(to)}`);
      const details = [...moved, ...tenantDifferences(old, tenant)];
      if (details.length === 0) return [];
      return [{ subject: 'tenant', name, change: moved.length > 0 ? 'moves' : 'changes', details }];
    }),
    ...before.tenants
      .filter(({ name }) => !is.has(name))
      .map((tenant): Entry => ({
        subject: 'tenant',
        name: tenant.name,
        change: 'leaves',
        details: [...placesOf(tenant)],
      })),
  ];
}

const placesOf = ({ waves }: Tenant): readonly string[] =>
  Object.entries(waves).flatMap(([wave, { stages }]) =>
    stages.map(({ stage, account }) => `${stage} in wave ${wave}: ${account}`),
  );

/** Differences of an account, as `state: active → draining`. */
const differences = (before: Account, after: Account): readonly string[] =>
  (['name', 'email', 'organizationalUnit', 'state', 'frozen', 'region', 'quotas'] as const).flatMap((key) =>
    difference(key, before[key], after[key]),
  );

function tenantDifferences(before: Tenant, after: Tenant): readonly string[] {
  const waves = [...new Set([...Object.keys(before.waves), ...Object.keys(after.waves)])];
  return [
    ...(['owner', 'state', 'workload'] as const).flatMap((key) => difference(key, before[key], after[key])),
    ...waves.flatMap((wave): readonly string[] => {
      const [old, next] = [before.waves[wave], after.waves[wave]];
      if (!old) return [`joins wave ${wave}`];
      if (!next) return [`leaves wave ${wave}`];
      const settings = [...new Set([...Object.keys(old.settings), ...Object.keys(next.settings)])];
      return [
        ...settings.flatMap((name) => difference(`${name} in wave ${wave}`, old.settings[name], next.settings[name])),
        ...difference(`schedule in wave ${wave}`, old.schedule, next.schedule),
      ];
    }),
  ];
}

function difference(what: string, before: unknown, after: unknown): readonly string[] {
  const [old, next] = [before, after].map(textOfValue);
  return old === next ? [] : [`${what}: ${old} → ${next}`];
}

const textOfValue = (value: unknown): string => {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
