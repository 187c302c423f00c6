import type { Place } from './metric.ts';

/** How many of something are open in each account and region. */
export class Gauge {
  readonly #open = new Map<string, { readonly place: Place; count: number }>();

  /** Changes the count of a place and returns it. */
  change({ account, region }: Place, by: 1 | -1): number {
    const key = `${account}/${region}`;
    const entry = this.#open.get(key) ?? { place: { account, region }, count: 0 };
    entry.count += by;
    if (entry.count === 0) this.#open.delete(key);
    else this.#open.set(key, entry);
    return entry.count;
  }

  count({ account, region }: Place): number {
    return this.#open.get(`${account}/${region}`)?.count ?? 0;
  }

  /** The places where something is open. */
  counts(): readonly { readonly place: Place; readonly count: number }[] {
    return [...this.#open.values()];
  }
}
