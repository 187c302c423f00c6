/** Speed at which time jumps wherever nothing real runs. */
export const jumping = Infinity;

/**
 * How fast time passes while a simulation serves: 0 is a pause, 1 is real time, `jumping` is as fast as it can. In a step
 * time jumps once, to the next thing that happens, and pauses there.
 */
export class Pace {
  readonly #realNow: () => number;
  #speed = jumping;
  #isStepping = false;
  /** Where virtual and real time were when the pace began. */
  #since = { virtual: 0, real: 0 };

  /** @param realNow real time in milliseconds */
  constructor(realNow: () => number) {
    this.#realNow = realNow;
  }

  /** Virtual milliseconds in a real one. */
  get speed(): number {
    return this.#speed;
  }

  get isStepping(): boolean {
    return this.#isStepping;
  }

  /** True if nothing but what runs for real holds the clock. */
  get isFree(): boolean {
    return this.#speed === jumping;
  }

  /** @throws RangeError unless the speed is 0 or more */
  set(speed: number, now: number): void {
    if (!(speed >= 0)) throw new RangeError(`expected a speed of 0 or more, got ${speed}`);
    this.#speed = speed;
    this.#isStepping = false;
    this.restart(now);
  }

  step(now: number): void {
    this.set(0, now);
    this.#isStepping = true;
  }

  endStep(): void {
    this.#isStepping = false;
  }

  /** Counts from now on, so that time in which something held the clock is not made up for. */
  restart(now: number): void {
    this.#since = { virtual: now, real: this.#realNow() };
  }

  /** The latest virtual time that the clock may show now; never before `now`. */
  limit(now: number): number {
    if (this.#isStepping || this.isFree) return Infinity;
    const { virtual, real } = this.#since;
    return Math.max(now, Math.floor(virtual + (this.#realNow() - real) * this.#speed));
  }

  /** Real milliseconds until that many virtual ones have passed. */
  realOf(milliseconds: number): number {
    if (this.#isStepping || this.isFree) return milliseconds;
    return this.#speed === 0 ? Infinity : milliseconds / this.#speed;
  }
}
