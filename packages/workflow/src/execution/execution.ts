import { unlimited } from './reserve.ts';
import { alone } from '../expressions/aside.ts';
import type { ExecutionType, Machine } from '../definition/definition.ts';
import { end, EXECUTION_TIMEOUT } from './ending.ts';
import { EvaluationFailed, PathFailed } from '../expressions/query.ts';
import { cut, dataLimitExceeded, StateFailed } from './failure.ts';
import type { Failure } from './failure.ts';
import { payload } from './history.ts';
import type { ExecutionIdentity } from './identity.ts';
import { perform } from './jobs.ts';
import { byteLength } from '../json.ts';
import type { Json } from '@crosswind/aws/json';
import {
  MAX_EXPRESS_MILLISECONDS,
  MAX_HISTORY_EVENTS,
  MAX_PAYLOAD_BYTES,
  MAX_STANDARD_MILLISECONDS,
  RUNAWAY_EVENTS,
} from '../limits.ts';
import type { Effect, ExecutionEvent } from './protocol.ts';
import { receive } from './receiving.ts';
import { redrive } from './redriving.ts';
import { newThread } from './thread.ts';
import { Turn } from './turn.ts';
import type { ExecutionState, Job } from './turn.ts';

/** The thread that runs the machine's own states. */
const ROOT = 'root';

/** An execution that has not heard `started` yet. */
export function newExecution(
  machine: Machine,
  identity: ExecutionIdentity,
  type: ExecutionType,
  input: Json,
): ExecutionState {
  return { machine, identity, type, input, lastEventId: 0, threads: new Map() };
}

/**
 * Handles one event at a time: returns the next state of an execution and the effects that it asks for.
 * Pure. Returns a promise only because expressions evaluate asynchronously.
 * `reserve` returns the time at which the account's quota allows a state transition. `aside` runs long evaluations.
 */
export async function step(
  state: ExecutionState,
  event: ExecutionEvent,
  reserve = unlimited,
  aside = alone,
): Promise<readonly [ExecutionState, readonly Effect[]]> {
  if (event.kind === 'redriven' ? !isUnsuccessful(state) : state.outcome) return [state, []];
  const turn = new Turn(event.kind === 'redriven' ? reopened(state, event.at) : state, event.at, reserve, aside);
  if (event.kind === 'started') start(turn);
  else if (event.kind === 'redriven') startAgain(turn);
  else if (event.kind === 'timer' && event.timer === EXECUTION_TIMEOUT) timeOut(turn);
  else receive(turn, cut(event));
  await workThrough(turn);
  endInAYear(turn);
  return [turn.after(), turn.effects];
}

const isUnsuccessful = ({ outcome }: ExecutionState): boolean =>
  outcome !== undefined && outcome.status !== 'SUCCEEDED';

/** The execution as it was before it ended, once more redriven. */
function reopened(state: ExecutionState, at: number): ExecutionState {
  const { redriveCount = 0 } = state.identity;
  const identity = { ...state.identity, redriveCount: redriveCount + 1, redrivenAt: at };
  return { ...state, identity, outcome: undefined };
}

function startAgain(turn: Turn): void {
  setTimer(turn);
  redrive(turn);
}

function setTimer(turn: Turn): void {
  const { machine, type } = turn.before;
  const seconds = machine.TimeoutSeconds ?? Infinity;
  const timeout = Math.min(seconds * 1000, type === 'EXPRESS' ? MAX_EXPRESS_MILLISECONDS : Infinity);
  if (timeout < Infinity) turn.emit({ kind: 'timer', timer: EXECUTION_TIMEOUT, at: turn.at + timeout });
}

/** Sets the timer of the quota only when something lasts that long: an execution that waits for nobody keeps waiting. */
function endInAYear(turn: Turn): void {
  const { identity, machine, type } = turn.before;
  const end = (identity.redrivenAt ?? identity.startedAt) + MAX_STANDARD_MILLISECONDS;
  const endsBefore = type === 'EXPRESS' || (machine.TimeoutSeconds ?? Infinity) * 1000 < MAX_STANDARD_MILLISECONDS;
  const isLater = turn.effects.some((effect) => effect.kind === 'timer' && effect.at > end);
  if (endsBefore || !isLater || turn.outcome) return;
  turn.emit({ kind: 'cancel-timer', timer: EXECUTION_TIMEOUT });
  turn.emit({ kind: 'timer', timer: EXECUTION_TIMEOUT, at: end });
}

function start(turn: Turn): void {
  const { machine, identity, input } = turn.before;
  turn.note('ExecutionStarted', 0, { ...payload('input', input), roleArn: identity.roleArn });
  setTimer(turn);
  // AWS names event 0, not ExecutionStarted, as the cause of the first state.
  turn.threads.set(ROOT, newThread({ id: ROOT, block: machine, variables: {}, lastEventId: 0 }, input, turn.at));
  if (byteLength(input) > MAX_PAYLOAD_BYTES) {
    end(turn, { status: 'FAILED', ...dataLimitExceeded(machine.StartAt) }, 0);
    return;
  }
  turn.jobs.push({ kind: 'enter', thread: ROOT, state: machine.StartAt, input });
}

/** Works until everything waits for the runtime. A state that fails, wherever it does, is caught here. */
async function workThrough(turn: Turn): Promise<void> {
  for (let job = turn.jobs.shift(); job; job = turn.jobs.shift()) {
    if (!turn.threads.has(job.thread)) continue;
    try {
      await perform(turn, job);
    } catch (error) {
      const failure = cut(failureOf(turn, job, error));
      turn.settle(job.thread);
      // A catcher that fails is not caught by its own state.
      turn.jobs.push({ kind: job.kind === 'fail' ? 'thread-failed' : 'fail', thread: job.thread, failure });
    }
    stopRunaways(turn);
  }
}

function failureOf(turn: Turn, job: Job, error: unknown): Failure {
  if (error instanceof StateFailed) return error.failure;
  const { visit, lastEventId } = turn.thread(job.thread);
  // State by state a value can be nested deeper than any single one may be, and than this machine can write.
  if (error instanceof RangeError)
    return { error: 'States.Runtime', cause: `The state '${visit.state}' failed: its data is nested too deeply.` };
  if (!(error instanceof EvaluationFailed || error instanceof PathFailed)) throw error;
  const cause = `An error occurred while executing the state '${visit.state}' (entered at the event id #${visit.enteredEventId}). ${error.message}`;
  if (error instanceof PathFailed) return { error: error.error, cause, inField: true };
  const failure = cut({ error: 'States.QueryEvaluationError', cause });
  const causeEventId = lastEventId === visit.enteredEventId ? visit.cameFromEventId : lastEventId;
  const details = { ...failure, location: error.location, state: visit.state };
  turn.put(job.thread, { lastEventId: turn.note('EvaluationFailed', causeEventId, details) });
  return failure;
}

/** A loop that waits for nothing ends as on AWS: Standard by its history, Express by its five minutes. */
function stopRunaways(turn: Turn): void {
  if (turn.outcome) return;
  if (turn.historyIsFull) {
    const cause = `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`;
    end(turn, { status: 'FAILED', error: 'States.Runtime', cause }, turn.lastEventId);
  } else if (turn.lastEventId - turn.before.lastEventId > RUNAWAY_EVENTS) timeOut(turn);
}

const timeOut = (turn: Turn): void => {
  end(turn, { status: 'TIMED_OUT', error: 'States.Timeout' }, turn.lastEventId);
};
