import { withoutCircle } from './circle.ts';
import { evaluate, holds, type Scope } from './intrinsics.ts';
import type { AssembledStack } from './read-assembly.ts';
import type { Json } from '@crosswind/aws/json';
import type { TemplateOutput } from './template.ts';

/** An output of a stack that others may import by name. */
interface Candidate {
  readonly stack: AssembledStack;
  readonly id: string;
  readonly output: TemplateOutput;
}

/**
 * The value that a stack imports by name. Of the exports only the one of that name is evaluated, because values may be
 * imports, too.
 */
export function importsFrom(
  stacks: readonly AssembledStack[],
  scopeOf: (stack: AssembledStack) => Scope,
): (importer: AssembledStack, name: string) => Json | undefined {
  const candidates = stacks.flatMap((stack) =>
    Object.entries(stack.template.Outputs ?? {}).map(([id, output]): Candidate => ({ stack, id, output })),
  );
  const inNaming = new Set<Candidate>();
  const trail: string[] = [];
  const nameOf = (candidate: Candidate): Json => {
    const { Export, Condition } = candidate.output;
    // A name that needs an import is not the name of that import.
    if (!Export || inNaming.has(candidate)) return null;
    const scope = scopeOf(candidate.stack);
    if (Condition !== undefined && !holds({ Condition }, scope, candidate.id)) return null;
    inNaming.add(candidate);
    const name = evaluate(Export.Name, scope, candidate.id);
    inNaming.delete(candidate);
    return name;
  };
  return ({ account, region }, name) => {
    const found = candidates.find(
      (each) => each.stack.account === account && each.stack.region === region && nameOf(each) === name,
    );
    if (!found) return undefined;
    const { stack, id, output } = found;
    return withoutCircle(trail, `${stack.path} ${id}`, 'exports', () => evaluate(output.Value, scopeOf(stack), id));
  };
}
