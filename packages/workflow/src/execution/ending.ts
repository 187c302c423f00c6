import { abortMapRun, release } from './aborting.ts';
import { payload } from './history.ts';
import type { Outcome } from './protocol.ts';
import type { Turn } from './turn.ts';

/** The timer that ends the execution when its time is up. */
export const EXECUTION_TIMEOUT = 'execution-timeout';

const EVENTS = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** Ends the execution: everything under way is given up, nothing that comes later is heard. */
export function end(turn: Turn, outcome: Outcome, causeEventId: number): void {
  const threads = [...turn.threads.values()];
  for (const thread of threads) {
    abortMapRun(turn, thread);
    release(turn, thread.visit.activity);
  }
  if (outcome.status !== 'SUCCEEDED') turn.unfinished = threads;
  turn.threads.clear();
  turn.jobs.length = 0;
  turn.outcome = outcome;
  turn.emit({ kind: 'cancel-timer', timer: EXECUTION_TIMEOUT });
  turn.note(EVENTS[outcome.status], causeEventId, details(outcome));
  turn.emit({ kind: 'ended', ...outcome });
}

const details = (outcome: Outcome): Parameters<Turn['note']>[2] =>
  outcome.status === 'SUCCEEDED' ? payload('output', outcome.output) : { error: outcome.error, cause: outcome.cause };
