import type { Bucket, Quotas } from '@crosswind/aws/quotas';
import type { Change } from './change-log.ts';

/** A change for each quota that an account is granted. */
export const quotaChanges = (
  account: string,
  { actions = {}, applied = {}, ...granted }: Partial<Quotas>,
): readonly Omit<Change, 'id' | 'at'>[] =>
  Object.entries<number | Bucket>({ ...granted, ...actions, ...applied }).map(([name, quota]) => ({
    account,
    kind: 'quota',
    resource: name,
    sentence: `quota ${name} of account ${account} is ${textOf(quota)} from now on`,
  }));

const textOf = (quota: number | Bucket): string =>
  typeof quota === 'number'
    ? String(quota)
    : `a bucket of ${quota.size}, refilled with ${quota.refillPerSecond} a second`;
