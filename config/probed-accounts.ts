import { type Deployment, plannedWaves } from './deployments.ts';
import type { Account, Platform } from './schema.ts';

/** An account with a probe, and the deployments of tenants that run in it. */
export interface ProbedAccount {
  readonly account: Account;
  readonly deployments: readonly Deployment[];
}

/**
 * Accounts that run a tenant and may change, in the order of the file. A frozen or draining account keeps the probe that it
 * has, and one that was frozen first has none. A tenant that leaves is not looked at.
 */
export function probedAccounts(platform: Platform): readonly ProbedAccount[] {
  const deployments = plannedWaves(platform)
    .flatMap((planned) => planned.deployments)
    .filter(({ tenant }) => tenant.state !== 'removed');
  return platform.accounts
    .filter(({ frozen, state }) => !frozen && state !== 'draining')
    .map((account) => ({
      account,
      deployments: deployments.filter(({ stages }) => stages.some((stage) => stage.account === account)),
    }))
    .filter((probed) => probed.deployments.length > 0);
}
