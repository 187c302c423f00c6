import type { Environment } from '@crosswind/assembly/read-assembly';

/** How many of something are open in each account and region. */
export class Gauge {
  readonly #open = new Map<string, { readonly place: Environment; count: number }>();

  /** Changes the count of a place and returns it. */
  change({ account, region }: Environment, by: 1 | -1): number {
    const key = `${account}/${region}`;
    const entry = this.#open.get(key) ?? { place: { account, region }, count: 0 };
    entry.count += by;
    if (entry.count === 0) this.#open.delete(key);
    else this.#open.set(key, entry);
    return entry.count;
  }

  count({ account, region }: Environment): number {
    return this.#open.get(`${account}/${region}`)?.count ?? 0;
  }

  /** The places where something is open. */
  counts(): readonly { readonly place: Environment; readonly count: number }[] {
    return [...this.#open.values()];
  }
}
