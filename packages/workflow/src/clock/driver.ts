import type { Simulation } from './simulation.ts';

/** Event without its time. The driver adds the time. */
export type Untimed<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** Pure transition of an engine: a state and an event give the next state and effects. */
export type Step<State, Event, Effect> = (state: State, event: Event) => Promise<readonly [State, readonly Effect[]]>;

/** Performs one effect; the next one waits for a promise. */
export type Perform<Effect> = (effect: Effect) => Promise<void> | void;

/** Runs a pure engine in virtual time. Sends it one event after the other and performs its effects in order. */
export class Driver<State, Event extends { readonly at: number }, Effect> {
  readonly #held: { state: State };
  readonly #simulation: Simulation;
  readonly #step: Step<State, Event, Effect>;
  readonly #perform: Perform<Effect>;

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
    this.#simulation.soon(async () => {
      const timed = { ...event, at: this.#simulation.now() } as unknown as Event;
      const [state, effects] = await this.#step(this.#held.state, timed);
      this.#held.state = state;
      for (const effect of effects) {
        const performing = this.#perform(effect);
        if (performing) await performing;
      }
    });
  }
}
