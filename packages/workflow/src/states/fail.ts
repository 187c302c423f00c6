import { bindingsOf } from '../expressions/bindings.ts';
import type { FailState } from '../definition/definition.ts';
import { evaluateAs } from '../expressions/expressions.ts';
import { StateFailed } from '../execution/failure.ts';
import { dynamicText } from '../expressions/jsonpath/payload-template.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Fails on purpose, with the words the definition gives. */
export async function failOnPurpose(turn: Turn, id: ThreadId, state: FailState): Promise<never> {
  const bindings = bindingsOf(turn, id);
  const text = async (field: 'Error' | 'Cause'): Promise<string | undefined> => {
    const dynamic = state[`${field}Path`];
    if (dynamic !== undefined) return dynamicText(dynamic, `${field}Path`, bindings);
    return state[field] === undefined ? undefined : evaluateAs('string', state[field], field, bindings);
  };
  throw new StateFailed({ error: await text('Error'), cause: await text('Cause') });
}
