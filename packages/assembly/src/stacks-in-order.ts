import { deploymentOrder } from './deployment-order.ts';
import type { AssembledStack } from './read-assembly.ts';
import { type Stack, resolveStacks } from './resolve.ts';

/** One stage of the pipeline and its stacks, ready to be deployed one after the other. */
export interface WaveOfStacks {
  readonly name: string;
  readonly stacks: readonly Stack[];
}

/** The resolved stacks in the order in which the pipeline deploys them. */
export function stacksInOrder(assembled: readonly AssembledStack[]): readonly WaveOfStacks[] {
  const resolved = new Map(resolveStacks(assembled).map((stack) => [stack.templateFile, stack]));
  return deploymentOrder(assembled).map(({ name, steps }) => ({
    name,
    stacks: steps.flat().flatMap(({ templateFile }) => resolved.get(templateFile) ?? []),
  }));
}
