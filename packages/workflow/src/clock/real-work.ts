import type { Handler } from './timers.ts';

/** Reports when the work really began: until then it waited for a free core, which costs no virtual time. */
export type Begin = () => void;

/** Work that runs for real while virtual time stands still for it until it begins. */
interface Work {
  readonly startedAt: number;
  begunAt?: number;
  /** Set once it has ended, in virtual time. */
  end?: End;
}

interface End {
  readonly at: number;
  readonly handler: Handler;
}

/** Work that takes as long in virtual time as it takes for real. */
export class RealWork {
  readonly #realNow: () => number;
  /** Called when work begins or ends. */
  readonly #onChange: () => void;
  readonly #outstanding = new Set<Work>();

  constructor(realNow: () => number, onChange: () => void) {
    this.#realNow = realNow;
    this.#onChange = onChange;
  }

  get isEmpty(): boolean {
    return this.#outstanding.size === 0;
  }

  get allBegun(): boolean {
    return [...this.#outstanding].every(({ begunAt }) => begunAt !== undefined);
  }

  start<T>(startedAt: number, task: (begin: Begin) => Promise<T>, done: (result: T) => Promise<void> | void): void {
    const work: Work = { startedAt };
    this.#outstanding.add(work);
    const begin = (): void => {
      work.begunAt = this.#realNow();
      this.#onChange();
    };
    onceEnded(task(begin), done, (handler) => {
      const took = work.begunAt === undefined ? 0 : Math.round(this.#realNow() - work.begunAt);
      work.end = { at: startedAt + took, handler };
      this.#onChange();
    });
  }

  /** Removes the work that ended first. */
  takeEnded(): End | undefined {
    let first: Work | undefined;
    for (const work of this.#outstanding) {
      if (work.end && work.end.at < (first?.end?.at ?? Infinity)) first = work;
    }
    if (first) this.#outstanding.delete(first);
    return first?.end;
  }

  /** Virtual time of the work that ended first; Infinity if none has. */
  firstEnd(): number {
    let first = Infinity;
    for (const { end } of this.#outstanding) first = Math.min(first, end?.at ?? Infinity);
    return first;
  }

  /** The earliest virtual time at which work ended or could end. */
  horizon(): number {
    const real = this.#realNow();
    let horizon = Infinity;
    for (const { startedAt, begunAt, end } of this.#outstanding) {
      horizon = Math.min(horizon, end?.at ?? startedAt + (begunAt === undefined ? 0 : real - begunAt));
    }
    return horizon;
  }
}

/** Gives `take` a handler for the end of the task: it calls `done` with the result, or throws the error. */
export function onceEnded<T>(
  task: Promise<T>,
  done: (result: T) => Promise<void> | void,
  take: (handler: Handler) => void,
): void {
  task.then(
    (result) => {
      take(() => done(result));
    },
    (error: unknown) => {
      take(() => {
        throw error;
      });
    },
  );
}
