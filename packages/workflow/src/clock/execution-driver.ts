import { step } from '../execution/execution.ts';
import type { Effect, ExecutionEvent, TimerId } from '../execution/protocol.ts';
import { type Reserve, unlimited } from '../execution/reserve.ts';
import type { ExecutionState } from '../execution/turn.ts';
import { Driver, type Untimed } from './driver.ts';
import type { Simulation, Timer } from './simulation.ts';

/** An effect that the driver leaves to the world around the execution. */
export type OutsideEffect = Exclude<Effect, { readonly kind: 'timer' | 'cancel-timer' }>;

export interface ExecutionDriverProps {
  readonly simulation: Simulation;
  readonly first: ExecutionState;
  /**
   * Reserves each state transition.
   *
   * @default - none ever waits
   */
  readonly reserve?: Reserve;
  readonly perform: (effect: OutsideEffect) => void;
  /**
   * Called for each timer that is set.
   *
   * @default - nothing
   */
  readonly onTimer?: (timer: TimerId) => void;
}

/** Runs one execution of the engine in virtual time and keeps its timers. */
export class ExecutionDriver {
  readonly #simulation: Simulation;
  readonly #driver: Driver<ExecutionState, ExecutionEvent, Effect>;
  readonly #timers = new Map<TimerId, Timer>();

  constructor({ simulation, first, reserve = unlimited, perform, onTimer = () => undefined }: ExecutionDriverProps) {
    this.#simulation = simulation;
    this.#driver = new Driver<ExecutionState, ExecutionEvent, Effect>(
      simulation,
      { state: first },
      (state, event, aside) => step(state, event, reserve, aside),
      (effect) => {
        if (effect.kind === 'timer') {
          onTimer(effect.timer);
          this.#set(effect.timer, effect.at);
        } else if (effect.kind === 'cancel-timer') this.cancel(effect.timer);
        else perform(effect);
      },
    );
  }

  /** Sends an event to the execution, after all events sent before. */
  tell(event: Untimed<ExecutionEvent>): void {
    this.#driver.tell(event);
  }

  /** True if the execution has set this timer, even if it has gone off or was canceled. */
  hasSet(timer: TimerId): boolean {
    return this.#timers.has(timer);
  }

  cancel(id: TimerId): void {
    const timer = this.#timers.get(id);
    if (timer) timer.cancelled = true;
  }

  #set(id: TimerId, at: number): void {
    const timer = this.#simulation.at(at, () => {
      this.#driver.tell({ kind: 'timer', timer: id });
    });
    this.#timers.set(id, timer);
  }
}
