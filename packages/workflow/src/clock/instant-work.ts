import { onceEnded } from './real-work.ts';
import type { Handler } from './timers.ts';

/** Work that takes no virtual time, however long it takes for real. */
export class InstantWork {
  /** Called when work ends. */
  readonly #onChange: () => void;
  /** In the order in which it was started. */
  readonly #outstanding: { end?: Handler }[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isEmpty(): boolean {
    return this.#outstanding.length === 0;
  }

  start<T>(task: () => Promise<T>, done: (result: T) => Promise<void> | void): void {
    const work: { end?: Handler } = {};
    this.#outstanding.push(work);
    onceEnded(task(), done, (handler) => {
      work.end = handler;
      this.#onChange();
    });
  }

  /**
   * Removes work that has ended and returns the handler of its end.
   *
   * @param inOrder waits for work that was started before, so that the order does not depend on the machine
   */
  takeEnded(inOrder: boolean): Handler | undefined {
    const index = this.#outstanding.findIndex(({ end }) => inOrder || end !== undefined);
    const found = this.#outstanding[index]?.end;
    if (found) this.#outstanding.splice(index, 1);
    return found;
  }
}
