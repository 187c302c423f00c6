import { askedAbout } from './asked-about.ts';
import { namedPrincipal } from './callers.ts';
import { type Asked, decidingSide } from './decide-request.ts';
import { neededBy } from './needed-by.ts';
import type { AccessChange, NewAccess } from './new-access-types.ts';
import { type PossibleChange, possibleChanges } from './possible-changes.ts';
import type { ReachInputs } from './reach-inputs.ts';
import { renamedRoles } from './renamed-roles.ts';
import { type Sides, sidesOf } from './sides.ts';
import { trustChanges } from './trust-changes.ts';

/**
 * Everything that becomes possible from one side of a platform to the other, by meaning: differences of policies are turned into
 * requests, and each is decided by all policies of either side. New is what is allowed after and was not before.
 */
export function newAccess(before: ReachInputs, after: ReachInputs): NewAccess {
  const [then, now] = [decidingSide(before), decidingSide(after)];
  const renamed = renamedRoles(then.policies, now.policies);
  const names = new Map(renamed.map((role) => [role.after, role.before]));
  const sides = sidesOf(then, now, names);
  const found = possibleChanges(sides, names).flatMap((change) => {
    const made = madePossible(change, sides);
    return made ? [{ change, ...made }] : [];
  });
  const needing = neededBy(found, after, sides);
  const access = found.map(({ change, asked, certain }, at): AccessChange => {
    const { atom, because, path } = change;
    const [place] = change.at;
    const resource = atom.resource || (place?.kind === 'resource' ? place.resource : '*');
    return {
      ...namedPrincipal(asked.principal, sides.stranger),
      ...{
        action: atom.action,
        resource,
        resourceAccount: asked.resource === '*' ? '' : sides.after.accountOf(asked.resource),
      },
      request: { action: asked.action, resource: asked.resource, context: sentKeys(asked) },
      ...{ certain, because, policy: atom.policy, path, neededBy: needing[at] ?? [] },
    };
  });
  const once = [...new Map(access.map((each) => [keyOf(each), each])).values()];
  const changed = new Set(once.map(({ principal }) => principal));
  return {
    access: once,
    renamed: renamed.map((role) => ({ ...role, sameAccess: !changed.has(role.after) })),
    trust: trustChanges(sides, names, { before: before.kinds, after: after.kinds }),
  };
}

const keyOf = ({ principal, action, resource, because }: AccessChange): string =>
  JSON.stringify([principal, action, resource, because]);

const sentKeys = ({ keys }: Asked): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );

/** A request that a difference makes possible, one that is certain if there is one; undefined if it makes none possible. */
function madePossible(
  change: PossibleChange,
  sides: Sides,
): { readonly asked: Asked; readonly certain: boolean } | undefined {
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
