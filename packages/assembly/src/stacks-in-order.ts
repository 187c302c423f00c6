import { withoutCircle } from './circle.ts';
import { deploymentOrder } from './deployment-order.ts';
import type { AssembledStack } from './read-assembly.ts';
import { type Stack, resolveTolerantly } from './resolve.ts';

/** Stacks that are deployed one after the other: those of a stage of a pipeline, or those that no pipeline deploys. */
export interface WaveOfStacks {
  /** The stage of the pipeline; empty for stacks that no pipeline deploys. */
  readonly name: string;
  readonly stacks: readonly Stack[];
}

/**
 * Every stack, resolved. Stacks that no pipeline of the assembly deploys come first, by their dependencies, because the
 * pipeline's own stack is one of them; those that depend on a stack of a pipeline come last.
 * @throws AssemblyError where stacks, names or exports depend on each other in a circle
 */
export function stacksInOrder(assembled: readonly AssembledStack[]): readonly WaveOfStacks[] {
  const resolved = new Map(resolveTolerantly(assembled).map((stack) => [stack.templateFile, stack]));
  const waves = deploymentOrder(assembled).map(({ name, steps }) => ({ name, stacks: steps.flat() }));
  const { first, last } = byHand(assembled, new Set(waves.flatMap(({ stacks }) => stacks)));
  return [{ name: '', stacks: first }, ...waves, { name: '', stacks: last }]
    .filter(({ stacks }) => stacks.length > 0)
    .map(({ name, stacks }) => ({
      name,
      stacks: stacks.flatMap(({ templateFile }) => resolved.get(templateFile) ?? []),
    }));
}

/** Stacks that no pipeline deploys: those that can be deployed before all pipelines, and those that cannot. */
function byHand(assembled: readonly AssembledStack[], piped: ReadonlySet<AssembledStack>) {
  const later = new Set([...piped].map(({ id }) => id));
  const first: AssembledStack[] = [];
  const last: AssembledStack[] = [];
  for (const stack of byDependencies(assembled).filter((each) => !piped.has(each))) {
    const waits = stack.dependencies.some((id) => later.has(id));
    (waits ? last : first).push(stack);
    if (waits) later.add(stack.id);
  }
  return { first, last };
}

/** Each stack after those that it depends on. */
function byDependencies(assembled: readonly AssembledStack[]): readonly AssembledStack[] {
  const ordered = new Set<AssembledStack>();
  const trail: string[] = [];
  const visit = (stack: AssembledStack): void => {
    if (ordered.has(stack)) return;
    withoutCircle(trail, stack.path, 'stacks', () => {
      for (const other of assembled) {
        if (other !== stack && stack.dependencies.includes(other.id)) visit(other);
      }
    });
    ordered.add(stack);
  };
  for (const stack of assembled) visit(stack);
  return [...ordered];
}
