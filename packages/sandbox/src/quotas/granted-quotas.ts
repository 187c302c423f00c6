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

/**
 * AWS's defaults, and what was granted instead. Nothing that is enforced may be 0, because nothing would ever go on. What
 * is only reported may: a new account has such quotas.
 */
export class GrantedQuotas {
  readonly #inTheBeginning: Readonly<Record<string, Partial<Quotas>>>;
  readonly #granted: Record<string, Partial<Quotas>>;
  readonly #everywhere: Partial<Quotas>;
  readonly #known = new Map<string, Quotas>();

  constructor({ accounts = {}, ...everywhere }: QuotaSettings = {}) {
    for (const granted of [everywhere, ...Object.values(accounts)]) check(granted);
    this.#inTheBeginning = accounts;
    this.#granted = { ...accounts };
    this.#everywhere = everywhere;
  }

  readonly of: QuotasOf = ({ account, region }) => {
    const key = `${account}/${region}`;
    const granted = [this.#everywhere, this.#granted[account] ?? {}];
    const quotas = this.#known.get(key) ?? granted.reduce<Quotas>(granting, defaultQuotas(region));
    this.#known.set(key, quotas);
    return quotas;
  };

  /** Grants an account other quotas from now on; what is not given stays as it is. */
  change(account: string, granted: Partial<Quotas>): void {
    check(granted);
    this.#set(account, granting(this.#granted[account] ?? {}, granted));
  }

  /** Grants an account what it had in the beginning. */
  restore(account: string): void {
    this.#set(account, this.#inTheBeginning[account] ?? {});
  }

  #set(account: string, granted: Partial<Quotas>): void {
    this.#granted[account] = granted;
    for (const key of this.#known.keys()) if (key.startsWith(`${account}/`)) this.#known.delete(key);
  }
}

const granting = <Known extends Partial<Quotas>>(quotas: Known, granted: Partial<Quotas>): Known => ({
  ...quotas,
  ...granted,
  actions: { ...quotas.actions, ...granted.actions },
  applied: { ...quotas.applied, ...granted.applied },
});

function check({ actions = {}, applied = {}, ...granted }: Partial<Quotas>): void {
  for (const [name, value] of Object.entries(applied)) {
    if (Number.isInteger(value) && value >= 0 && name.includes('/')) continue;
    throw new Error(
      `applied quota must be a whole number by service and code, such as iam/L-FE177D64: got ${name}: ${value}`,
    );
  }
  for (const [name, quota] of Object.entries<number | Bucket>({ ...granted, ...actions })) {
    const { size, refillPerSecond } = typeof quota === 'number' ? { size: quota, refillPerSecond: 1 } : quota;
    for (const [what, value] of Object.entries({ size, refillPerSecond })) {
      if (Number.isInteger(value) && value > 0) continue;
      throw new Error(`quota ${name} must be whole numbers above 0, got ${value} as ${what}`);
    }
  }
}
