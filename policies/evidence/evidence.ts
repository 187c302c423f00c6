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
  const templates = withNested(assembled);
  return { stacks: resolvePartly(templates).stacks, possible: possibleStacks(templates), templates, ...given };
}
