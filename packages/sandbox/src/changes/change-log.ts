/**
 * Kind of a change: a resource of a stack, a fault that somebody planted, a schedule that was lost, repeated or held, a quota,
 * or the endpoint that was closed for a while.
 */
export type ChangeKind = 'stack' | 'fault' | 'schedule' | 'quota' | 'outage';

/** Something that was broken or fixed in a sandbox. */
export interface Change {
  /** `change-` and a running number. */
  readonly id: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
  /** Account id; empty if every account is concerned. */
  readonly account: string;
  readonly kind: ChangeKind;
  /** ARN if there is one, else a name. */
  readonly resource: string;
  /** One sentence about it, without a full stop. */
  readonly sentence: string;
}

/** Changes that a log keeps, the newest. */
export const keptChanges = 1_000;

/** Log of what was broken or fixed in a sandbox while it ran. */
export class ChangeLog {
  readonly #changes: Change[] = [];
  readonly #now: () => number;
  #count = 0;

  /** @param now milliseconds since the epoch, in virtual time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Changes that are kept, in their order. */
  get all(): readonly Change[] {
    return this.#changes;
  }

  /** Number of changes, also of those that are no longer kept. */
  get count(): number {
    return this.#count;
  }

  record(change: Omit<Change, 'id' | 'at'>): void {
    this.#count += 1;
    this.#changes.push({ id: `change-${this.#count}`, at: this.#now(), ...change });
    if (this.#changes.length > keptChanges) this.#changes.shift();
  }

  /** Forgets everything: what was changed before belongs to what the sandbox starts with. */
  clear(): void {
    this.#changes.length = 0;
    this.#count = 0;
  }
}
