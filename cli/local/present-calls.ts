import { count, countOf } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import type { ComparedCalls, DeclaredCall, UndeclaredCall } from './compared-calls.ts';

type Colors = Terminal['colors'];

/** Text about the calls of functions in one run: the undeclared ones with their fix, and how many were not made. */
export function comparedLines({ isDeclared, undeclared, unmade }: ComparedCalls, colors: Colors): readonly string[] {
  if (!isDeclared) {
    return ['No function of this assembly declares its calls (docs/workloads.md, "calls"), so none are compared.'];
  }
  if (undeclared.length > 0) return undeclared.flatMap((call) => undeclaredLines(call, colors));
  if (unmade.length === 0) return [];
  return [
    colors.dim(
      `${countOf(unmade.length, 'declared call was', 'declared calls were')} not made; game days run other paths, too`,
    ),
  ];
}

/** Text about a call that no function declares, with its fix. */
export const undeclaredLines = (
  { functions, principal, action, resource, declare, times }: UndeclaredCall,
  colors: Colors,
): readonly string[] => [
  `${colors.red('undeclared')} ${functions.join(' and ')} called ${action} on ${resource}${times === 1 ? '' : `, ${count(times)} times in all`}`,
  `  as ${principal}`,
  `  fix: declare it on the function: calls(${JSON.stringify([action])}, ${JSON.stringify([declare])}), with \`*\` for what only a run knows`,
];

/** Text about calls that no run made, by function. */
export function unmadeLines(unmade: readonly DeclaredCall[]): readonly string[] {
  if (unmade.length === 0) return [];
  return [
    `${countOf(unmade.length, 'declared call was', 'declared calls were')} made in none of them; remove those that no path makes:`,
    ...unmade.map((call) => `  ${call.function}: ${call.action} on ${call.resource}`),
  ];
}
