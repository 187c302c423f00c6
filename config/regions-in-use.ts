import { plannedWaves } from './deployments.ts';
import type { Account, Platform } from './schema.ts';

/** Every account that runs a tenant, once, in the order of the file. */
export function workloadAccounts(platform: Platform): readonly Account[] {
  const used = new Set<Account>(
    plannedWaves(platform)
      .flatMap(({ deployments }) => deployments)
      .flatMap(({ stages }) => stages.map(({ account }) => account)),
  );
  return platform.accounts.filter((account) => used.has(account));
}

/** The platform's own region and every other one that a tenant runs in. */
export const regionsInUse = (platform: Platform): readonly string[] => [
  ...new Set([platform.region, ...workloadAccounts(platform).map(({ region }) => region)]),
];
