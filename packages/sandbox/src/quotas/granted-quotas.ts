import { type Bucket, type Quotas, defaultQuotas } from '@crosswind/aws/quotas';
import type { Environment } from '@crosswind/assembly/read-assembly';

/** Quotas that AWS has granted above or below its defaults. */
export interface QuotaSettings extends Partial<Quotas> {
  /**
   * Quotas that differ in an account, by account id.
   *
   * @default - every account has the same
   */
  readonly accounts?: Readonly<Record<string, Partial<Quotas>>>;
}

/** The quotas of an account in a region. */
export type QuotasOf = (place: Environment) => Quotas;

/** AWS's defaults, and what was granted instead. Nothing may be 0, because nothing would ever go on. */
export function grantedQuotas({ accounts = {}, ...everywhere }: QuotaSettings = {}): QuotasOf {
  for (const granted of [everywhere, ...Object.values(accounts)]) check(granted);
  const known = new Map<string, Quotas>();
  return ({ account, region }) => {
    const key = `${account}/${region}`;
    const quotas = known.get(key) ?? [everywhere, accounts[account] ?? {}].reduce(granting, defaultQuotas(region));
    known.set(key, quotas);
    return quotas;
  };
}

const granting = (quotas: Quotas, granted: Partial<Quotas>): Quotas => ({
  ...quotas,
  ...granted,
  actions: { ...quotas.actions, ...granted.actions },
});

function check({ actions = {}, ...granted }: Partial<Quotas>): void {
  for (const [name, quota] of Object.entries<number | Bucket>({ ...granted, ...actions })) {
    const { size, refillPerSecond } = typeof quota === 'number' ? { size: quota, refillPerSecond: 1 } : quota;
    for (const [what, value] of Object.entries({ size, refillPerSecond })) {
      if (Number.isInteger(value) && value > 0) continue;
      throw new Error(`quota ${name} must be whole numbers above 0, got ${value} as ${what}`);
    }
  }
}
