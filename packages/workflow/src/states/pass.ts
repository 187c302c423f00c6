import { bindingsOf } from '../expressions/bindings.ts';
import type { PassState } from '../definition/definition.ts';
import { argumentsOf } from '../expressions/expressions.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Does nothing in JSONata; in JSONPath it has a result: `Result`, else `Parameters`, else its input. */
export async function pass(turn: Turn, id: ThreadId, state: PassState): Promise<void> {
  turn.jobs.push({ kind: 'succeed', thread: id, result: await resultOf(turn, id, state) });
}

async function resultOf(turn: Turn, id: ThreadId, state: PassState): Promise<PassState['Result']> {
  if (state.QueryLanguage === 'JSONata' || state.Result !== undefined) return state.Result;
  return argumentsOf(state.Arguments, 'Parameters', bindingsOf(turn, id));
}
