import type { Block, State } from '../definition/definition.ts';
import { statesIn } from './jsonata.ts';
import type { Json } from '@crosswind/aws/json';
import { within } from '../definition/shape.ts';
import { innerBlocks } from '../definition/variable-scopes.ts';

/**
 * `$states.result` is there when a Task, Parallel or Map has succeeded, `$states.errorOutput` in a catcher. AWS refuses
 * them elsewhere when the machine is made (transforming-data, "Reserved variable").
 */
export function unavailableStates(block: Block, path = ''): readonly string[] {
  return Object.entries(block.States).flatMap(([name, state]) => {
    const place = within(path, `States.${name}`);
    return [
      ...(state.QueryLanguage === 'JSONata' ? unavailableIn(state, place) : []),
      ...innerBlocks(state, place).flatMap(([inner, at]) => unavailableStates(inner, at)),
    ];
  });
}

const WITH_RESULT: readonly string[] = ['Task', 'Parallel', 'Map'];
const LEAVING: readonly string[] = ['Output', 'Assign'];
const BLOCKS: readonly string[] = ['Branches', 'ItemProcessor'];

function unavailableIn(state: State, place: string): readonly string[] {
  const fields = Object.entries(state as unknown as Readonly<Record<string, Json>>);
  return fields
    .filter(([field]) => !BLOCKS.includes(field))
    .flatMap(([field, value]) => statesIn(value, within(place, field)).map((each) => [field, ...each] as const))
    .filter(([field, name]) => isMissing(name, field, state))
    .map(([, name, at]) => `${at}: $states.${name} is not available here`);
}

function isMissing(name: string, field: string, { Type }: State): boolean {
  if (name === 'result') return !(WITH_RESULT.includes(Type) && LEAVING.includes(field));
  return name === 'errorOutput' && field !== 'Catch';
}
