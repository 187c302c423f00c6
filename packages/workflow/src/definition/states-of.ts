import { isObject } from '@crosswind/aws/json';
import { nameOf } from '../expressions/jsonpath/payload-template.ts';
import type { Block, State } from './definition.ts';

/** Every state of a block by its name, with those in branches and item processors. */
export function statesOf(block: Block): readonly (readonly [name: string, state: State])[] {
  return Object.entries(block.States).flatMap(([name, state]) => {
    const inner = state.Type === 'Parallel' ? state.Branches : state.Type === 'Map' ? [state.ItemProcessor] : [];
    return [[name, state] as const, ...inner.flatMap(statesOf)];
  });
}

/** Names of the arguments that a task gives, without the suffix `.$` of JSONPath. */
export const argumentNames = ({ Arguments: given }: Extract<State, { readonly Type: 'Task' }>): readonly string[] =>
  isObject(given) ? Object.keys(given).map(nameOf) : [];
