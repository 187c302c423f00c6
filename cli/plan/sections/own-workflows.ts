import { followsIn } from '../follows.ts';
import type { Movement } from '../movement.ts';
import type { WorkflowChange } from '../runs/run-data.ts';

export interface OwnWorkflowsProps {
  readonly movement: Movement;
  /** True for the construct path of a stack that exists on one side only: its workflows come or go with it. */
  readonly isWhole: (stack: string) => boolean;
}

/** Changes of workflows without those that only follow an account, a tenant or a whole stack. */
export function ownWorkflows(
  changes: readonly WorkflowChange[],
  { movement, isWhole }: OwnWorkflowsProps,
): readonly WorkflowChange[] {
  const isOwn = ({ before, after }: WorkflowChange['fields'][number]): boolean => !followsIn(before, after, movement);
  return changes.flatMap(({ kind, places, fields, states }): readonly WorkflowChange[] => {
    if (kind !== 'changed') {
      const kept = places.filter(({ stack }) => !isWhole(stack));
      return kept.length === 0 ? [] : [{ kind, places: kept, fields, states }];
    }
    const own = {
      fields: fields.filter(isOwn),
      states: states.flatMap((state) => {
        const some = state.fields.filter(isOwn);
        return state.kind === 'changed' && some.length === 0 ? [] : [{ ...state, fields: some }];
      }),
    };
    return own.fields.length + own.states.length === 0 ? [] : [{ kind, places, ...own }];
  });
}
