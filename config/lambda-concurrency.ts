import type { Account, Platform, Settings } from './schema.ts';

/** A setting that bounds how many functions of a stage run at a time, lowered to what its account has. */
export interface BoundedSetting {
  readonly stage: string;
  /** Name of the account of the stage. */
  readonly account: string;
  /** Name of the setting. */
  readonly setting: string;
  /** Its value in the file, or its default. */
  readonly stated: number;
  /** Lambda concurrency of the account, as the file states it. */
  readonly lambdaConcurrency: number;
  /** Stages that share the account and are bounded, this one included. */
  readonly sharedBy: number;
  /** The smaller one of what is stated and the share of the stage. */
  readonly effective: number;
}

/**
 * A fifth of an account's concurrency stays free: for its other functions, such as importers and custom resources, and so
 * that bounded stages alone stay below the alarm at 90 % of the quota.
 */
const reserveOf = (lambdaConcurrency: number): number => Math.ceil(lambdaConcurrency / 5);

/** Bounded stages by name of the account; those of placements that are not deployed yet count, too. */
export function concurrentStages({ tenants }: Pick<Platform, 'tenants'>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { stages } of tenants.flatMap(({ waves }) => Object.values(waves))) {
    for (const { account, concurrencySetting } of stages) {
      if (concurrencySetting !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
    }
  }
  return counts;
}

interface ConcurrentStage {
  readonly name: string;
  readonly account: Account;
  readonly concurrencySetting?: string;
}

/** The settings of a placement that bound concurrency, each with what becomes of it. */
export const boundedSettings = (
  stages: readonly ConcurrentStage[],
  settings: Settings,
  sharing: ReadonlyMap<string, number>,
): readonly BoundedSetting[] =>
  stages.flatMap(({ name, account, concurrencySetting: setting }) => {
    if (setting === undefined) return [];
    const { lambdaConcurrency } = account.quotas;
    const [stated, sharedBy] = [Number(settings[setting]), sharing.get(account.name) ?? 1];
    const effective = Math.min(stated, shareOf(lambdaConcurrency, sharedBy));
    return [{ stage: name, account: account.name, setting, stated, lambdaConcurrency, sharedBy, effective }];
  });

/** At least 1: a map without concurrency would not run. */
const shareOf = (lambdaConcurrency: number, sharedBy: number): number =>
  Math.max(1, Math.floor((lambdaConcurrency - reserveOf(lambdaConcurrency)) / sharedBy));

/** The settings as they are deployed; one that bounds two stages is lowered to the smaller share. */
export const loweredSettings = (settings: Settings, bounded: readonly BoundedSetting[]): Settings =>
  bounded.reduce<Settings>(
    (lowered, { setting, effective }) => ({ ...lowered, [setting]: Math.min(Number(lowered[setting]), effective) }),
    settings,
  );
