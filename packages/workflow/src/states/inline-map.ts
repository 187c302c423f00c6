import { bindingsOf } from '../expressions/bindings.ts';
import type { InlineMapState } from '../definition/definition.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Json } from '@crosswind/aws/json';
import { MAX_INLINE_CONCURRENCY } from '../limits.ts';
import { integerField } from '../expressions/number-field.ts';
import { newThread } from '../execution/thread.ts';
import type { Thread, ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';
import { itemsOf, toleranceOf } from './items.ts';
import { inOrder } from './parallel.ts';

/** Starts as many iterations as may run at a time. */
export async function startIterations(turn: Turn, id: ThreadId, state: InlineMapState): Promise<void> {
  const bindings = bindingsOf(turn, id);
  const items = await itemsOf(turn, id, state, bindings);
  const asked = (await integerField(state, 'MaxConcurrency', bindings, [0, Infinity])) ?? 0;
  await toleranceOf(state, bindings);
  const total = items.length;
  const started = Math.min(asked === 0 ? Infinity : asked, MAX_INLINE_CONCURRENCY, total);
  const causeEventId = turn.record(id, 'MapStateStarted', { length: total });
  turn.await(id, { kind: 'children', total, started, outputs: new Map(), items });
  if (total === 0) finish(turn, id, causeEventId, []);
  for (let index = 0; index < started; index++) turn.jobs.push({ kind: 'iterate', thread: id, index, causeEventId });
}

/** Starts one iteration; the item selector sees the Map state's input and the item. */
export async function iterate(
  turn: Turn,
  id: ThreadId,
  state: InlineMapState,
  index: number,
  causeEventId: number,
): Promise<void> {
  const { visit, variables } = turn.thread(id);
  const { activity } = visit;
  const value = activity.kind === 'children' ? activity.items[index] : undefined;
  if (activity.kind !== 'children' || value === undefined) return;
  const mapItem = { Index: index, Value: value };
  const { ItemSelector, ItemProcessor: block } = state;
  const input =
    ItemSelector === undefined
      ? value
      : await evaluate(ItemSelector, 'ItemSelector', bindingsOf(turn, id, { mapItem }));
  const lastEventId = turn.note('MapIterationStarted', causeEventId, { name: visit.state, index });
  const iteration = `${id}/${visit.enteredEventId}.${index}`;
  const parent = { thread: id, index };
  turn.threads.set(
    iteration,
    newThread({ id: iteration, block, parent, variables, mapItem, lastEventId }, input, turn.at),
  );
  turn.jobs.push({ kind: 'enter', thread: iteration, state: block.StartAt, input });
}

/** An iteration makes room for the next; the last one brings all outputs together, in the order of the items. */
export function iterationSucceeded(turn: Turn, id: ThreadId, child: Thread): void {
  const { visit } = turn.thread(id);
  const { activity } = visit;
  if (activity.kind !== 'children') return;
  const details = { name: visit.state, index: child.parent?.index };
  const succeeded = turn.note('MapIterationSucceeded', child.lastEventId, details);
  if (activity.started < activity.total) {
    turn.await(id, { ...activity, started: activity.started + 1 });
    turn.jobs.push({ kind: 'iterate', thread: id, index: activity.started, causeEventId: child.lastEventId });
  }
  if (activity.outputs.size === activity.total) finish(turn, id, succeeded, inOrder(activity.outputs));
}

function finish(turn: Turn, id: ThreadId, lastEventId: number, result: readonly Json[]): void {
  turn.put(id, { lastEventId });
  turn.note('MapStateSucceeded', lastEventId);
  turn.jobs.push({ kind: 'succeed', thread: id, result });
}
