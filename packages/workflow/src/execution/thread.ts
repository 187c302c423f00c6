import type { Block } from '../definition/definition.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { TaskId, TimerId } from './protocol.ts';

export type ThreadId = string;

/** A state transition: a state that is entered, or tried again. */
export type Transition = {
  readonly thread: ThreadId;
  /** True if it has waited for its turn. */ readonly isAdmitted?: boolean;
} & (
  | { readonly kind: 'enter'; readonly state: string; readonly input: Json }
  | { readonly kind: 'begin'; readonly isRetry?: boolean }
);

/** One line of states being run: the machine itself, a branch of a Parallel, an iteration of an inline Map. */
export interface Thread {
  readonly id: ThreadId;
  readonly block: Block;
  readonly parent?: { readonly thread: ThreadId; readonly index: number };
  /** Its own variables over a copy of the outer scope's, which stands still while this thread runs. */
  readonly variables: Readonly<Record<string, Json>>;
  /** `$states.context.Map.Item` */
  readonly mapItem?: JsonObject;
  /** Its latest event: the cause of the next. */
  readonly lastEventId: number;
  readonly visit: Visit;
  /** Output of the thread, once it has left its last state. */
  readonly output?: Json;
}

/** A stay in one state, from its entered event to its exit. */
export interface Visit {
  readonly state: string;
  readonly input: Json;
  readonly enteredAt: number;
  readonly enteredEventId: number;
  /** The event before the entry, which AWS names as the cause when an expression fails right away. */
  readonly cameFromEventId: number;
  /** Attempts made by each retrier, by its place in `Retry`. */
  readonly retries: readonly number[];
  /** `Task.Token` of the context object, in a task that waits for it or for its job. */
  readonly token?: string;
  readonly activity: Activity;
  /** Parallel and inline Map: what their failure has cut off, with which a redrive goes on. */
  readonly interrupted?: { readonly children: Children; readonly threads: readonly Thread[] };
  /** The Map Run that has begun here, which a redrive redrives. */
  readonly mapRunArn?: string;
}

/** Wait of a visit: for a task, a Map Run, a timer, child threads, or nothing. */
export type Activity =
  | { readonly kind: 'none' }
  | { readonly kind: 'task'; readonly task: TaskId; readonly timeout?: Deadline; readonly heartbeat?: Deadline }
  | { readonly kind: 'map-run'; readonly task: TaskId; readonly mapRunArn: string }
  | { readonly kind: 'wait'; readonly timer: TimerId }
  | { readonly kind: 'retry'; readonly timer: TimerId }
  /** The account has no state transition left for now. */
  | { readonly kind: 'throttled'; readonly timer: TimerId; readonly transition: Transition }
  | Children;

/** A timer that gives a task up so long after it began, or after something was heard of it. */
export interface Deadline {
  readonly timer: TimerId;
  readonly seconds: number;
}

/** Threads a Parallel or an inline Map has started, and the outputs of those that are done. */
export interface Children {
  readonly kind: 'children';
  readonly total: number;
  readonly started: number;
  readonly outputs: ReadonlyMap<number, Json>;
  /** Map only: what is iterated over. */
  readonly items: readonly Json[];
}

export const IDLE: Activity = { kind: 'none' };

/** A thread at the door of its first state. */
export function newThread(thread: Omit<Thread, 'visit'>, input: Json, at: number): Thread {
  const visit: Visit = {
    state: thread.block.StartAt,
    input,
    enteredAt: at,
    enteredEventId: 0,
    cameFromEventId: thread.lastEventId,
    retries: [],
    activity: IDLE,
  };
  return { ...thread, visit };
}
