import { importsFrom } from './exports.ts';
import type { Scope } from './intrinsics.ts';
import type { AssembledStack } from './read-assembly.ts';
import { resolveStack, type Stack, withoutUnknownPolicies } from './resolve-stack.ts';
import { memoize, scopeOf } from './scope.ts';

export {
  type DesiredStack,
  type Deployment,
  type Output,
  outputsForDeployment,
  resolveForDeployment,
} from './deployment.ts';
export type { Resource, Stack } from './resolve-stack.ts';

/** Error with everything in an assembly that could not be resolved. */
export class UnresolvedError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the cloud assembly cannot be resolved:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'UnresolvedError';
    this.problems = problems;
  }
}

/** Stacks whose resources are resolved as far as they can be, and what cannot be. */
export interface PartlyResolved {
  /** Unknown values in them read `<unresolved>`. */
  readonly stacks: readonly Stack[];
  readonly problems: readonly string[];
}

/** Every stack with its resources resolved; throws an UnresolvedError that names whatever is not. */
export function resolveStacks(assembled: readonly AssembledStack[]): readonly Stack[] {
  const { stacks, problems } = resolvePartly(assembled);
  if (problems.length > 0) throw new UnresolvedError(problems);
  return stacks;
}

/**
 * Every stack with its resources resolved as far as they can be, to run it: types that are not known have made-up names,
 * and each resource lists what of it is unresolved.
 */
export const resolveTolerantly = (assembled: readonly AssembledStack[]): readonly Stack[] =>
  resolve(assembled, true).stacks;

/** Every stack with what is known of its resources: enough to judge them, not to run them. */
export const resolvePartly = (stacks: readonly AssembledStack[]): PartlyResolved => resolve(stacks, false);

function resolve(stacks: readonly AssembledStack[], isTolerant: boolean): PartlyResolved {
  const problems: string[] = [];
  const opaqueRefs = isTolerant ? new Map<string, string>() : undefined;
  const scopeIn = memoize((stack: AssembledStack): Scope =>
    scopeOf(stack, { importValue: (name) => imported(stack, name) }, problems, opaqueRefs),
  );
  const imported = importsFrom(stacks, scopeIn);
  const resolved = stacks.map((stack) => resolveStack(stack, scopeIn(stack), isTolerant));
  if (!opaqueRefs) return { stacks: resolved, problems: [...new Set(problems)] };
  const marked = resolved.map(({ resources, ...stack }) => ({
    ...stack,
    resources: resources.map((resource) => withoutUnknownPolicies(resource, opaqueRefs)),
  }));
  return { stacks: marked, problems: [...new Set(problems)] };
}
