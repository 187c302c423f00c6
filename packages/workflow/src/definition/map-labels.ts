import { isDistributed } from './definition.ts';
import type { Block } from './definition.ts';
import { within } from './shape.ts';

/**
 * No two Map states of a machine may have one label, because it is a part of what their Map Runs are called.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function labelProblems(machine: Block): readonly string[] {
  const first = new Map<string, string>();
  return labelsOf(machine, '').flatMap(([label, place]) => {
    const taken = first.get(label);
    if (taken !== undefined)
      return [`${place}.Label: DUPLICATE_LABEL_NAME: Duplicate Label name: ${label}, which is that of ${taken}, too`];
    first.set(label, place);
    return [];
  });
}

function labelsOf(block: Block, path: string): readonly (readonly [label: string, place: string])[] {
  return Object.entries(block.States).flatMap(([name, state]) => {
    const place = within(path, `States.${name}`);
    if (state.Type === 'Parallel')
      return state.Branches.flatMap((each, i) => labelsOf(each, `${place}.Branches[${i}]`));
    if (state.Type !== 'Map') return [];
    const inner = labelsOf(state.ItemProcessor, `${place}.ItemProcessor`);
    return isDistributed(state) && state.Label !== undefined ? [[state.Label, place] as const, ...inner] : inner;
  });
}
