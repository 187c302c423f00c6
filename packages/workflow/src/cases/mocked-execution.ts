import type { Untimed } from '../clock/driver.ts';
import { ExecutionDriver, type OutsideEffect } from '../clock/execution-driver.ts';
import type { Simulation } from '../clock/simulation.ts';
import type { ExecutionType, Machine } from '../definition/definition.ts';
import { newExecution } from '../execution/execution.ts';
import type { HistoryEvent } from '../execution/history.ts';
import type { ExecutionIdentity } from '../execution/identity.ts';
import type { Json } from '@crosswind/aws/json';
import { labelledMachineArn } from '../map-run/children.ts';
import type { MapRunSpec } from '../map-run/spec.ts';
import { heartbeatOf, timeoutOf } from '../execution/protocol.ts';
import type { ExecutionEvent, Outcome, TaskId } from '../execution/protocol.ts';
import type { Answer } from './read-cases.ts';
import { MockedMapRun } from './mocked-map-run.ts';
import type { NewChild } from './mocked-map-run.ts';
import type { Mocks } from './mocks.ts';

/** Environment of an execution: virtual time, and mocks instead of AWS. */
export interface MockedWorld {
  readonly simulation: Simulation;
  readonly mocks: Mocks;
}

interface MockedRun {
  readonly type: ExecutionType;
  readonly input: Json;
  /** Takes what happens; nobody reads the history of a child. */
  readonly events?: HistoryEvent[];
}

/** Runs one execution of the pure engine, and answers for the services that its tasks call. */
export class MockedExecution {
  readonly #identity: ExecutionIdentity;
  readonly #world: MockedWorld;
  readonly #events: HistoryEvent[] | undefined;
  readonly #onEnd: (outcome: Outcome) => void;
  readonly #mapRuns = new Map<string, MockedMapRun>();
  readonly #driver: ExecutionDriver;

  constructor(
    world: MockedWorld,
    machine: Machine,
    identity: ExecutionIdentity,
    run: MockedRun,
    onEnd: (outcome: Outcome) => void,
  ) {
    this.#world = world;
    this.#identity = identity;
    this.#events = run.events;
    this.#onEnd = onEnd;
    this.#driver = new ExecutionDriver({
      simulation: world.simulation,
      first: newExecution(machine, identity, run.type, run.input),
      perform: (effect) => {
        this.#perform(effect);
      },
    });
  }

  /** Sends an event to the execution, after all events sent before. */
  tell(event: Untimed<ExecutionEvent>): void {
    this.#driver.tell(event);
  }

  #perform(effect: OutsideEffect): void {
    const { simulation } = this.#world;
    switch (effect.kind) {
      case 'history':
        this.#events?.push(effect.event);
        return;
      case 'task':
        // Its timer is set by an effect that comes after it.
        simulation.soon(() => {
          this.#answer(effect);
        });
        return;
      case 'map-run':
        this.#mapRun(effect);
        return;
      case 'cancel-map-run':
        this.#mapRuns.get(effect.task)?.stop();
        return;
      case 'cancel-task':
        return;
      case 'redrive-map-run':
        throw new Error('a case is never redriven');
      case 'ended':
        this.#onEnd(outcomeOf(effect));
    }
  }

  #answer({ task, state, resource }: Extract<OutsideEffect, { readonly kind: 'task' }>): void {
    const answer = this.#world.mocks.next(state, `it calls ${resource}`);
    this.tell({ kind: 'task-started', task });
    if (/\.(sync(:\d+)?|waitForTaskToken)$/.test(resource)) this.tell({ kind: 'task-submitted', task, output: {} });
    // The timers of an activity are set when it has started.
    this.#world.simulation.soon(() => {
      this.#finish(task, answer);
    });
  }

  /**
   * Ends the task with the mocked answer of the service, the worker or the holder of its token. If the answer is a
   * timeout, the task's own timer ends it, if one is set.
   */
  #finish(task: TaskId, { output, error, cause }: Answer): void {
    if (output !== undefined) this.tell({ kind: 'task-succeeded', task, output });
    else if (!this.#timesOut(task, error)) this.tell({ kind: 'task-failed', task, error, cause });
  }

  /** True if the answer says that the task takes too long, and a timer of its own reports that. */
  #timesOut(task: TaskId, error: string | undefined): boolean {
    const hasTimeout = this.#driver.hasSet(timeoutOf(task));
    const hasHeartbeat = this.#driver.hasSet(heartbeatOf(task));
    if (error === 'States.HeartbeatTimeout') return hasHeartbeat;
    // The worker goes on sending heartbeats, and is not ready in time.
    if (error === 'States.Timeout' && hasTimeout) this.#driver.cancel(heartbeatOf(task));
    return error === 'States.Timeout' && (hasTimeout || hasHeartbeat);
  }

  #mapRun({ task, spec }: Extract<OutsideEffect, { readonly kind: 'map-run' }>): void {
    const { mocks } = this.#world;
    this.tell({ kind: 'map-run-started', task });
    const outside = spec.items.from === 'reader' ? 'it reads its items from S3' : 'it writes its results to S3';
    if (mocks.has(spec.state) || spec.items.from === 'reader' || spec.writer) {
      const { output, items, error = '', cause } = mocks.next(spec.state, outside);
      if (items) this.#runChildren(task, { ...spec, items: { from: 'state', items }, writer: undefined });
      else if (output === undefined) this.tell({ kind: 'map-run-failed', task, error, cause });
      else this.tell({ kind: 'map-run-succeeded', task, output });
      return;
    }
    this.#runChildren(task, spec);
  }

  #runChildren(task: TaskId, spec: MapRunSpec): void {
    const mapRun = new MockedMapRun(this.#world.simulation, spec, this.#newChild(spec), (outcome) => {
      if (outcome.status === 'SUCCEEDED') this.tell({ kind: 'map-run-succeeded', task, output: outcome.output });
      else if (outcome.status === 'FAILED') this.tell({ ...outcome, kind: 'map-run-failed', task });
    });
    this.#mapRuns.set(task, mapRun);
    mapRun.start();
  }

  #newChild(spec: MapRunSpec): NewChild {
    const stateMachineArn = labelledMachineArn(spec);
    return (child, input, onEnd) => {
      const identity = { ...this.#identity, ...child, stateMachineArn, startedAt: this.#world.simulation.now() };
      const run = { type: spec.executionType, input };
      return new MockedExecution(this.#world, spec.processor, identity, run, onEnd);
    };
  }
}

const outcomeOf = (ended: Outcome): Outcome =>
  ended.status === 'SUCCEEDED'
    ? { status: ended.status, output: ended.output }
    : { status: ended.status, error: ended.error, cause: ended.cause };
