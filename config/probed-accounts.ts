import { type Deployment, plannedWaves } from './deployments.ts';
import type { Account, Platform } from './schema.ts';

/** An account with a probe, and the deployments of tenants that run in it. */
export interface ProbedAccount {
  readonly account: Account;
  readonly deployments: readonly Deployment[];
}

/** True for an account whose stacks may change: a frozen or draining one keeps the probe that it has, or has none. */
export const mayChange = ({ frozen, state }: Pick<Account, 'frozen' | 'state'>): boolean =>
  !frozen && state !== 'draining';

/**
 * Accounts that run a tenant and may change, in the order of the file. A tenant that leaves is not looked at.
 */
export function probedAccounts(platform: Platform): readonly ProbedAccount[] {
  const deployments = plannedWaves(platform)
    .flatMap((planned) => planned.deployments)
    .filter(({ tenant }) => tenant.state !== 'removed');
  return platform.accounts
    .filter(mayChange)
    .map((account) => ({
      account,
      deployments: deployments.filter(({ stages }) => stages.some((stage) => stage.account === account)),
    }))
    .filter((probed) => probed.deployments.length > 0);
}
