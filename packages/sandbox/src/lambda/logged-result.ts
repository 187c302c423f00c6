import type { InvocationResult } from './execution-environment.ts';
import type { ThrottleReason } from './function-concurrency.ts';

/** How an invocation ended, and what the function wrote meanwhile. */
export type LoggedResult = InvocationResult & {
  readonly log: string;
  /** Why it did not even begin, if it did not. */
  readonly throttled?: ThrottleReason;
};
