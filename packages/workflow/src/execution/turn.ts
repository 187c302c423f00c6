import { type Reserve, unlimited } from './reserve.ts';
import { alone, type Aside } from '../expressions/aside.ts';
import type { ExecutionType, Machine, State } from '../definition/definition.ts';
import { historyEvent } from './history.ts';
import type { ExecutionIdentity } from './identity.ts';
import type { Failure } from './failure.ts';
import type { Json } from '@crosswind/aws/json';
import { MAX_HISTORY_EVENTS } from '../limits.ts';
import type { Effect, Outcome } from './protocol.ts';
import { IDLE } from './thread.ts';
import type { Activity, Thread, ThreadId, Transition, Visit } from './thread.ts';

/** An execution between two events: plain data, never changed. */
export interface ExecutionState {
  readonly machine: Machine;
  readonly type: ExecutionType;
  readonly identity: ExecutionIdentity;
  readonly input: Json;
  /** Absent while it runs. */
  readonly outcome?: Outcome;
  readonly lastEventId: number;
  readonly threads: ReadonlyMap<ThreadId, Thread>;
  /** The threads in which it ended without success: a redrive goes on with them. */
  readonly unfinished?: readonly Thread[];
}

/** The next thing to do in a turn; handlers ask for it instead of calling each other. */
export type Job =
  | Transition
  | { readonly kind: 'iterate'; readonly thread: ThreadId; readonly index: number; readonly causeEventId: number }
  /** A state has done what it does; `result` is absent where AWS offers no `$states.result`. */
  | { readonly kind: 'succeed'; readonly thread: ThreadId; readonly result?: Json }
  | { readonly kind: 'fail'; readonly thread: ThreadId; readonly failure: Failure }
  | { readonly kind: 'thread-succeeded'; readonly thread: ThreadId; readonly output: Json }
  | { readonly kind: 'thread-failed'; readonly thread: ThreadId; readonly failure: Failure };

type Details = Readonly<Record<string, Json | undefined>>;

/** The working copy of an execution while it answers one event. */
export class Turn {
  readonly before: ExecutionState;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly reserve: Reserve;
  readonly aside: Aside;
  readonly jobs: Job[] = [];
  readonly effects: Effect[] = [];
  readonly threads: Map<ThreadId, Thread>;
  lastEventId: number;
  outcome: Outcome | undefined;
  unfinished: readonly Thread[] | undefined;

  constructor(before: ExecutionState, at: number, reserve = unlimited, aside = alone) {
    this.before = before;
    this.at = at;
    this.reserve = reserve;
    this.aside = aside;
    this.threads = new Map(before.threads);
    this.lastEventId = before.lastEventId;
    this.outcome = before.outcome;
  }

  after(): ExecutionState {
    const { lastEventId, threads, outcome, unfinished } = this;
    return { ...this.before, lastEventId, threads, ...(outcome && { outcome }), unfinished };
  }

  /** The thread as it is now; asking for one that is gone is a bug. */
  thread(id: ThreadId): Thread {
    const thread = this.threads.get(id);
    if (!thread) throw new Error(`no thread ${id}`);
    return thread;
  }

  state(id: ThreadId): State {
    const { block, visit } = this.thread(id);
    const state = block.States[visit.state];
    if (!state) throw new Error(`no state ${visit.state}`);
    return state;
  }

  put(id: ThreadId, changes: Partial<Omit<Thread, 'id'>>): void {
    this.threads.set(id, { ...this.thread(id), ...changes });
  }

  visit(id: ThreadId, changes: Partial<Visit>): void {
    this.put(id, { visit: { ...this.thread(id).visit, ...changes } });
  }

  /** From now on the state waits for this. */
  await(id: ThreadId, activity: Activity): void {
    this.visit(id, { activity });
  }

  settle(id: ThreadId): void {
    this.await(id, IDLE);
  }

  children(id: ThreadId): readonly Thread[] {
    return [...this.threads.values()].filter(({ parent }) => parent?.thread === id);
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }

  /** Adds an event whose cause is the thread's latest one, and makes it the latest. */
  record(id: ThreadId, type: string, details?: Details): number {
    const event = this.note(type, this.thread(id).lastEventId, details);
    this.put(id, { lastEventId: event });
    return event;
  }

  /** Adds an event that no later event names as its cause; a full history takes only the event that ends it. */
  note(type: string, previousEventId: number, details?: Details): number {
    if (this.historyIsFull && !this.outcome) return this.lastEventId;
    const event = { id: ++this.lastEventId, previousEventId, timestamp: this.at, type };
    this.emit({ kind: 'history', event: historyEvent(event, details) });
    return event.id;
  }

  /** True if a Standard execution has room for only one more event, the one that ends it. */
  get historyIsFull(): boolean {
    return this.before.type === 'STANDARD' && this.lastEventId >= MAX_HISTORY_EVENTS - 1;
  }
}
