import { bindingsOf } from '../expressions/bindings.ts';
import type { ChoiceRule, ChoiceState } from '../definition/definition.ts';
import { evaluateAs } from '../expressions/expressions.ts';
import { StateFailed } from '../execution/failure.ts';
import { isMet } from '../expressions/jsonpath/comparison.ts';
import { leave } from '../execution/leaving.ts';
import type { Bindings } from '../expressions/query.ts';
import type { ThreadId } from '../execution/thread.ts';
import type { Turn } from '../execution/turn.ts';

/** Follows the first rule whose condition is true, else the default, whose `Output` and `Assign` are the state's own. */
export async function choose(turn: Turn, id: ThreadId, state: ChoiceState): Promise<void> {
  const bindings = bindingsOf(turn, id);
  for (const [i, rule] of state.Choices.entries()) {
    const path = `Choices[${i}]/`;
    if (await isTrue(rule, path, bindings)) {
      await leave(turn, id, { leaving: rule, next: rule.Next, path });
      return;
    }
  }
  if (state.Default === undefined) throw new StateFailed(noChoiceMatched(turn, id));
  await leave(turn, id, { leaving: state, next: state.Default });
}

const isTrue = async (rule: ChoiceRule, path: string, bindings: Bindings): Promise<boolean> =>
  'Condition' in rule && bindings.language === 'JSONata'
    ? evaluateAs('boolean', rule.Condition, `${path}Condition`, bindings)
    : isMet(rule, bindings);

function noChoiceMatched(turn: Turn, id: ThreadId): { readonly error: string; readonly cause: string } {
  const { state, enteredEventId } = turn.thread(id).visit;
  return {
    error: 'States.NoChoiceMatched',
    cause:
      `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). ` +
      'Failed to transition out of the state. The state does not point to a next state.',
  };
}
