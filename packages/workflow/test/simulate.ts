import { textOf } from '@crosswind/aws/json';
import { newExecution, step } from '../src/execution/execution.ts';
import type { ExecutionType, Machine } from '../src/definition/definition.ts';
import type { HistoryEvent } from '../src/execution/history.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { mapRunStep } from '../src/map-run/map-run.ts';
import type { MapRunEffect, MapRunEvent, ResultFile } from '../src/map-run/protocol.ts';
import { newMapRun } from '../src/map-run/state.ts';
import { parseDefinition } from '../src/definition/parse-definition.ts';
import type { Effect, ExecutionEvent, Outcome } from '../src/execution/protocol.ts';

/** Answer of the outside world to one attempt at a task. `null` is silence. */
export type Answer = null | {
  readonly afterSeconds?: number;
  /** When a worker takes the task. @default 0 */
  readonly startedAfterSeconds?: number;
  readonly workerName?: string;
  /** When the worker or the token's holder sends heartbeats. */
  readonly heartbeatsAtSeconds?: readonly number[];
  readonly submitted?: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** @default 'run' */
  readonly during?: 'start' | 'submit' | 'run';
  /** Nothing comes of it. @default false */
  readonly silent?: boolean;
};

export interface World {
  /** By state; the last answer of a list is given again and again. Without an entry a task echoes its arguments. */
  readonly tasks?: Readonly<Record<string, readonly Answer[]>>;
  /** Pages of what `listObjectsV2` finds. */
  readonly pages?: readonly (readonly Json[])[];
  readonly type?: ExecutionType;
  readonly stopAfterSeconds?: number;
  readonly deniedWrites?: boolean;
}

export interface Simulation {
  readonly outcome: Outcome | undefined;
  readonly seconds: number;
  readonly events: readonly HistoryEvent[];
  readonly effects: readonly Effect[];
  readonly files: readonly ResultFile[];
  /** Most children of Map Runs at a time. */
  readonly together: number;
}

export const T0 = Date.parse('2026-01-31T12:00:00Z');

export const identity = {
  executionArn: 'arn:aws:states:eu-west-1:111111111111:execution:wind:run-1',
  name: 'run-1',
  roleArn: 'arn:aws:iam::111111111111:role/wind',
  stateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:wind',
  stateMachineName: 'wind',
  startedAt: T0,
};

/** The machine of a definition that the engine must accept; JSONata unless it says otherwise. */
export function machineOf(definition: object): Machine {
  const parsed = parseDefinition({ QueryLanguage: 'JSONata', ...definition });
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  return parsed.machine;
}

/** Runs an execution to its end, or until nothing more can happen, in no time at all. */
export async function simulate(definition: object, input: Json, world: World = {}): Promise<Simulation> {
  return new Simulator(world).run(machineOf(definition), input, world.type ?? 'STANDARD');
}

interface Appointment {
  readonly at: number;
  readonly key: string;
  readonly act: () => Promise<void>;
}

class Simulator {
  private readonly world: World;
  private readonly agenda: Appointment[] = [];
  private readonly attempts = new Map<string, number>();
  private readonly files: ResultFile[] = [];
  private now = T0;
  private running = 0;
  private together = 0;

  constructor(world: World) {
    this.world = world;
  }

  async run(machine: Machine, input: Json, type: ExecutionType): Promise<Simulation> {
    const effects: Effect[] = [];
    const execution = await this.execute(machine, input, type, (effect) => effects.push(effect));
    if (this.world.stopAfterSeconds !== undefined) {
      this.plan(this.world.stopAfterSeconds, '', () => execution.hear({ kind: 'stopped', error: 'Stopped' }));
    }
    for (let next = this.next(); next; next = this.next()) {
      this.now = next.at;
      await next.act();
    }
    const events = effects.flatMap((effect) => (effect.kind === 'history' ? [effect.event] : []));
    const seconds = (execution.endedAt() - T0) / 1000;
    return { outcome: execution.outcome(), seconds, events, effects, files: this.files, together: this.together };
  }

  private next(): Appointment | undefined {
    this.agenda.sort((a, b) => a.at - b.at);
    return this.agenda.shift();
  }

  private plan(afterSeconds: number, key: string, act: () => Promise<void>): void {
    this.agenda.push({ at: this.now + afterSeconds * 1000, key, act });
  }

  private forget(key: string): void {
    const kept = this.agenda.filter((each) => each.key !== key);
    this.agenda.splice(0, this.agenda.length, ...kept);
  }

  private async execute(machine: Machine, input: Json, type: ExecutionType, saw: (effect: Effect) => unknown) {
    let state = newExecution(machine, identity, type, input);
    let endedAt = this.now;
    const hear = async (news: WithoutTime<ExecutionEvent>): Promise<void> => {
      const [next, effects] = await step(state, { ...news, at: this.now });
      state = next;
      for (const effect of effects) {
        saw(effect);
        if (effect.kind === 'ended') endedAt = this.now;
        this.perform(effect, hear);
      }
    };
    await hear({ kind: 'started' });
    return { hear, outcome: () => state.outcome, endedAt: () => endedAt };
  }

  private perform(effect: Effect, hear: (news: WithoutTime<ExecutionEvent>) => Promise<void>): void {
    switch (effect.kind) {
      case 'timer':
        this.plan((effect.at - this.now) / 1000, effect.timer, () => hear({ kind: 'timer', timer: effect.timer }));
        return;
      case 'cancel-timer':
        this.forget(effect.timer);
        return;
      case 'task':
        this.answer(effect, hear);
        return;
      case 'map-run':
        this.plan(0, effect.task, () => this.mapRun(effect, hear));
        return;
      case 'cancel-task':
      case 'cancel-map-run':
      case 'redrive-map-run':
      case 'history':
      case 'ended':
    }
  }

  private answer(effect: TaskEffect, hear: (news: WithoutTime<ExecutionEvent>) => Promise<void>): void {
    const { task, state } = effect;
    const answers = this.world.tasks?.[state] ?? [{ output: effect.arguments }];
    const attempt = this.attempts.get(state) ?? 0;
    this.attempts.set(state, attempt + 1);
    const answer = answers[Math.min(attempt, answers.length - 1)] ?? null;
    const { during = 'run', error, cause } = answer ?? {};
    const { startedAfterSeconds = 0, workerName, heartbeatsAtSeconds = [] } = answer ?? {};
    if (during !== 'start') {
      this.plan(startedAfterSeconds, task, () => hear({ kind: 'task-started', task, workerName }));
    }
    for (const at of heartbeatsAtSeconds) this.plan(at, task, () => hear({ kind: 'task-heartbeat', task }));
    if (!answer) return;
    const { submitted, output = null, afterSeconds = 0 } = answer;
    if (answer.silent) return;
    if (submitted !== undefined) this.plan(0, task, () => hear({ kind: 'task-submitted', task, output: submitted }));
    const failure = during === 'run' ? 'task-failed' : (`task-${during}-failed` as const);
    this.plan(afterSeconds, task, () =>
      hear(error === undefined ? { kind: 'task-succeeded', task, output } : { kind: failure, task, error, cause }),
    );
  }

  private async mapRun(effect: MapRunRequest, hear: (news: WithoutTime<ExecutionEvent>) => Promise<void>) {
    const { task, spec } = effect;
    let state = newMapRun(spec);
    const tell = async (news: WithoutTime<MapRunEvent>): Promise<void> => {
      const [next, effects] = await mapRunStep(state, { ...news, at: this.now });
      state = next;
      for (const each of effects) await perform(each);
    };
    const perform = async (each: MapRunEffect): Promise<void> => {
      if (each.kind === 'read-items') {
        const page = Number(each.continuation ?? 0);
        const items = this.world.pages?.[page] ?? [];
        const continuation = page + 1 < (this.world.pages?.length ?? 0) ? String(page + 1) : undefined;
        this.plan(0, task, () =>
          tell({ kind: 'items-read', items, source: `S3://${textOf(each.reader.arguments['Bucket'])}`, continuation }),
        );
      } else if (each.kind === 'write-files') {
        if (!this.world.deniedWrites) this.files.push(...each.files);
        const news = this.world.deniedWrites
          ? { kind: 'write-failed', cause: 'Access denied.' }
          : { kind: 'files-written' };
        this.plan(0, task, () => tell(news as WithoutTime<MapRunEvent>));
      } else if (each.kind === 'start-child') {
        this.together = Math.max(this.together, ++this.running);
        await this.execute(spec.processor, each.input, spec.executionType, (done) => {
          if (done.kind === 'ended') this.plan(0, task, () => this.childEnded(done, each.index, tell));
        });
      } else if (each.kind === 'ended') {
        if (each.status === 'SUCCEEDED') await hear({ kind: 'map-run-succeeded', task, output: each.output });
        else if (each.status === 'FAILED') await hear({ ...each, kind: 'map-run-failed', task });
      }
    };
    await hear({ kind: 'map-run-started', task });
    await tell({ kind: 'started' });
  }

  private childEnded(outcome: Outcome, index: number, tell: (news: WithoutTime<MapRunEvent>) => Promise<void>) {
    this.running--;
    return outcome.status === 'SUCCEEDED'
      ? tell({ kind: 'child-succeeded', index, output: outcome.output })
      : tell({ ...outcome, kind: 'child-failed', index });
  }
}

type TaskEffect = Extract<Effect, { readonly kind: 'task' }>;
type MapRunRequest = Extract<Effect, { readonly kind: 'map-run' }>;
type WithoutTime<Event> = Event extends { readonly at: number } ? Omit<Event, 'at'> : never;

/** The details of an event, whatever their name. */
export function detailsOf(event: HistoryEvent | undefined): JsonObject {
  const details = Object.entries(event ?? {}).find(([key]) => key.endsWith('EventDetails'));
  return (details?.[1] ?? {}) as JsonObject;
}
