import type { DistributedMapState, InlineMapState } from '../definition/definition.ts';
import { evaluate, evaluateAs } from '../expressions/expressions.ts';
import { isArray, isObject } from '@crosswind/aws/json';
import type { Json } from '@crosswind/aws/json';
import { pathValue } from '../expressions/jsonpath/resolve.ts';
import type { Tolerance } from '../map-run/spec.ts';
import { integerField, percentageField } from '../expressions/number-field.ts';
import { EvaluationFailed, PathFailed } from '../expressions/query.ts';
import type { Bindings } from '../expressions/query.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Items of a Map without a reader: `Items`, the array at `ItemsPath`, or the state's input. */
export async function itemsOf(
  turn: Turn,
  id: ThreadId,
  { Items, ItemsPath, QueryLanguage }: InlineMapState | DistributedMapState,
  bindings: Bindings,
): Promise<readonly Json[]> {
  if (QueryLanguage === 'JSONPath') return itemsAt(ItemsPath ?? '$', bindings);
  if (Items !== undefined) return evaluateAs('array', Items, 'Items', bindings);
  const { input } = turn.thread(id).visit;
  if (isArray(input)) return input;
  throw new EvaluationFailed(undefined, `Map state input must be an array but was: ${JSON.stringify(input)}`);
}

/** The same for a Distributed Map, which also takes an object: its items are the values, each with its key. */
export async function keyedItemsOf(
  turn: Turn,
  id: ThreadId,
  state: DistributedMapState,
  bindings: Bindings,
): Promise<{ readonly items: readonly Json[]; readonly keys?: readonly string[] }> {
  const found = await objectOf(turn, id, state, bindings);
  if (isObject(found)) return { items: Object.values(found), keys: Object.keys(found) };
  return { items: isArray(found) ? found : await itemsOf(turn, id, state, bindings) };
}

async function objectOf(
  turn: Turn,
  id: ThreadId,
  { Items, ItemsPath, QueryLanguage }: DistributedMapState,
  bindings: Bindings,
): Promise<Json> {
  if (QueryLanguage === 'JSONPath') return pathValue(ItemsPath ?? '$', bindings);
  return Items === undefined ? turn.thread(id).visit.input : evaluate(Items, 'Items', bindings);
}

function itemsAt(path: string, bindings: Bindings): readonly Json[] {
  const items = pathValue(path, bindings);
  if (isArray(items)) return items;
  throw new PathFailed(`Reference path "${path}" must point to array.`);
}

/** The thresholds of a Map; an inline Map accepts them, and as on AWS they change nothing. */
export async function toleranceOf(state: InlineMapState | DistributedMapState, bindings: Bindings): Promise<Tolerance> {
  const count = await integerField(state, 'ToleratedFailureCount', bindings, [0, Infinity]);
  return { count, percentage: await percentageField(state, 'ToleratedFailurePercentage', bindings) };
}
