import type { Environment } from '@crosswind/assembly/read-assembly';

/**
 * How many invocations run side by side in virtual time. One that has really ended goes on until its virtual end, which
 * the clock may not have reached.
 */
export class Concurrency {
  readonly place: Environment;
  readonly dimensions: Readonly<Record<string, string>>;
  #running = 0;
  #ends: number[] = [];

  constructor(place: Environment, dimensions: Readonly<Record<string, string>>) {
    this.place = place;
    this.dimensions = dimensions;
  }

  /** Counts one more from `at` on, and returns how many there are. */
  begin(at: number): number {
    this.#running += 1;
    return this.at(at);
  }

  /** One of those that began really ended, with this virtual end. */
  end(at: number): void {
    this.#running -= 1;
    this.#ends.push(at);
  }

  at(time: number): number {
    this.#ends = this.#ends.filter((end) => end > time);
    return this.#running + this.#ends.length;
  }
}
