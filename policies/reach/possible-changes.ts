import type { PolicyDocument, PolicySource } from '@crosswind/iam/policy-document';
import type { PolicyType } from '@crosswind/iam/statement';
import type { Principal } from '@crosswind/iam/principal';
import { type Atom, atomsOf } from './atoms.ts';
import { fullAccess } from './decide-call.ts';
import type { DecidingSide } from './decide-request.ts';
import type { CarriedPolicy } from './deciding-policies.ts';
import { grouped } from './grouped.ts';
import type { AccessCause } from './new-access-types.ts';
import { administratorOf, roleAt } from './representatives.ts';
import type { Sides } from './sides.ts';

/**
 * A difference of policies that may make something possible: whatever becomes possible is spoken of by a statement that
 * allows after and is not there before, or by one that denies before and is not there after.
 */
export interface PossibleChange {
  readonly atom: Atom;
  readonly because: AccessCause;
  /** Construct path of what carries the policy; empty for a policy of the organization. */
  readonly path: string;
  /** Where it may make something possible; one of them is enough. */
  readonly at: readonly Place[];
}

/** A principal whose own policies differ, or a resource whose policy does. */
export type Place =
  | { readonly kind: 'principal'; readonly principal: Principal }
  | {
      readonly kind: 'resource';
      readonly resource: string;
      /** Everything that the policy on it says after. */
      readonly says: readonly Atom[];
    };

/** Every difference of two sides that may make something possible. */
export function possibleChanges(sides: Sides, renamed: ReadonlyMap<string, string>): readonly PossibleChange[] {
  return [...ofRoles(sides, renamed), ...ofResources(sides, renamed), ...ofOrganization(sides)];
}

type Difference = Pick<PossibleChange, 'atom' | 'because'>;

/** Atoms that allow after and not before, and that deny before and not after. */
function differences(
  before: readonly PolicySource[],
  after: readonly PolicySource[],
  type: PolicyType,
  named: Sides['named'],
): readonly Difference[] {
  if (areEqual(before, after, named)) return [];
  const atoms = {
    before: before.flatMap((source) => atomsOf(source, type)),
    after: after.flatMap((source) => atomsOf(source, type)),
  };
  const had = new Set(atoms.before.map(({ key }) => named(key)));
  const has = new Set(atoms.after.map(({ key }) => key));
  return [
    ...atoms.after
      .filter(({ effect, key }) => effect === 'Allow' && !had.has(key))
      .map((atom) => ({ atom, because: 'allowed' as const })),
    ...atoms.before
      .filter(({ effect, key }) => effect === 'Deny' && !has.has(named(key)))
      .map((atom) => ({ atom, because: 'no longer denied' as const })),
  ];
}

/** True if the policies have the same text. Most are the same objects, or were compared before. */
const areEqual = (before: readonly PolicySource[], after: readonly PolicySource[], named: Sides['named']): boolean =>
  before.length === after.length &&
  before.every(({ document }, at) => {
    const other = after[at]?.document;
    return document === other || (other !== undefined && named(textOf(document)) === textOf(other));
  });

const texts = new WeakMap<object, string>();

function textOf(document: PolicyDocument): string {
  let text = texts.get(document);
  if (text === undefined) texts.set(document, (text = JSON.stringify(document)));
  return text;
}

function ofRoles({ before, after, named }: Sides, renamed: ReadonlyMap<string, string>): readonly PossibleChange[] {
  return [...after.policies.roles.values()].flatMap((role) => {
    const earlier = before.policies.roles.get(renamed.get(role.arn) ?? role.arn);
    const limit = earlier?.boundary;
    const limits =
      limit === undefined
        ? []
        : role.boundary
          ? differences([limit], [role.boundary], 'boundary', named)
          : without(limit);
    return [...differences(earlier?.identity ?? [], role.identity, 'identity', named), ...limits].map((difference) => ({
      ...difference,
      path: role.at.resource.path,
      at: [{ kind: 'principal', principal: roleAt(role.arn) }],
    }));
  });
}

/** A boundary that is gone leaves everything to the other policies. */
const without = ({ name }: PolicySource): readonly Difference[] =>
  atomsOf(fullAccess, 'boundary').map((atom) => ({ atom: { ...atom, policy: name }, because: 'boundary removed' }));

function ofResources({ before, after, named }: Sides, renamed: ReadonlyMap<string, string>): readonly PossibleChange[] {
  const later = new Map([...renamed].map(([to, from]) => [from, to]));
  const had = byResource(before);
  const has = byResource(after);
  const kept = [...had.keys()].map((arn) => later.get(arn) ?? arn).filter((arn) => after.policies.makes(arn));
  return [...new Set([...has.keys(), ...kept])].flatMap((resource) => {
    const now = has.get(resource) ?? [];
    const then = had.get(renamed.get(resource) ?? resource) ?? [];
    const says = now.flatMap(({ source }) => atomsOf(source, 'resource'));
    return differences(then.map(sourceOf), now.map(sourceOf), 'resource', named).map((difference) => ({
      ...difference,
      path: pathOf(difference.atom, [...now, ...then]),
      at: [{ kind: 'resource', resource, says }],
    }));
  });
}

const sourceOf = ({ source }: CarriedPolicy): PolicySource => source;

const pathOf = (atom: Atom, carried: readonly CarriedPolicy[]): string =>
  carried.find(({ source }) => atomsOf(source, 'resource').includes(atom))?.at.resource.path ?? '';

const byResource = ({ policies }: DecidingSide): ReadonlyMap<string, readonly CarriedPolicy[]> =>
  grouped(policies.carried, ({ on }) => on);

/** An account that joins or leaves has no policies on the other side, so that nothing differs. */
function ofOrganization({ before, after, named, region }: Sides): readonly PossibleChange[] {
  const guarded = grouped(byResource(after), ([resource]) => after.accountOf(resource));
  return [...after.accounts]
    .filter((account) => before.accounts.has(account))
    .flatMap((account) => {
      const administrator: Place = { kind: 'principal', principal: administratorOf(account, region) };
      const of = (type: 'scp' | 'rcp', at: readonly Place[]): readonly PossibleChange[] => {
        const [then, now] = [before, after].map(({ organization: { scps, rcps } }) =>
          (type === 'scp' ? scps : rcps)(account),
        );
        return differences(then ?? [], now ?? [], type, named).map((difference) => ({ ...difference, path: '', at }));
      };
      const resources = (guarded.get(account) ?? []).map(([resource, carried]): Place => ({
        ...{ kind: 'resource', resource },
        says: carried.flatMap(({ source }) => atomsOf(source, 'resource')),
      }));
      return [...of('scp', [administrator]), ...of('rcp', [...resources, administrator])];
    });
}
