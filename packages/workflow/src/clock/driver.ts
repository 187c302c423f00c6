import type { Aside } from '../expressions/aside.ts';
import type { Simulation } from './simulation.ts';

/** Event without its time. The driver adds the time. */
export type Untimed<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** Pure transition of an engine: a state and an event give the next state and effects. */
export type Step<State, Event, Effect> = (
  state: State,
  event: Event,
  aside: Aside,
) => Promise<readonly [State, readonly Effect[]]>;

/** Performs one effect; the next one waits for a promise. */
export type Perform<Effect> = (effect: Effect) => Promise<void> | void;

/**
 * Runs a pure engine in virtual time. Sends it one event after the other and performs its effects in order. While a step
 * waits for work aside, its engine gets no event, and the simulation goes on with others.
 */
export class Driver<State, Event extends { readonly at: number }, Effect> {
  readonly #held: { state: State };
  readonly #simulation: Simulation;
  readonly #step: Step<State, Event, Effect>;
  readonly #perform: Perform<Effect>;
  #isBusy = false;
  /** Events that came during a step. */
  readonly #later: Event[] = [];
  /** End the handler that runs the step. */
  #handler: { readonly end: () => void; readonly fail: (error: unknown) => void } | undefined;

  /** @param held where the state is kept, so that others can read it */
  constructor(
    simulation: Simulation,
    held: { state: State },
    step: Step<State, Event, Effect>,
    perform: Perform<Effect>,
  ) {
    this.#held = held;
    this.#simulation = simulation;
    this.#step = step;
    this.#perform = perform;
  }

  /** Sends an event to the engine, after all events sent before. */
  tell(event: Untimed<Event>): void {
    this.#simulation.soon(() => this.#take({ ...event, at: this.#simulation.now() } as unknown as Event));
  }

  #take(event: Event): Promise<void> | undefined {
    if (this.#isBusy) {
      this.#later.push(event);
      return undefined;
    }
    this.#isBusy = true;
    return this.#handle(() => {
      this.#answer(event).then(
        () => this.#handler?.end(),
        (error: unknown) => this.#handler?.fail(error),
      );
    });
  }

  /** Resolves when the step that `go` begins or goes on with has ended or waits for work aside. */
  #handle(go: () => void): Promise<void> {
    return new Promise((end, fail) => {
      this.#handler = { end, fail };
      go();
    });
  }

  async #answer(event: Event): Promise<void> {
    const [state, effects] = await this.#step(this.#held.state, event, this.#aside);
    this.#held.state = state;
    this.#isBusy = false;
    for (const late of this.#later.splice(0)) this.#simulation.soon(() => this.#take(late));
    for (const effect of effects) {
      const performing = this.#perform(effect);
      if (performing) await performing;
    }
  }

  readonly #aside: Aside = (task, isForeseen) => {
    // A run must not depend on how fast this machine is; what is served depends on the clients anyway.
    if (!isForeseen && !this.#simulation.isServing) return task();
    return new Promise((resolve) => {
      this.#simulation.workAtOnce(task, (result) =>
        this.#handle(() => {
          resolve(result);
        }),
      );
      this.#handler?.end();
    });
  };
}
