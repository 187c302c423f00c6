import { MapRunDriver } from '../clock/map-run-driver.ts';
import type { Simulation } from '../clock/simulation.ts';
import type { Json } from '@crosswind/aws/json';
import type { ChildEnd, ChildIdentity, MapRunEffect, MapRunOutcome } from '../map-run/protocol.ts';
import type { MapRunSpec } from '../map-run/spec.ts';
import { newMapRun } from '../map-run/state.ts';
import type { Outcome } from '../execution/protocol.ts';

/** A child execution that runs. */
interface Child {
  tell(event: { readonly kind: 'started' | 'stopped' }): void;
}

/** Makes a child; an argument, because executions and Map Runs make each other. */
export type NewChild = (identity: ChildIdentity, input: Json, onEnd: (outcome: Outcome) => void) => Child;

/** Runs the children of one Map Run whose items come from the state's input and whose results are its output. */
export class MockedMapRun {
  readonly #newChild: NewChild;
  readonly #onEnd: (outcome: MapRunOutcome) => void;
  readonly #children = new Map<number, Child>();
  readonly #driver: MapRunDriver;

  constructor(simulation: Simulation, spec: MapRunSpec, newChild: NewChild, onEnd: (outcome: MapRunOutcome) => void) {
    this.#newChild = newChild;
    this.#onEnd = onEnd;
    this.#driver = new MapRunDriver(simulation, { state: newMapRun(spec) }, (effect) => {
      this.#perform(effect);
    });
  }

  start(): void {
    this.#driver.tell({ kind: 'started' });
  }

  stop(): void {
    this.#driver.tell({ kind: 'stopped' });
  }

  #perform(effect: MapRunEffect): void {
    switch (effect.kind) {
      case 'start-child':
        this.#startChild(effect);
        return;
      case 'stop-child':
        this.#children.get(effect.index)?.tell({ kind: 'stopped' });
        return;
      case 'ended':
        this.#onEnd(effect);
        return;
      case 'dispatch-later':
      case 'read-items':
      case 'write-files':
        throw new Error(`a Map Run without a reader and a writer does not ask for ${effect.kind}`);
    }
  }

  #startChild({ index, input, name, executionArn }: Extract<MapRunEffect, { readonly kind: 'start-child' }>): void {
    const child = this.#newChild({ name, executionArn }, input, (outcome) => {
      this.#children.delete(index);
      this.#driver.tell(endOf(index, outcome));
    });
    this.#children.set(index, child);
    child.tell({ kind: 'started' });
  }
}

const endOf = (index: number, outcome: Outcome): ChildEnd =>
  outcome.status === 'SUCCEEDED'
    ? { kind: 'child-succeeded', index, output: outcome.output }
    : { ...outcome, kind: 'child-failed', index };
