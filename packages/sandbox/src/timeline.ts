import type { Totals } from './cloudwatch/totals.ts';
import type { Simulation } from '@crosswind/workflow/clock/simulation';

/** Totals of one step of a timeline: the maximum of each gauge, and the increase of each counter. */
export type Moment = Readonly<Totals>;

/** Totals that are gauges. All others only grow. */
const gauges = ['openMapRuns', 'backloggedMapRuns', 'runningExecutions', 'runningInvocations'] as const;

const isGauge = (name: string): boolean => (gauges as readonly string[]).includes(name);

/** Records totals step by step while virtual time passes. */
export class Timeline {
  readonly #totals: Totals;
  readonly #stepMilliseconds: number;
  readonly #startedAt: number;
  readonly #moments: Moment[] = [];
  /** The most of each gauge in the step that passes. */
  #most: Totals;
  /** The totals when the step began. */
  #before: Totals;
  #isOver = false;

  constructor(simulation: Simulation, totals: Totals, stepMilliseconds: number) {
    this.#totals = totals;
    this.#stepMilliseconds = stepMilliseconds;
    this.#startedAt = simulation.now();
    this.#most = { ...totals };
    this.#before = { ...totals };
    simulation.watch((_, to) => {
      if (!this.#isOver) this.#pass(to);
    });
  }

  /** Stops counting and returns the totals of every step. */
  end(): readonly Moment[] {
    if (!this.#isOver) this.#close();
    this.#isOver = true;
    return this.#moments;
  }

  #pass(to: number): void {
    this.#climb();
    const steps = Math.floor((to - this.#startedAt) / this.#stepMilliseconds);
    while (this.#moments.length < steps) this.#close();
  }

  #climb(): void {
    for (const name of gauges) this.#most[name] = Math.max(this.#most[name], this.#totals[name]);
  }

  #close(): void {
    this.#climb();
    const moment = { ...this.#totals };
    for (const name of Object.keys(moment) as (keyof Totals)[]) {
      moment[name] = isGauge(name) ? this.#most[name] : moment[name] - this.#before[name];
    }
    this.#moments.push(moment);
    this.#before = { ...this.#totals };
    this.#most = { ...this.#totals };
  }
}
