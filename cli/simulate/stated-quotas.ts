import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import type { Deployment } from '../../config/deployments.ts';
import { boundedSettings, concurrentStages } from '../../config/lambda-concurrency.ts';
import type { Platform } from '../../config/schema.ts';

/** Quotas of a simulation: each account has those that the platform states for it, unless an option gives one for all. */
export function statedQuotas({ accounts }: Platform, given: QuotaSettings): QuotaSettings {
  if (given.lambdaConcurrency !== undefined) return given;
  return { ...given, accounts: Object.fromEntries(accounts.map(({ id, quotas }) => [id, quotas])) };
}

/**
 * Settings of the tenant as an account with the given Lambda concurrency would have them, if that is what the platform
 * stated; `--set` decides before it.
 */
export function settingsFor(
  platform: Platform,
  { tenant, stages, settings }: Deployment,
  { lambdaConcurrency }: QuotaSettings,
  given: readonly string[],
): readonly string[] {
  if (lambdaConcurrency === undefined) return given;
  const granted = stages.map((stage) => ({ ...stage, account: { ...stage.account, quotas: { lambdaConcurrency } } }));
  const bounded = boundedSettings(granted, settings, concurrentStages(platform));
  const lowered = bounded
    .filter(({ stated, effective }) => effective < stated)
    .map(({ setting, effective }) => `${tenant.name}.${setting}=${effective}`);
  const isGiven = (text: string): boolean => given.some((other) => other.startsWith(text.replace(/=.*$/, '=')));
  return [...given, ...lowered.filter((text) => !isGiven(text))];
}
