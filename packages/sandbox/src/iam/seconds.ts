/** Seconds at each end that are kept one by one. */
const keptAtEachEnd = 300;

/** Counts by second of virtual time: of a long run the first and the last seconds, and the busiest one of all. */
export class Seconds {
  /** Start of a second, in milliseconds since the epoch, and the count in it; in order. */
  readonly #kept: [second: number, times: number][] = [];
  /** Seconds in the middle that are not kept. */
  dropped = 0;
  #busiest: readonly [second: number, times: number] = [0, 0];

  /** @param at milliseconds since the epoch; never before the one that was counted last */
  count(at: number): void {
    const second = Math.floor(at / 1_000) * 1_000;
    let latest = this.#kept.at(-1);
    if (latest?.[0] !== second) {
      latest = [second, 0];
      this.#kept.push(latest);
      if (this.#kept.length > 2 * keptAtEachEnd) {
        this.#kept.splice(keptAtEachEnd, 1);
        this.dropped += 1;
      }
    }
    latest[1] += 1;
    if (latest[1] > this.#busiest[1]) this.#busiest = [...latest];
  }

  get kept(): readonly (readonly [second: number, times: number])[] {
    return this.#kept;
  }

  get busiest(): readonly [second: number, times: number] {
    return this.#busiest;
  }
}
