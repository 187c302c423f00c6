import { defined } from '@crosswind/aws/json';
import type { JsonObject } from '@crosswind/aws/json';

/** Why a state failed; a Fail state may leave both words out. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** Whether the service that a task called reported it, rather than the state itself. */
  readonly reportedByTask?: boolean;
  /** Whether a task was given up because nothing was heard of it. */
  readonly isSilence?: boolean;
  /** Whether a JSONPath field of the state could not be applied: such a Map or Parallel tells of no failure of its own. */
  readonly inField?: boolean;
}

/** Thrown by whatever a state does, from any depth; the loop in execution.ts is the only place that catches it. */
export class StateFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.cause);
    this.failure = failure;
  }
}

/** `$states.errorOutput`, and what a catcher without `Output` hands on. */
export const errorOutput = ({ error, cause }: Failure): JsonObject => defined({ Error: error, Cause: cause });

/**
 * Whether a retrier or catcher is meant for this error. `States.Runtime` cannot be caught at all,
 * `States.DataLimitExceeded` only by its own name; `States.TaskFailed` is any other error except a timeout.
 * A heartbeat that stays out is a `States.Timeout`, as recorded, which `States.HeartbeatTimeout` catches, too.
 * The exception: a task's own result above the limit was caught by `States.ALL` where AWS was recorded doing it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function matches(errorEquals: readonly string[], failure: Failure): boolean {
  const { error, reportedByTask = false, isSilence = false } = failure;
  if (error === 'States.Runtime') return false;
  if (error !== undefined && errorEquals.includes(error)) return true;
  if (isSilence && errorEquals.includes('States.HeartbeatTimeout')) return true;
  if (error === 'States.DataLimitExceeded' && !reportedByTask) return false;
  return (
    errorEquals.includes('States.ALL') || (errorEquals.includes('States.TaskFailed') && error !== 'States.Timeout')
  );
}

/** The failure of a payload above 256 KiB, in AWS's words. */
export const dataLimitExceeded = (who: string): Failure => ({
  error: 'States.DataLimitExceeded',
  cause: `The state/task '${who}' returned a result with a size exceeding the maximum number of bytes service limit.`,
});
