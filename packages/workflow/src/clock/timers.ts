/** Something that happens when its time has come. */
export type Handler = () => Promise<void> | void;

/** Something that will happen at a point of virtual time, unless it is cancelled. */
export interface Timer {
  readonly at: number;
  cancelled: boolean;
}

interface Entry {
  readonly timer: Timer;
  readonly handler: Handler;
  readonly order: number;
}

/** Timers by time; those of one time in the order in which they were set. */
export class Timers {
  /** Sorted so that the last one is due next. */
  readonly #entries: Entry[] = [];
  #order = 0;

  set(at: number, handler: Handler): Timer {
    const timer: Timer = { at, cancelled: false };
    insert(this.#entries, { timer, handler, order: this.#order++ });
    return timer;
  }

  /** Time of the next timer that is not cancelled. */
  get next(): number | undefined {
    while (this.#entries.at(-1)?.timer.cancelled) this.#entries.pop();
    return this.#entries.at(-1)?.timer.at;
  }

  /** Removes the next timer and returns its handler. */
  take(): Handler | undefined {
    return this.#entries.pop()?.handler;
  }
}

/** Keeps the list sorted so that its last item is the next one due; among equals the earlier one. */
function insert(entries: Entry[], entry: Entry): void {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = entries[middle];
    const isLater = other && other.timer.at > entry.timer.at;
    if (isLater || (other?.timer.at === entry.timer.at && other.order > entry.order)) low = middle + 1;
    else high = middle;
  }
  entries.splice(low, 0, entry);
}
