import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { resolvePartly } from '@crosswind/assembly/resolve';
import type { Evidence } from '../rules/rule.ts';
import { withNested } from './nested-stacks.ts';
import { possibleStacks } from './possible-stacks.ts';

/** Evidence that rules check, of the stacks of an assembly. */
export function evidenceOf(
  assembled: readonly AssembledStack[],
  given: Omit<Evidence, 'stacks' | 'possible' | 'templates'>,
): Evidence {
  const resolved = resolvedOf(assembled);
  return { ...resolved, possible: possibleStacks(resolved.templates), ...given };
}

/** The part of it that measures need. The rest of it takes ten times as long where accounts are many. */
export function resolvedOf(assembled: readonly AssembledStack[]): Pick<Evidence, 'stacks' | 'templates'> {
  const templates = withNested(assembled);
  return { stacks: resolvePartly(templates).stacks, templates };
}
