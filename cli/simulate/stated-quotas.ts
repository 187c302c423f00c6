import type { QuotaSettings } from '@crosswind/sandbox/quotas/granted-quotas';
import type { Platform } from '../../config/schema.ts';

/** Quotas of a simulation: each account has those that the platform states for it, unless an option gives one for all. */
export function statedQuotas({ accounts }: Platform, given: QuotaSettings): QuotaSettings {
  if (given.lambdaConcurrency !== undefined) return given;
  return { ...given, accounts: Object.fromEntries(accounts.map(({ id, quotas }) => [id, quotas])) };
}
