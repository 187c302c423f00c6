import type { Simulation } from '@crosswind/workflow/clock/simulation';
import { uuid } from '@crosswind/workflow/chance';
import type { Json } from '@crosswind/aws/json';

/** An event that somebody put on a bus. Nothing leaves this machine, and no rule matches it: it is only kept. */
export interface BusEvent {
  readonly id: string;
  readonly busArn: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON. */
  readonly detail: string;
  readonly resources: readonly string[];
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
}

/** Status change of an execution, as EventBridge reports it. */
export interface StatusChange {
  /** True if it contains input and output. Above 248 KiB of escaped text it does not (eventbridge-integration). */
  readonly isComplete: boolean;
}

type Listener = (change: StatusChange) => void;

/** How late an event is; AWS documents no number. */
const delayMilliseconds = 500;

/** Input and output of an execution, escaped, in one event (eventbridge-integration). */
const maxDataBytes = 248 * 1024;

/** EventBridge: events on the default bus of every account, and status changes that Step Functions sends itself. */
export class EventBuses {
  readonly events: BusEvent[] = [];
  readonly #simulation: Simulation;
  /** True while no event of Step Functions arrives: delivery is best effort. */
  losesEvents: boolean;
  /** Places, as `account/region`, with Step Functions' own rule. */
  readonly #managedRules = new Set<string>();
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(simulation: Simulation, losesEvents = false) {
    this.#simulation = simulation;
    this.losesEvents = losesEvents;
  }

  /** Keeps an event; returns its id. */
  put(event: Omit<BusEvent, 'id' | 'at'>): string {
    const id = uuid(`${event.busArn}/${this.events.length}`);
    this.events.push({ ...event, id, at: this.#simulation.now() });
    return id;
  }

  /** From now on Step Functions hears of the executions of this account and region. */
  createManagedRule(account: string, region: string): void {
    this.#managedRules.add(`${account}/${region}`);
  }

  /** Registers a listener for the end of an execution. Returns a function that removes it. */
  onEnd(executionArn: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(executionArn) ?? new Set();
    this.#listeners.set(executionArn, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Step Functions publishes that a Standard execution has ended. */
  executionEnded(executionArn: string, input: Json, output: Json): void {
    const listeners = this.#listeners.get(executionArn);
    this.#listeners.delete(executionArn);
    const [, , , region = '', account = ''] = executionArn.split(':');
    if (!listeners || this.losesEvents || !this.#managedRules.has(`${account}/${region}`)) return;
    const change = { isComplete: [input, output].every((data) => escapedBytes(data) <= maxDataBytes) };
    this.#simulation.at(this.#simulation.now() + delayMilliseconds, () => {
      for (const listener of listeners) listener(change);
    });
  }
}

/** How long data are as a text in JSON. */
const escapedBytes = (data: Json): number => Buffer.byteLength(JSON.stringify(JSON.stringify(data)));
