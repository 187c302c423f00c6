import { abortChildren } from './aborting.ts';
import type { Recovering, State } from '../definition/definition.ts';
import { errorOutput, matches } from './failure.ts';
import type { Failure } from './failure.ts';
import { leave } from './leaving.ts';
import { retryTimer } from './protocol.ts';
import { nextRetry } from './retry.ts';
import type { ThreadId } from './thread.ts';
import type { Turn } from './turn.ts';

/** A state failed: it is retried, or a catcher leads on, or the thread fails with it. */
export async function fail(turn: Turn, id: ThreadId, failure: Failure): Promise<void> {
  abortChildren(turn, id);
  turn.settle(id);
  const state = turn.state(id);
  const { Retry = [], Catch = [] } = recovering(state);
  if (retryLater(turn, id, Retry, failure)) return;

  if (!failure.inField && (state.Type === 'Map' || state.Type === 'Parallel'))
    turn.record(id, `${state.Type}StateFailed`);
  const index = Catch.findIndex((each) => matches(each.ErrorEquals, failure));
  const catcher = Catch[index];
  if (!catcher) {
    turn.jobs.push({ kind: 'thread-failed', thread: id, failure });
    return;
  }
  const departure = { leaving: catcher, next: catcher.Next, errorOutput: errorOutput(failure) };
  await leave(turn, id, { ...departure, path: `Catch[${index}]/` });
}

function retryLater(turn: Turn, id: ThreadId, retriers: NonNullable<Recovering['Retry']>, failure: Failure): boolean {
  const { visit, lastEventId } = turn.thread(id);
  const seed = `${turn.before.identity.executionArn}/retry/${lastEventId}`;
  const retry = nextRetry(retriers, visit.retries, failure, seed);
  if (!retry) return false;
  const timer = retryTimer(turn.lastEventId);
  turn.visit(id, { retries: retry.retries, activity: { kind: 'retry', timer } });
  turn.emit({ kind: 'timer', timer, at: turn.at + retry.delayMilliseconds });
  return true;
}

const recovering = (state: State): Recovering =>
  state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map' ? state : {};
