import { defined } from '@crosswind/aws/json';
import type { JsonObject } from '@crosswind/aws/json';
import { MAX_CAUSE_CHARACTERS, MAX_ERROR_CHARACTERS } from '../limits.ts';

/** Why a state failed; a Fail state may leave both words out. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** True if the service that a task called reported it, rather than the state itself. */
  readonly reportedByTask?: boolean;
  /** True if a task timed out because its heartbeat was overdue. */
  readonly isSilence?: boolean;
  /** True if a JSONPath field of the state could not be applied. A Map or Parallel then records no `…StateFailed`. */
  readonly inField?: boolean;
}

interface Words {
  readonly kind?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** A failure, or what reports one, with error and cause cut to the length that AWS keeps. */
export function cut<Cut extends Words>(words: Cut): Cut {
  const { error = '', cause = '' } = words;
  if (error.length <= MAX_ERROR_CHARACTERS && cause.length <= MAX_CAUSE_CHARACTERS) return words;
  return {
    ...words,
    ...(words.error !== undefined && { error: beginning(error, MAX_ERROR_CHARACTERS) }),
    ...(words.cause !== undefined && { cause: beginning(cause, MAX_CAUSE_CHARACTERS) }),
  };
}

/** At most so many characters of a text; never half of a character that is two. */
const beginning = (text: string, characters: number): string =>
  text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');

/** Thrown by whatever a state does, from any depth; the loop in execution.ts is the only place that catches it. */
export class StateFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.cause);
    this.failure = failure;
  }
}

/**
 * `$states.errorOutput`, and what a catcher without `Output` hands on. As recorded, the cause of a timeout is empty, and
 * a token that came back without error and cause leaves both null.
 */
export const errorOutput = ({ error, cause, reportedByTask }: Failure): JsonObject =>
  error === 'States.Timeout' || reportedByTask
    ? { Error: error ?? null, Cause: cause ?? (error === 'States.Timeout' ? '' : null) }
    : defined({ Error: error, Cause: cause });

/**
 * True if a retrier or catcher matches this error. `States.Runtime` cannot be caught at all.
 * `States.DataLimitExceeded` is caught only by its own name. `States.TaskFailed` is any other error except a timeout.
 * An overdue heartbeat is a `States.Timeout`, as recorded on AWS. `States.HeartbeatTimeout` catches it, too.
 * Exception: where AWS was recorded, `States.ALL` caught a task's own result above the limit.
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
