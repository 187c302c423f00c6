/** Distinct values that are kept exactly; of further ones two digits are kept, which is enough for a percentile. */
const exactValues = 1_000;

/** The values of a metric in a minute or more: enough for every statistic, in little memory. */
export class Distribution {
  #count = 0;
  #sum = 0;
  #minimum = Infinity;
  #maximum = -Infinity;
  readonly #times = new Map<number, number>();

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  get minimum(): number {
    return this.#minimum;
  }

  get maximum(): number {
    return this.#maximum;
  }

  /** How many distinct values are kept. */
  get kept(): number {
    return this.#times.size;
  }

  add(value: number): void {
    this.#count += 1;
    this.#sum += value;
    this.#minimum = Math.min(this.#minimum, value);
    this.#maximum = Math.max(this.#maximum, value);
    this.#keep(value, 1);
  }

  /** Takes up what another distribution holds. */
  merge(other: Distribution): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#minimum = Math.min(this.#minimum, other.#minimum);
    this.#maximum = Math.max(this.#maximum, other.#maximum);
    for (const [value, times] of other.#times) this.#keep(value, times);
  }

  /** The smallest value that `percent` of the values do not exceed. */
  percentile(percent: number): number {
    const rank = Math.max(1, Math.ceil((percent / 100) * this.#count));
    let reached = 0;
    for (const [value, times] of [...this.#times].sort(([one], [other]) => one - other)) {
      reached += times;
      if (reached >= rank) return value;
    }
    return this.#maximum;
  }

  #keep(value: number, times: number): void {
    const exactly = this.#times.size < exactValues || this.#times.has(value);
    const kept = exactly ? value : Number(value.toPrecision(2));
    this.#times.set(kept, (this.#times.get(kept) ?? 0) + times);
  }
}
