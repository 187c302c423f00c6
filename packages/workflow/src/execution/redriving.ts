import { redriveMapRun } from '../states/distributed-map.ts';
import { IDLE } from './thread.ts';
import type { Children, Thread, ThreadId, Visit } from './thread.ts';
import type { Turn } from './turn.ts';

/**
 * Goes on where the execution ended: what had left its state keeps its result, everything else begins again with the
 * same input and all its attempts. No state is entered a second time but a Fail.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export function redrive(turn: Turn): void {
  const { identity, lastEventId, unfinished = [] } = turn.before;
  const redriven = turn.note('ExecutionRedriven', lastEventId, { redriveCount: identity.redriveCount });
  const threads = unfinished.flatMap(withInterrupted);
  for (const thread of threads) turn.threads.set(thread.id, reopened(thread, redriven));
  for (const { id } of threads) goOn(turn, id, redriven);
}

const withInterrupted = (thread: Thread): readonly Thread[] => [
  thread,
  ...(thread.visit.interrupted?.threads ?? []).flatMap(withInterrupted),
];

function reopened(thread: Thread, lastEventId: number): Thread {
  const { interrupted, activity } = thread.visit;
  const children = interrupted?.children ?? (activity.kind === 'children' ? activity : IDLE);
  return {
    ...thread,
    lastEventId,
    visit: { ...thread.visit, retries: [], activity: children, interrupted: undefined },
  };
}

/** The branches or iterations of a state that is about to fail, with everything below them. */
export function interruptedBelow(turn: Turn, id: ThreadId): Visit['interrupted'] {
  const { activity } = turn.thread(id).visit;
  return activity.kind === 'children' ? { children: activity, threads: below(turn, id) } : undefined;
}

const below = (turn: Turn, id: ThreadId): readonly Thread[] =>
  turn.children(id).flatMap((child) => [child, ...below(turn, child.id)]);

function goOn(turn: Turn, id: ThreadId, redriven: number): void {
  const { output, visit } = turn.thread(id);
  const { mapRunArn, activity, state, input } = visit;
  if (output !== undefined) turn.jobs.push({ kind: 'thread-succeeded', thread: id, output });
  else if (visit.enteredEventId === 0 || turn.state(id).Type === 'Fail') {
    turn.jobs.push({ kind: 'enter', thread: id, state, input });
  } else if (activity.kind === 'children') iterateMissing(turn, id, activity, redriven);
  else if (mapRunArn !== undefined) redriveMapRun(turn, id, mapRunArn);
  else turn.jobs.push({ kind: 'begin', thread: id });
}

/** Iterations that were called for and had not begun. */
function iterateMissing(turn: Turn, id: ThreadId, { started, outputs }: Children, causeEventId: number): void {
  if (turn.state(id).Type !== 'Map') return;
  const there = new Set(turn.children(id).map(({ parent }) => parent?.index));
  for (let index = 0; index < started; index++) {
    if (!outputs.has(index) && !there.has(index)) turn.jobs.push({ kind: 'iterate', thread: id, index, causeEventId });
  }
}
