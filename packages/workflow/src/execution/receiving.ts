import type { TaskState } from '../definition/definition.ts';
import { end } from './ending.ts';
import type { ExecutionEvent } from './protocol.ts';
import { mapRunFailed, mapRunRedriven, mapRunStarted, mapRunSucceeded } from '../states/distributed-map.ts';
import { taskFailed, taskHeartbeat, taskStarted, taskSubmitted, taskSucceeded, taskTimedOut } from '../states/task.ts';
import type { Activity, ThreadId } from './thread.ts';
import type { Turn } from './turn.ts';

/** Brings news to the state that waits for it; news that nobody waits for is late, and dropped. */
export function receive(turn: Turn, event: Exclude<ExecutionEvent, { readonly kind: 'started' | 'redriven' }>): void {
  switch (event.kind) {
    case 'stopped':
      end(turn, { status: 'ABORTED', error: event.error, cause: event.cause }, turn.lastEventId);
      return;
    case 'timer':
      timerFired(turn, event.timer);
      return;
    case 'map-run-started':
    case 'map-run-redriven':
    case 'map-run-succeeded':
    case 'map-run-failed': {
      const id = waiting(turn, (activity) => activity.kind === 'map-run' && activity.task === event.task);
      if (id === undefined) return;
      if (event.kind === 'map-run-started') mapRunStarted(turn, id);
      else if (event.kind === 'map-run-redriven') mapRunRedriven(turn, id, event.redriveCount);
      else if (event.kind === 'map-run-succeeded') mapRunSucceeded(turn, id, event.output);
      else mapRunFailed(turn, id, event.error, event.cause);
      return;
    }
    case 'task-started':
    case 'task-heartbeat':
    case 'task-submitted':
    case 'task-succeeded':
    case 'task-start-failed':
    case 'task-submit-failed':
    case 'task-failed': {
      const id = waiting(turn, (activity) => activity.kind === 'task' && activity.task === event.task);
      if (id !== undefined) taskNews(turn, id, event);
    }
  }
}

type TaskNews = Extract<ExecutionEvent, { readonly kind: `task-${string}` }>;

function taskNews(turn: Turn, id: ThreadId, event: TaskNews): void {
  const state = turn.state(id) as TaskState;
  switch (event.kind) {
    case 'task-started':
      taskStarted(turn, id, state, event.workerName);
      return;
    case 'task-heartbeat':
      taskHeartbeat(turn, id);
      return;
    case 'task-submitted':
      taskSubmitted(turn, id, state, event.output);
      return;
    case 'task-succeeded':
      taskSucceeded(turn, id, state, event.output);
      return;
    case 'task-start-failed':
    case 'task-submit-failed':
    case 'task-failed':
      taskFailed(turn, id, state, event);
  }
}

function timerFired(turn: Turn, timer: string): void {
  const id = waiting(turn, (activity) => timersOf(activity).includes(timer));
  if (id === undefined) return;
  const { activity } = turn.thread(id).visit;
  if (activity.kind === 'task') {
    taskTimedOut(turn, id, turn.state(id) as TaskState, activity.heartbeat?.timer === timer);
    return;
  }
  turn.settle(id);
  if (activity.kind === 'throttled') turn.jobs.push(activity.transition);
  else if (activity.kind === 'retry') turn.jobs.push({ kind: 'begin', thread: id, isRetry: true });
  else turn.jobs.push({ kind: 'succeed', thread: id });
}

const timersOf = (activity: Activity): readonly (string | undefined)[] => {
  if (activity.kind === 'task') return [activity.timeout?.timer, activity.heartbeat?.timer];
  return 'timer' in activity ? [activity.timer] : [];
};

const waiting = (turn: Turn, isIt: (activity: Activity) => boolean): ThreadId | undefined =>
  [...turn.threads.values()].find(({ visit }) => isIt(visit.activity))?.id;
