import type { Account, AccountName, Platform, Schedule, Tenant, TenantInWave, Wave } from './schema.ts';

/** One tenant in one wave, with its accounts looked up. */
export interface Placement {
  readonly tenant: Tenant;
  readonly parent: Account;
  readonly child: Account;
  /** Region of both accounts. */
  readonly region: string;
  readonly settings: TenantInWave['settings'];
  /** How often the parent starts by itself; absent where it never does. */
  readonly schedule?: Schedule;
}

/** A placement whose stacks exist. */
export interface Deployment extends Placement {
  /** Why its stacks stay as they are for now, for example `wave prod is frozen`; empty when they are deployed. */
  readonly freezes: readonly string[];
}

/** A placement that has no stacks. */
export interface WithheldPlacement extends Placement {
  /** Why, for example `account wind-child-dev is pending`. */
  readonly reasons: readonly string[];
}

/** A wave and what is deployed in it, in the order of the file. */
export interface PlannedWave {
  readonly wave: Wave;
  /** May be empty, when accounts are pending or detached. */
  readonly deployments: readonly Deployment[];
  readonly withheld: readonly WithheldPlacement[];
}

/** What is deployed when: the waves in order, each with its tenants. */
export function plannedWaves(platform: Platform): readonly PlannedWave[] {
  const accounts = new Map<string, Account>(platform.accounts.map((account) => [account.name, account]));
  return platform.waves.map((wave) => {
    const placements = platform.tenants.flatMap((tenant) => {
      const placed = tenant.waves[wave.name];
      return placed ? [placement(accounts, tenant, placed)] : [];
    });
    return {
      wave,
      deployments: placements
        .filter((placed) => withheldBy(placed).length === 0)
        .map((placed) => ({ ...placed, freezes: freezesOf(wave, placed) })),
      withheld: placements
        .map((placed) => ({ ...placed, reasons: withheldBy(placed) }))
        .filter(({ reasons }) => reasons.length > 0),
    };
  });
}

function placement(accounts: ReadonlyMap<string, Account>, tenant: Tenant, placed: TenantInWave): Placement {
  const parent = known(accounts.get(placed.parent), placed.parent);
  const child = known(accounts.get(placed.child), placed.child);
  return { tenant, parent, child, region: parent.region, settings: placed.settings, schedule: placed.schedule };
}

/** A workflow runs across two accounts: it has stacks in both, or in none. */
const withheldBy = ({ parent, child }: Placement): readonly string[] =>
  [parent, child]
    .filter(({ state }) => state === 'pending' || state === 'detached')
    .map(({ name, state }) => `account ${name} is ${state}`);

/** Parent and child change together, so what freezes one freezes both. */
function freezesOf(wave: Wave, { parent, child }: Placement): readonly string[] {
  return [
    ...(wave.frozen ? [`wave ${wave.name} is frozen`] : []),
    ...[parent, child].flatMap(({ name, state, frozen }) => [
      ...(frozen ? [`account ${name} is frozen`] : []),
      ...(state === 'draining' ? [`account ${name} is draining`] : []),
    ]),
  ];
}

/** The account of that name; parsing has made sure that it exists. */
export function accountNamed(platform: Platform, name: AccountName): Account {
  return known(
    platform.accounts.find((candidate) => candidate.name === name),
    name,
  );
}

function known(account: Account | undefined, name: string): Account {
  if (!account) throw new Error(`account "${name}" is not in the platform`);
  return account;
}

/** Where the workflows of a deployment live, in the terms of the services. */
export function addressOf({ tenant, parent, child, region }: Placement) {
  return { tenant: tenant.name, region, parentAccount: parent.id, childAccount: child.id };
}
