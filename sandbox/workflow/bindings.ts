import { EvaluationFailed, evaluateAs } from './expressions.ts';
import type { Bindings } from './expressions.ts';
import { contextObject } from './identity.ts';
import { defined } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { ThreadId } from './thread.ts';
import type { Turn } from './turn.ts';

interface Extra {
  readonly result?: Json;
  readonly errorOutput?: JsonObject;
  /** The item an item selector looks at; other fields see the item of their own iteration. */
  readonly mapItem?: JsonObject;
}

const RETRIABLE = ['Task', 'Parallel', 'Map'];

/**
 * What the expressions of the state a thread is in can see.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function bindingsOf(turn: Turn, id: ThreadId, extra: Extra = {}): Bindings {
  const { visit, variables, mapItem } = turn.thread(id);
  const context = contextObject(turn.before.identity, turn.before.input, {
    name: visit.state,
    enteredAt: visit.enteredAt,
    ...(RETRIABLE.includes(turn.state(id).Type) && { retryCount: attempts(visit.retries) }),
    mapItem: extra.mapItem ?? mapItem,
  });
  return {
    states: defined({ input: visit.input, context, result: extra.result, errorOutput: extra.errorOutput }),
    variables,
    at: turn.at,
    seed: `${turn.before.identity.executionArn}/${turn.lastEventId}`,
  };
}

const attempts = (retries: readonly number[]): number => retries.reduce((sum, each) => sum + (each || 0), 0);

/** The value of a field that takes a whole number within bounds; undefined when the field is absent. */
export async function integerField<Template extends Json | undefined>(
  template: Template,
  field: string,
  bindings: Bindings,
  [min, max]: readonly [number, number],
): Promise<number | (Template & undefined)> {
  if (template === undefined) return undefined as Template & undefined;
  const value = await evaluateAs('number', template, field, bindings);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new EvaluationFailed(field, `The ${field} field must be an integer from ${min} to ${max} but was: ${value}`);
}
