import { unresolved } from '@crosswind/aws/json';
import type { Principal } from '@crosswind/iam/principal';
import { concerns, speaksOf } from '@crosswind/iam/speaks-of';
import { statementsOf } from '@crosswind/iam/statement';
import { commonText, matchesWildcard } from '@crosswind/iam/wildcard';
import { callersNamed } from './callers.ts';
import { keysToAsk } from './asked-keys.ts';
import { anyName } from './decide-call.ts';
import { type Asked, requestTo } from './decide-request.ts';
import { bucketArn } from './deciding-policies.ts';
import type { Place, PossibleChange } from './possible-changes.ts';
import { actionsOn, arnsOf, typesFor } from './representatives.ts';
import type { Sides } from './sides.ts';

/** Requests that a difference may make possible, which stand for all others that it speaks of. */
export function* askedAbout({ atom, because, at }: PossibleChange, sides: Sides): Generator<Asked> {
  const side = because === 'no longer denied' ? sides.before : sides.after;
  const statement = atom.compiled;
  for (const place of at) {
    for (const principal of principalsAt(place, atom, sides)) {
      if (!mayBeGranted(atom, principal, sides)) continue;
      const limits = sides.limiting(principal);
      for (const resource of resourcesAt(place, atom, principal, sides)) {
        const inPlay = [...limits, ...sides.guarding(resource)];
        for (const action of actionsOn(resource, statement, inPlay)) {
          const asked: Asked = { principal, action, resource, keys: {} };
          if (!concerns(statement, requestTo(asked, side))) continue;
          for (const keys of keysToAsk(asked, sides.after, statement, inPlay)) {
            const one = { ...asked, keys };
            if (speaksOf(statement, requestTo(one, side)) !== false) yield one;
          }
        }
      }
    }
  }
}

/** False if neither a policy of a role nor one that names the role allows any action that the atom speaks of. */
function mayBeGranted({ compiled }: PossibleChange['atom'], principal: Principal, { after }: Sides): boolean {
  const { actions } = compiled;
  const role = principal.kind === 'role' ? after.policies.roles.get(principal.roleArn) : undefined;
  if (!role || actions.negated || after.policies.isNamed(role.arn)) return true;
  return role.identity.some((source) =>
    statementsOf(source, 'identity').some(
      ({ effect, actions: granted }) =>
        effect === 'Allow' &&
        (granted.negated || granted.values.some((one) => actions.values.some((other) => overlap(one, other)))),
    ),
  );
}

const overlaps = new Map<string, boolean>();

/** The pattern with `*` for all that it leaves open. */
const open = (pattern: string): string => pattern.replaceAll(unresolved, '*').replaceAll('?', '*');

/** True if some action is named by both patterns. */
function overlap(one: string, other: string): boolean {
  const key = `${one} ${other}`;
  let known = overlaps.get(key);
  if (known === undefined) overlaps.set(key, (known = commonText(open(one), open(other), 'x') !== undefined));
  return known;
}

function principalsAt(place: Place, atom: PossibleChange['atom'], sides: Sides): readonly Principal[] {
  if (place.kind === 'principal') return [place.principal];
  if (atom.effect === 'Allow' && atom.compiled.principals !== undefined)
    return callersNamed(atom, place.resource, sides);
  // What denies, or limits all of an account, mostly names everyone: then those are asked for whom something is allowed.
  const named = [atom, ...place.says.filter(({ effect }) => effect === 'Allow')];
  return [
    ...new Map(
      named.flatMap((each) => callersNamed(each, place.resource, sides)).map((each) => [JSON.stringify(each), each]),
    ).values(),
  ];
}

function resourcesAt(
  place: Place,
  { compiled }: PossibleChange['atom'],
  principal: Principal,
  sides: Sides,
): readonly string[] {
  const patterns = (compiled.resources?.values ?? []).map(({ text }) => text);
  const account = 'account' in principal ? principal.account : '';
  const types = typesFor(compiled);
  const arns = (pattern: string): readonly string[] => arnsOf(pattern, sides.filling(account), types);
  if (place.kind === 'resource') {
    const { resource } = place;
    const parts = [...patterns, ...sides.guarding(resource).flatMap(textsOf)].flatMap(arns);
    const below = resource === bucketArn(resource) && resource.includes(':s3:::') ? [`${resource}/${anyName}`] : [];
    return [...new Set([resource, ...below, ...parts.filter((arn) => bucketArn(arn) === resource)])];
  }
  const negated = compiled.resources?.negated === true;
  const own = negated ? ['*'] : patterns;
  const narrower = sides.limiting(principal).flatMap(textsOf);
  const wide = patterns.filter((pattern) => !isExact(pattern)).map((pattern) => pattern.replace(/\$\{[^}]*\}/g, '*'));
  const made = negated || wide.length > 0 ? sides.resourcesFor(account) : [];
  const meant = negated ? made : made.filter((arn) => wide.some((pattern) => matchesWildcard(pattern, arn)));
  return [...new Set([...[...own, ...narrower].flatMap(arns), ...meant])];
}

const isExact = (pattern: string): boolean => !/[*?$]/.test(pattern);

const textsOf = ({
  resources,
}: {
  readonly resources: PossibleChange['atom']['compiled']['resources'];
}): readonly string[] => (resources?.values ?? []).map(({ text }) => text);
