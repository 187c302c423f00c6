import type { Stack } from '@crosswind/assembly/resolve';

/** Stacks on both sides: a stack is the same as long as account, region and name are. */
export interface StackPairs {
  readonly kept: readonly StackPair[];
  /** In the order of the new assembly. */
  readonly added: readonly Stack[];
  readonly gone: readonly Stack[];
}

export interface StackPair {
  readonly before: Stack;
  readonly after: Stack;
}

const keyOf = ({ account, region, name }: Stack): string => `${account} ${region} ${name}`;

/** Matches the stacks of two assemblies. One that is in another account or region is gone and new. */
export function stackPairs(before: readonly Stack[], after: readonly Stack[]): StackPairs {
  const old = new Map(before.map((stack) => [keyOf(stack), stack]));
  const next = new Set(after.map(keyOf));
  const kept = after.flatMap((stack): readonly StackPair[] => {
    const was = old.get(keyOf(stack));
    return was ? [{ before: was, after: stack }] : [];
  });
  return {
    kept: [...kept, ...emptied(kept, before, next)],
    added: after.filter((stack) => !old.has(keyOf(stack))),
    gone: before.filter((stack) => !next.has(keyOf(stack)) && !nestedIn(kept, stack)),
  };
}

/** Nested stacks that their parents do not have any more: CloudFormation deletes all that is in them. */
const emptied = (kept: readonly StackPair[], before: readonly Stack[], next: ReadonlySet<string>) =>
  before
    .filter((stack) => !next.has(keyOf(stack)) && nestedIn(kept, stack))
    .map((stack) => ({
      before: stack,
      after: { ...stack, resources: [], template: { ...stack.template, Resources: {} } },
    }));

/** True if the stack is nested in one that stays. The baseline, which has slashes in its id, is nested in nothing. */
const nestedIn = (kept: readonly StackPair[], stack: Stack): boolean =>
  kept.some(({ before: { id, account } }) => account === stack.account && stack.id.startsWith(`${id}/`));
