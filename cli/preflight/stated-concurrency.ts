import type { Account } from '../../config/schema.ts';

/** Lambda concurrency that new accounts have ("Getting started limits": reduced; 10 or 50 were seen). */
const newAccountConcurrency = 10;

/** Lambda concurrency that an account states in platform.yaml. */
export const statedConcurrency = (
  account: Account & { readonly quotas?: { readonly lambdaConcurrency?: number } },
): number => account.quotas?.lambdaConcurrency ?? newAccountConcurrency;
