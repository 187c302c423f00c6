import type { DecidedRole, DecidingPolicies } from './deciding-policies.ts';
import { grouped } from './grouped.ts';
import type { RenamedRole } from './new-access-types.ts';

/**
 * Roles that one side makes under another name: the same construct in the same account, or the only ones of an account with
 * the same policies.
 */
export function renamedRoles(
  before: Pick<DecidingPolicies, 'roles'>,
  after: Pick<DecidingPolicies, 'roles'>,
): readonly Omit<RenamedRole, 'sameAccess'>[] {
  let gone = [...before.roles.values()].filter(({ arn }) => !after.roles.has(arn));
  let come = [...after.roles.values()].filter(({ arn }) => !before.roles.has(arn));
  return [placeOf, shapeOf].flatMap((keyOf) => {
    const then = grouped(gone, keyOf);
    const pairs = [...grouped(come, keyOf)].flatMap(([key, [role, ...others]]) => {
      const [earlier, ...more] = then.get(key) ?? [];
      return role && earlier && others.length + more.length === 0 ? [{ earlier, role }] : [];
    });
    gone = gone.filter((role) => !pairs.some(({ earlier }) => earlier === role));
    come = come.filter((each) => !pairs.some(({ role }) => role === each));
    return pairs.map(({ earlier, role }) => ({ before: earlier.arn, after: role.arn, path: role.at.resource.path }));
  });
}

const placeOf = ({ at: { stack, resource } }: DecidedRole): string => JSON.stringify([stack.account, resource.path]);

function shapeOf({ arn, at, trust, identity, boundary }: DecidedRole): string {
  const documents = [trust, ...identity, ...(boundary ? [boundary] : [])].map(({ document }) => document.Statement);
  return JSON.stringify([at.stack.account, ...documents.map((each) => JSON.stringify(each)).sort()]).replaceAll(
    arn,
    '',
  );
}
