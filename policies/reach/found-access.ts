import { askedAbout } from './asked-about.ts';
import { type Asked, decidingSide } from './decide-request.ts';
import type { RenamedRole } from './new-access-types.ts';
import { type PossibleChange, possibleChanges } from './possible-changes.ts';
import type { ReachInputs } from './reach-inputs.ts';
import { renamedRoles } from './renamed-roles.ts';
import { type Sides, sidesOf } from './sides.ts';

/** A difference that makes something possible. */
export interface FoundAccess {
  readonly change: PossibleChange;
  /** Request that is allowed after, and was not before. */
  readonly asked: Asked;
  /** False if one of the two decisions cannot be made. */
  readonly certain: boolean;
}

/** Two sides with what was found in comparing them. */
export interface FoundAccesses {
  readonly sides: Sides;
  readonly renamed: readonly Omit<RenamedRole, 'sameAccess'>[];
  /** ARNs of roles before, by their ARNs after. */
  readonly names: ReadonlyMap<string, string>;
  readonly found: readonly FoundAccess[];
}

/** Turns the differences of two sides into requests, and decides each by all policies of either side. */
export function foundAccess(before: ReachInputs, after: ReachInputs): FoundAccesses {
  const [then, now] = [decidingSide(before), decidingSide(after)];
  const renamed = renamedRoles(then.policies, now.policies);
  const names = new Map(renamed.map((role) => [role.after, role.before]));
  const sides = sidesOf(then, now, names);
  const found = possibleChanges(sides, names).flatMap((change) => {
    const made = madePossible(change, sides);
    return made ? [{ change, ...made }] : [];
  });
  return { sides, renamed, names, found };
}

/** A request that a difference makes possible, one that is certain if there is one; undefined if it makes none possible. */
function madePossible(change: PossibleChange, sides: Sides): Omit<FoundAccess, 'change'> | undefined {
  let doubtful: Asked | undefined;
  for (const asked of askedAbout(change, sides)) {
    const after = sides.decidedAfter(asked);
    if (!after.allowed && (after.kind !== 'undecidable' || doubtful)) continue;
    const before = sides.decidedBefore(asked);
    if (before?.allowed) continue;
    const wasOpen = before?.kind === 'undecidable';
    if (after.allowed && !wasOpen) return { asked, certain: true };
    if (after.allowed || !wasOpen) doubtful ??= asked;
  }
  return doubtful && { asked: doubtful, certain: false };
}
