import type { Principal } from '@crosswind/iam/principal';
import { concerns, speaksOf } from '@crosswind/iam/speaks-of';
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
  const made = patterns.every(isExact) && !negated ? [] : sides.resourcesFor(account);
  return [...new Set([...[...own, ...narrower].flatMap(arns), ...made])];
}

const isExact = (pattern: string): boolean => !/[*?$]/.test(pattern);

const textsOf = ({
  resources,
}: {
  readonly resources: PossibleChange['atom']['compiled']['resources'];
}): readonly string[] => (resources?.values ?? []).map(({ text }) => text);
