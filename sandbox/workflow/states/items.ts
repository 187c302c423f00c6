import { integerField } from '../bindings.ts';
import type { DistributedMapState, InlineMapState } from '../definition.ts';
import { EvaluationFailed, evaluateAs } from '../expressions.ts';
import type { Bindings } from '../expressions.ts';
import { isArray } from '../json.ts';
import type { Json } from '../json.ts';
import type { Tolerance } from '../map-run/spec.ts';
import type { ThreadId } from '../thread.ts';
import type { Turn } from '../turn.ts';

/** What a Map iterates over when it has no reader: `Items`, or the state's input. */
export async function itemsOf(
  turn: Turn,
  id: ThreadId,
  { Items }: InlineMapState | DistributedMapState,
  bindings: Bindings,
): Promise<readonly Json[]> {
  if (Items !== undefined) return evaluateAs('array', Items, 'Items', bindings);
  const { input } = turn.thread(id).visit;
  if (isArray(input)) return input;
  throw new EvaluationFailed(undefined, `Map state input must be an array but was: ${JSON.stringify(input)}`);
}

/** The thresholds of a Map; an inline Map accepts them, and as on AWS they change nothing. */
export async function toleranceOf(
  { ToleratedFailureCount, ToleratedFailurePercentage }: InlineMapState | DistributedMapState,
  bindings: Bindings,
): Promise<Tolerance> {
  const count = await integerField(ToleratedFailureCount, 'ToleratedFailureCount', bindings, [0, Infinity]);
  if (ToleratedFailurePercentage === undefined) return { count };
  const field = 'ToleratedFailurePercentage';
  const percentage = await evaluateAs('number', ToleratedFailurePercentage, field, bindings);
  if (percentage >= 0 && percentage <= 100) return { count, percentage };
  throw new EvaluationFailed(field, `${field} must be between 0 and 100.`);
}
