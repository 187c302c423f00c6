import { deploymentOrder } from './deployment-order.ts';
import type { AssembledStack } from './read-assembly.ts';
import { type Stack, resolveTolerantly } from './resolve.ts';

/** Stacks that are deployed together, one after the other: a stage of a pipeline, or a whole app without one. */
export interface WaveOfStacks {
  /** The stage of the pipeline; empty for an app without a pipeline. */
  readonly name: string;
  readonly stacks: readonly Stack[];
}

/** The resolved stacks in the order in which pipelines of the assembly deploy them, else by their dependencies. */
export function stacksInOrder(assembled: readonly AssembledStack[]): readonly WaveOfStacks[] {
  const resolved = new Map(resolveTolerantly(assembled).map((stack) => [stack.templateFile, stack]));
  const waves = deploymentOrder(assembled).map(({ name, steps }) => ({ name, stacks: steps.flat() }));
  const all = waves.length > 0 ? waves : [{ name: '', stacks: byDependencies(assembled) }];
  return all.map(({ name, stacks }) => ({
    name,
    stacks: stacks.flatMap(({ templateFile }) => resolved.get(templateFile) ?? []),
  }));
}

/** Each stack after those that it depends on. */
function byDependencies(assembled: readonly AssembledStack[]): readonly AssembledStack[] {
  const ordered = new Set<AssembledStack>();
  const visit = (stack: AssembledStack): void => {
    if (ordered.has(stack)) return;
    for (const other of assembled) {
      if (other !== stack && stack.dependencies.includes(other.id)) visit(other);
    }
    ordered.add(stack);
  };
  for (const stack of assembled) visit(stack);
  return [...ordered];
}
