import type { WorkloadAddress } from '../blocks/workflow/address.ts';
import { type BoundedSetting, boundedSettings, concurrentStages, loweredSettings } from './lambda-concurrency.ts';
import type { Account, AccountName, Platform, Schedule, Settings, Tenant, TenantInWave, Wave } from './schema.ts';

/** A stage of a placement, with its account looked up. */
export interface PlacedStage {
  readonly name: string;
  readonly account: Account;
  /** Stages whose workflows it starts. */
  readonly starts: readonly string[];
  /** Setting that bounds how many functions run at a time in it; absent where none does. */
  readonly concurrencySetting?: string;
  /** Minutes that its workflow may go on after what it started has ended; absent where the contract says nothing. */
  readonly runsOnMinutes?: number;
  /** Further workflows of its account that start its own one; absent where there are none. */
  readonly startedWithin?: readonly string[];
}

/** One tenant in one wave, with its accounts looked up. */
export interface Placement {
  readonly tenant: Tenant;
  /** In the order in which they are deployed; at least one. */
  readonly stages: readonly PlacedStage[];
  /** The stage that is started; one of `stages`. */
  readonly entry: PlacedStage;
  /** Region of all its accounts. */
  readonly region: string;
  /** As they are deployed: what bounds concurrency is lowered to what the accounts have. */
  readonly settings: Settings;
  /** The settings that bound concurrency, and why they are what they are. */
  readonly concurrency: readonly BoundedSetting[];
  /** How often the entry starts by itself; absent where it never does. */
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

/** The waves in order, each with its deployments and its withheld placements. */
export function plannedWaves(platform: Platform): readonly PlannedWave[] {
  const accounts = new Map<string, Account>(platform.accounts.map((account) => [account.name, account]));
  const sharing = concurrentStages(platform);
  return platform.waves.map((wave) => {
    const placements = platform.tenants.flatMap((tenant) => {
      const placed = tenant.waves[wave.name];
      return placed ? [placement(accounts, sharing, tenant, placed)] : [];
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

function placement(
  accounts: ReadonlyMap<string, Account>,
  sharing: ReadonlyMap<string, number>,
  tenant: Tenant,
  placed: TenantInWave,
): Placement {
  // A tenant that leaves is started no more.
  const schedule = tenant.state === 'removed' ? undefined : placed.schedule;
  const stages = placed.stages.map(({ stage, account, ...others }) => ({
    name: stage,
    account: known(accounts.get(account), account),
    ...others,
  }));
  const entry = stages.find(({ name }) => name === tenant.entry);
  if (!entry) throw new Error(`tenant "${tenant.name}" has no account for its entry "${tenant.entry}"`);
  const concurrency = boundedSettings(stages, placed.settings, sharing);
  const settings = loweredSettings(placed.settings, concurrency);
  return { tenant, stages, entry, region: entry.account.region, settings, concurrency, schedule };
}

/** The stages as people read them: the entry first, a called stage after its caller. */
export const fromEntry = ({ stages, entry }: Placement): readonly PlacedStage[] => [
  entry,
  ...stages.filter((stage) => stage !== entry).toReversed(),
];

const accountsOf = (placed: Placement): readonly Account[] => fromEntry(placed).map(({ account }) => account);

/** A workload runs across its accounts: it has stacks in all of them, or in none. */
const withheldBy = (placed: Placement): readonly string[] =>
  accountsOf(placed)
    .filter(({ state }) => state === 'pending' || state === 'detached')
    .map(({ name, state }) => `account ${name} is ${state}`);

/** All stages change together, so what freezes one freezes them all. */
function freezesOf(wave: Wave, placed: Placement): readonly string[] {
  return [
    ...(wave.frozen ? [`wave ${wave.name} is frozen`] : []),
    ...accountsOf(placed).flatMap(({ name, state, frozen }) => [
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

/** Where the workflows of a placement live, in the terms of the building blocks. */
export const addressOf = ({ tenant, stages, region }: Placement): WorkloadAddress => ({
  tenant: tenant.name,
  region,
  accounts: Object.fromEntries(stages.map(({ name, account }) => [name, account.id])),
});

/** True if there are tenants and all of them are deployed in all of their waves, so that a waiver that nothing needs is stale. */
export const allDeployed = (platform: Platform): boolean =>
  platform.tenants.length > 0 &&
  platform.tenants.every(({ waves, state }) => Object.keys(waves).length > 0 && state !== 'removed') &&
  plannedWaves(platform).every(
    ({ deployments, withheld }) => withheld.length === 0 && deployments.every(({ freezes }) => freezes.length === 0),
  );
