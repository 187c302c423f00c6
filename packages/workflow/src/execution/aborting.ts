import type { Activity, Thread, ThreadId } from './thread.ts';
import type { Turn } from './turn.ts';

/** States that can be caught in the middle of something. */
const LASTING = ['Task', 'Wait', 'Parallel', 'Map'];

/** Gives up whatever a thread is doing, its children first, and forgets it. */
export function abortThread(turn: Turn, id: ThreadId): void {
  abortChildren(turn, id);
  const { visit, lastEventId } = turn.thread(id);
  abortMapRun(turn, turn.thread(id));
  release(turn, visit.activity);
  const { Type } = turn.state(id);
  const isBetweenStates = visit.activity.kind === 'throttled' && visit.activity.transition.kind === 'enter';
  if (visit.enteredEventId > 0 && !isBetweenStates && LASTING.includes(Type))
    turn.note(`${Type}StateAborted`, lastEventId);
  turn.threads.delete(id);
}

/** Stops the branches or iterations of a state that goes on without them. */
export function abortChildren(turn: Turn, id: ThreadId): void {
  const { visit } = turn.thread(id);
  for (const child of turn.children(id)) {
    abortThread(turn, child.id);
    if (turn.state(id).Type === 'Map') {
      const index = child.parent?.index;
      turn.note('MapIterationAborted', child.lastEventId, { name: visit.state, index });
    }
  }
}

/** Records the abort of a Map Run that has started and is no longer awaited. */
export function abortMapRun(turn: Turn, { visit, lastEventId }: Thread): void {
  if (visit.activity.kind === 'map-run' && visit.mapRunArn !== undefined) turn.note('MapRunAborted', lastEventId);
}

/** Nothing gives the task up any more. */
export function cancelDeadlines(turn: Turn, { timeout, heartbeat }: Extract<Activity, { kind: 'task' }>): void {
  for (const deadline of [timeout, heartbeat]) {
    if (deadline) turn.emit({ kind: 'cancel-timer', timer: deadline.timer });
  }
}

/** Asks the runtime to cancel the task, Map Run or timer of an activity that is no longer awaited. */
export function release(turn: Turn, activity: Activity): void {
  switch (activity.kind) {
    case 'task':
      turn.emit({ kind: 'cancel-task', task: activity.task });
      cancelDeadlines(turn, activity);
      return;
    case 'map-run':
      turn.emit({ kind: 'cancel-map-run', task: activity.task });
      return;
    case 'wait':
    case 'retry':
    case 'throttled':
      turn.emit({ kind: 'cancel-timer', timer: activity.timer });
      return;
    case 'none':
    case 'children':
  }
}
