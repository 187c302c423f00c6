import type { HistoryEvent } from './history.ts';
import type { Json } from '@crosswind/aws/json';
import type { MapRunSpec } from '../map-run/spec.ts';

export type TaskId = string;
export type TimerId = string;

/** The timer that gives a task up. */
export const timeoutOf = (task: TaskId): TimerId => task.replace(/^task/, 'timeout');

/** Timer for a task whose heartbeat is overdue. */
export const heartbeatOf = (task: TaskId): TimerId => task.replace(/^task/, 'heartbeat');
/** The timer after which a state is tried again. */
export const retryTimer = (lastEventId: number): TimerId => `retry-${lastEventId}`;

export const isRetry = (timer: TimerId): boolean => timer.startsWith('retry-');

/**
 * Event that the runtime sends to an execution. `at` is milliseconds since the epoch. Late or unknown ones are ignored.
 */
export type ExecutionEvent = { readonly at: number } & (
  | { readonly kind: 'started' }
  /** Of an activity: a worker took the task, and may have said its name. */
  | { readonly kind: 'task-started'; readonly task: TaskId; readonly workerName?: string }
  /** Heartbeat of the worker or of the token's holder. */
  | { readonly kind: 'task-heartbeat'; readonly task: TaskId }
  /** `.sync` and `.waitForTaskToken` only: the job exists and is being watched, or the call has been made. */
  | { readonly kind: 'task-submitted'; readonly task: TaskId; readonly output: Json }
  | { readonly kind: 'task-succeeded'; readonly task: TaskId; readonly output: Json }
  | TaskFailure
  | { readonly kind: 'map-run-started'; readonly task: TaskId }
  | { readonly kind: 'map-run-redriven'; readonly task: TaskId; readonly redriveCount: number }
  | { readonly kind: 'map-run-succeeded'; readonly task: TaskId; readonly output: Json }
  | { readonly kind: 'map-run-failed'; readonly task: TaskId; readonly error: string; readonly cause?: string }
  | { readonly kind: 'timer'; readonly timer: TimerId }
  /** RedriveExecution on this execution, which has ended without success. */
  | { readonly kind: 'redriven' }
  /** StopExecution on this execution. */
  | { readonly kind: 'stopped'; readonly error?: string; readonly cause?: string }
);

/** A task failed while being started (`TaskStartFailed`), submitted (`TaskSubmitFailed`) or run (`TaskFailed`). */
export interface TaskFailure {
  readonly kind: 'task-start-failed' | 'task-submit-failed' | 'task-failed';
  readonly task: TaskId;
  /** Absent where a token came back without it. */
  readonly error?: string;
  readonly cause?: string;
}

/** Effect that an execution asks of the runtime, in order. */
export type Effect =
  | { readonly kind: 'history'; readonly event: HistoryEvent }
  | {
      readonly kind: 'task';
      readonly task: TaskId;
      readonly state: string;
      readonly resource: string;
      readonly arguments: Json;
      readonly credentials?: { readonly roleArn: string };
      /** Token to answer with. Only activities and tasks that wait for a token have one. */
      readonly token?: string;
    }
  /** Nobody waits for the task any more: make the best-effort attempt to stop it. */
  | { readonly kind: 'cancel-task'; readonly task: TaskId }
  | { readonly kind: 'map-run'; readonly task: TaskId; readonly spec: MapRunSpec }
  /** Run again what the Map Run has left undone. */
  | { readonly kind: 'redrive-map-run'; readonly task: TaskId; readonly mapRunArn: string }
  | { readonly kind: 'cancel-map-run'; readonly task: TaskId }
  | { readonly kind: 'timer'; readonly timer: TimerId; readonly at: number }
  | { readonly kind: 'cancel-timer'; readonly timer: TimerId }
  | ({ readonly kind: 'ended' } & Outcome);

/** How an execution ended. */
export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly error?: string; readonly cause?: string };
