import { contextObject } from '../execution/identity.ts';
import { defined } from '@crosswind/aws/json';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { selected } from './jsonpath/resolve.ts';
import { withInput } from './query.ts';
import type { Bindings } from './query.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

interface Extra {
  readonly result?: Json;
  readonly errorOutput?: JsonObject;
  /** The item an item selector looks at; other fields see the item of their own iteration. */
  readonly mapItem?: JsonObject;
}

const RETRIABLE = ['Task', 'Parallel', 'Map'];

/**
 * Bindings for the fields of a thread's current state. In JSONPath `$` is the error or the result if there is one,
 * otherwise the input after `InputPath`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function bindingsOf(turn: Turn, id: ThreadId, extra: Extra = {}): Bindings {
  const { visit, variables, mapItem } = turn.thread(id);
  const state = turn.state(id);
  const context = contextObject(turn.before.identity, turn.before.input, {
    name: visit.state,
    enteredAt: visit.enteredAt,
    ...(RETRIABLE.includes(state.Type) && { retryCount: attempts(visit.retries) }),
    mapItem: extra.mapItem ?? mapItem,
    taskToken: visit.token,
  });
  const { result, errorOutput } = extra;
  const bindings = {
    language: state.QueryLanguage,
    states: defined({ input: visit.input, context, result, errorOutput }),
    variables,
    at: turn.at,
    seed: `${turn.before.identity.executionArn}/${turn.lastEventId}`,
    aside: turn.aside,
  };
  if (bindings.language === 'JSONata') return bindings;
  return withInput(
    bindings,
    errorOutput ?? result ?? selected('InputPath' in state ? state.InputPath : undefined, bindings),
  );
}

const attempts = (retries: readonly number[]): number => retries.reduce((sum, each) => sum + (each || 0), 0);
