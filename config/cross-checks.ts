import { duplicates } from './duplicates.ts';
import type { Outline } from './outline.ts';
import { partitions } from './partitions.ts';
import { placements } from './placements.ts';
import type { Path, PathProblem } from './problem.ts';
import { references } from './references.ts';
import { ownAccounts } from './own-accounts.ts';
import { ownWaves } from './own-waves.ts';
import { emptyWaves } from './empty-waves.ts';
import { reservedNames } from './reserved-names.ts';

/**
 * Problems that no single value shows, for example duplicates, names that point nowhere and workloads in the wrong
 * account.
 */
export function crossChecks(outline: Outline, lineOf: (path: Path) => number | undefined): readonly PathProblem[] {
  return [
    ...duplicates(outline, lineOf),
    ...references(outline),
    ...ownAccounts(outline),
    ...ownWaves(outline),
    ...placements(outline),
    ...partitions(outline),
    ...emptyWaves(outline),
    ...reservedNames(outline),
  ];
}
