import type { Stack } from '@crosswind/assembly/resolve';
import { type NewAccess } from '../../policies/reach/new-access-types.ts';
import { newAccess } from '../../policies/reach/new-access.ts';
import type { ReachInputs } from '../../policies/reach/reach-inputs.ts';
import type { Comparison } from './comparison.ts';
import { replacing } from './movement.ts';

/**
 * New access and trust between two sides, by meaning. A stack that is gone stays in its account, and so does its trust. A
 * new one with the policies of a stack that was there before says nothing new. What a resource is called after it is replaced is
 * no difference either.
 * @param known new stacks with policies that were there before
 */
export function comparedAccess({ before, after, pairs, renames }: Comparison, known: ReadonlySet<Stack>): NewAccess {
  const gone = new Set(pairs.gone);
  const rename = renames.size === 0 ? undefined : replacing(renames);
  return newAccess(
    only(before.reach, (stack) => !gone.has(stack), rename),
    only(after.reach, (stack) => !known.has(stack)),
  );
}

function only(inputs: ReachInputs, isIn: (stack: Stack) => boolean, rename?: (text: string) => string): ReachInputs {
  const kept = (stacks: readonly Stack[]): readonly Stack[] =>
    stacks.filter(isIn).map((stack) => (rename ? renamed(stack, rename) : stack));
  return { ...inputs, stacks: kept(inputs.stacks), baseline: kept(inputs.baseline) };
}

/** The stack with other names of resources. */
function renamed(stack: Stack, rename: (text: string) => string): Stack {
  const text = JSON.stringify(stack.resources);
  const other = rename(text);
  return other === text ? stack : { ...stack, resources: JSON.parse(other) as Stack['resources'] };
}
