import type { Deployment } from '../../config/deployments.ts';
import type { Platform } from '../../config/schema.ts';

/** The platform without the accounts of others, whose baselines a run does not need. */
export function withAccountsOf(platform: Platform, { stages, tenant }: Deployment): Platform {
  const own: readonly string[] = stages.map(({ account }) => account.name);
  const { pipeline, monitoring } = platform;
  const isNeeded = (name: string): boolean => [...own, pipeline.account, monitoring.account].includes(name);
  return {
    ...platform,
    accounts: platform.accounts.filter(({ name }) => isNeeded(name)),
    tenants: platform.tenants.filter(({ name }) => name === tenant.name),
  };
}
