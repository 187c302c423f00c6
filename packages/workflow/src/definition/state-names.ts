import type { Block } from './definition.ts';
import { within } from './shape.ts';

/**
 * No two states of a machine may have one name, whatever branch or item processor they are in.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html
 */
export function nameProblems(machine: Block): readonly string[] {
  const first = new Map<string, string>();
  return namesOf(machine, '').flatMap(([name, place]) => {
    const taken = first.get(name);
    if (taken !== undefined) {
      return [`${place}: DUPLICATE_STATE_NAME: Duplicate State name: ${name}, which is ${taken}, too`];
    }
    first.set(name, place);
    return [];
  });
}

function namesOf(block: Block, path: string): readonly (readonly [name: string, place: string])[] {
  return Object.entries(block.States).flatMap(([name, state]) => {
    const place = within(path, `States.${name}`);
    const own = [name, place] as const;
    if (state.Type === 'Parallel')
      return [own, ...state.Branches.flatMap((each, i) => namesOf(each, `${place}.Branches[${i}]`))];
    return state.Type === 'Map' ? [own, ...namesOf(state.ItemProcessor, `${place}.ItemProcessor`)] : [own];
  });
}
