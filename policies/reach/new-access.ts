import { namedPrincipal } from './callers.ts';
import type { Asked } from './decide-request.ts';
import { foundAccess } from './found-access.ts';
import { grouped } from './grouped.ts';
import { neededBy } from './needed-by.ts';
import type { AccessChange, NewAccess } from './new-access-types.ts';
import type { ReachInputs } from './reach-inputs.ts';
import { trustChanges } from './trust-changes.ts';

/**
 * Everything that becomes possible from one side of a platform to the other, by meaning: differences of policies are turned into
 * requests, and each is decided by all policies of either side. New is what is allowed after and was not before.
 */
export function newAccess(before: ReachInputs, after: ReachInputs): NewAccess {
  const { sides, renamed, names, found } = foundAccess(before, after);
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
  const once = [...grouped(access, keyOf).values()].flatMap(merged);
  const changed = new Set(once.map(({ principal }) => principal));
  return {
    access: once,
    renamed: renamed.map((role) => ({ ...role, sameAccess: !changed.has(role.after) })),
    trust: trustChanges(sides, names, { before: before.kinds, after: after.kinds }),
  };
}

/** Of entries that differ only in their statements the first, with the calls of all. */
const merged = ([first, ...others]: readonly AccessChange[]): readonly AccessChange[] =>
  first ? [{ ...first, neededBy: [...new Set([first, ...others].flatMap(({ neededBy }) => neededBy))] }] : [];

const keyOf = ({ principal, action, resource, because }: AccessChange): string =>
  JSON.stringify([principal, action, resource, because]);

const sentKeys = ({ keys }: Asked): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
