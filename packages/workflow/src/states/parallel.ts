import { bindingsOf } from '../expressions/bindings.ts';
import type { ParallelState } from '../definition/definition.ts';
import { argumentsOf } from '../expressions/expressions.ts';
import { newThread } from '../execution/thread.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Starts every branch with the same input and its own copy of the variables. */
export async function startBranches(turn: Turn, id: ThreadId, state: ParallelState): Promise<void> {
  const { variables, mapItem } = turn.thread(id);
  const input = await argumentsOf(state.Arguments, 'Arguments', bindingsOf(turn, id));
  const started = turn.record(id, 'ParallelStateStarted');
  const total = state.Branches.length;
  turn.await(id, { kind: 'children', total, started: total, outputs: new Map(), items: [] });
  for (const [index, block] of state.Branches.entries()) {
    const branch = `${id}/${started}.${index}`;
    const parent = { thread: id, index };
    turn.threads.set(
      branch,
      newThread({ id: branch, block, parent, variables, mapItem, lastEventId: started }, input, turn.at),
    );
    turn.jobs.push({ kind: 'enter', thread: branch, state: block.StartAt, input });
  }
}

/** The last branch to end brings all outputs together, in the order of the branches. */
export function branchSucceeded(turn: Turn, id: ThreadId, lastEventId: number): void {
  const { activity } = turn.thread(id).visit;
  if (activity.kind !== 'children' || activity.outputs.size < activity.total) return;
  turn.put(id, { lastEventId });
  turn.note('ParallelStateSucceeded', lastEventId);
  turn.jobs.push({ kind: 'succeed', thread: id, result: inOrder(activity.outputs) });
}

/** Outputs by index, first to last. */
export const inOrder = <Value>(outputs: ReadonlyMap<number, Value>): readonly Value[] =>
  [...outputs].sort(([a], [b]) => a - b).map(([, value]) => value);
