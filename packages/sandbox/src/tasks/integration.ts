import type { RolePrincipal } from '../iam/sessions.ts';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { ExecutionEvent } from '@crosswind/workflow/execution/protocol';
import type { Execution } from '../step-functions/runtime/execution.ts';

type OmitEach<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/** Report of an integration to the execution about one task. */
export type TaskReport = OmitEach<Extract<ExecutionEvent, { kind: `task-${string}` }>, 'at' | 'task'>;

/** One call of a service that a Task state makes. */
export interface TaskCall {
  readonly arguments: JsonObject;
  /** The same, whatever it is: a function and an activity take any JSON. */
  readonly input: Json;
  /** Resource that the task names: an integration, a function or an activity. */
  readonly resource: string;
  /** Whose task it is. */
  readonly execution: Execution;
  /** Who calls: the state machine's role, or the role that `Credentials` names. */
  readonly principal: RolePrincipal;
  readonly region: string;
  /** Token with which a worker or a callback answers; absent for a task that waits for neither. */
  readonly token?: string;
  readonly report: (report: TaskReport) => void;
}

/** Handle to cancel a task that nobody waits for any more. */
export interface RunningTask {
  cancel(): void;
}

/** A service integration: makes the call and reports on it; returns how to cancel it. */
export type Integration = (call: TaskCall) => RunningTask | undefined;

/** An integration that a service offers to state machines. */
export interface Offer {
  /** The text after `arn:aws:states:::`, for example `lambda:invoke`; a pattern matches the whole resource of a task. */
  readonly resource: string | RegExp;
  readonly integration: Integration;
  /**
   * Arguments that the integration reads. Others would be lost.
   *
   * @default - any JSON
   */
  readonly arguments?: readonly string[];
}
