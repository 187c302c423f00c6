import type { FunctionResource } from '@crosswind/assembly/functions';
import type { LoggedResult } from './logged-result.ts';

/**
 * A fault of a function, which each of its invocations has. The first two are named after actions of AWS Fault Injection
 * Service (https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html).
 */
export type Disturbance =
  /** The function begins later by so many seconds of virtual time, which count towards its timeout and its duration. */
  | { readonly kind: 'invocation-add-delay'; readonly seconds: number }
  /** The invocation fails, and the function does not run. */
  | { readonly kind: 'invocation-error' }
  /** The process is killed after it began, as Lambda does when memory is used up. */
  | { readonly kind: 'out-of-memory' };

/** Result of an invocation that fails without running; AWS documents no words of it. */
export const injectedError: LoggedResult = {
  ok: false,
  error: {
    errorType: 'InvocationError',
    errorMessage: 'the invocation was marked as failed by aws:lambda:invocation-error',
  },
  log: '',
};

/** Result of an invocation that is delayed beyond the timeout of its function. */
export const delayedBeyondTimeout = ({ timeoutSeconds }: FunctionResource): LoggedResult => ({
  ok: false,
  error: {
    errorType: 'Sandbox.Timedout',
    errorMessage: `Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  },
  log: '',
});
