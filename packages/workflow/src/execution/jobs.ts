import { admitted } from './admission.ts';
import { abortChildren, abortThread } from './aborting.ts';
import { isDistributed } from '../definition/definition.ts';
import { end } from './ending.ts';
import { fail } from './failing.ts';
import type { Failure } from './failure.ts';
import { payload } from './history.ts';
import type { Json } from '@crosswind/aws/json';
import { leave } from './leaving.ts';
import { interruptedBelow } from './redriving.ts';
import { choose } from '../states/choice.ts';
import { startMapRun } from '../states/distributed-map.ts';
import { failOnPurpose } from '../states/fail.ts';
import { iterate, iterationSucceeded, startIterations } from '../states/inline-map.ts';
import { branchSucceeded, startBranches } from '../states/parallel.ts';
import { pass } from '../states/pass.ts';
import { scheduleTask } from '../states/task.ts';
import { wait } from '../states/wait.ts';
import { IDLE } from './thread.ts';
import type { ThreadId } from './thread.ts';
import type { Job, Turn } from './turn.ts';

/** Does one job; what follows from it is put at the end of the line. */
export async function perform(turn: Turn, job: Job): Promise<void> {
  switch (job.kind) {
    case 'enter':
      if (job.isAdmitted || admitted(turn, job)) enter(turn, job.thread, job.state, job.input);
      return;
    case 'begin':
      if (!job.isRetry || job.isAdmitted || admitted(turn, job)) await begin(turn, job.thread);
      return;
    case 'iterate': {
      const state = turn.state(job.thread);
      if (state.Type === 'Map' && !isDistributed(state)) {
        await iterate(turn, job.thread, state, job.index, job.causeEventId);
      }
      return;
    }
    case 'succeed': {
      const state = turn.state(job.thread);
      const next = 'Next' in state ? state.Next : undefined;
      return leave(turn, job.thread, { leaving: state.Type === 'Fail' ? {} : state, next, result: job.result });
    }
    case 'fail':
      return fail(turn, job.thread, job.failure);
    case 'thread-succeeded':
      threadSucceeded(turn, job.thread, job.output);
      return;
    case 'thread-failed':
      threadFailed(turn, job.thread, job.failure);
  }
}

function enter(turn: Turn, id: ThreadId, name: string, input: Json): void {
  const { lastEventId } = turn.thread(id);
  const arrived = { enteredAt: turn.at, cameFromEventId: lastEventId, retries: [], token: undefined, activity: IDLE };
  turn.visit(id, { state: name, input, ...arrived });
  const details = { name, ...payload('input', input) };
  const enteredEventId = turn.record(id, `${turn.state(id).Type}StateEntered`, details);
  turn.visit(id, { enteredEventId });
  turn.jobs.push({ kind: 'begin', thread: id });
}

async function begin(turn: Turn, id: ThreadId): Promise<void> {
  turn.visit(id, { interrupted: undefined, mapRunArn: undefined });
  const state = turn.state(id);
  switch (state.Type) {
    case 'Pass':
      return pass(turn, id, state);
    case 'Succeed':
      turn.jobs.push({ kind: 'succeed', thread: id });
      return;
    case 'Fail':
      return failOnPurpose(turn, id, state);
    case 'Choice':
      return choose(turn, id, state);
    case 'Wait':
      return wait(turn, id, state);
    case 'Task':
      return scheduleTask(turn, id, state);
    case 'Parallel':
      return startBranches(turn, id, state);
    case 'Map':
      return isDistributed(state) ? startMapRun(turn, id, state) : startIterations(turn, id, state);
  }
}

function threadSucceeded(turn: Turn, id: ThreadId, output: Json): void {
  const thread = turn.thread(id);
  if (!thread.parent) {
    end(turn, { status: 'SUCCEEDED', output }, thread.lastEventId);
    return;
  }
  const { thread: parent, index } = thread.parent;
  const { activity } = turn.thread(parent).visit;
  turn.threads.delete(id);
  if (activity.kind !== 'children') return;
  turn.await(parent, { ...activity, outputs: new Map(activity.outputs).set(index, output) });
  if (turn.state(parent).Type === 'Map') iterationSucceeded(turn, parent, thread);
  else branchSucceeded(turn, parent, thread.lastEventId);
}

function threadFailed(turn: Turn, id: ThreadId, failure: Failure): void {
  const { parent, lastEventId } = turn.thread(id);
  if (!parent) {
    end(turn, { status: 'FAILED', error: failure.error, cause: failure.cause }, lastEventId);
    return;
  }
  const { state, activity } = turn.thread(parent.thread).visit;
  // The first failure decides: by the time of a second one the parent waits for its branches no more.
  if (activity.kind !== 'children') return;
  const interrupted = failure.error === 'States.DataLimitExceeded' ? undefined : interruptedBelow(turn, parent.thread);
  abortThread(turn, id);
  if (turn.state(parent.thread).Type === 'Map') {
    turn.note('MapIterationFailed', lastEventId, { name: state, index: parent.index });
  }
  turn.put(parent.thread, { lastEventId });
  turn.visit(parent.thread, { activity: IDLE, interrupted });
  abortChildren(turn, parent.thread);
  turn.jobs.push({ kind: 'fail', thread: parent.thread, failure: { ...failure, inField: false } });
}
