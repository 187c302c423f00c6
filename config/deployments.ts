import type { Account, AccountName, Platform, Tenant, TenantInWave, Wave } from './schema.ts';

/** One tenant in one wave, with its accounts looked up. */
export interface Deployment {
  readonly tenant: Tenant;
  readonly parent: Account;
  readonly child: Account;
  readonly settings: TenantInWave['settings'];
}

/** A wave and what is deployed in it, in the order of the file. */
export interface PlannedWave {
  readonly wave: Wave;
  readonly deployments: readonly Deployment[];
}

/** What is deployed when: the waves in order, each with its tenants. */
export function plannedWaves(platform: Platform): readonly PlannedWave[] {
  return platform.waves.map((wave) => ({
    wave,
    deployments: platform.tenants.flatMap((tenant) => {
      const placement = tenant.waves[wave.name];
      if (!placement) return [];
      const { parent, child, settings } = placement;
      return [{ tenant, parent: accountNamed(platform, parent), child: accountNamed(platform, child), settings }];
    }),
  }));
}

/** The account of that name; parsing has made sure that it exists. */
export function accountNamed(platform: Platform, name: AccountName): Account {
  const account = platform.accounts.find((candidate) => candidate.name === name);
  if (!account) throw new Error(`account "${name}" is not in the platform`);
  return account;
}
