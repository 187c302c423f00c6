import type { PlannedCall } from '@crosswind/assembly/planned-call';
import { accountOf } from '@crosswind/aws/arn';
import { unresolved } from '@crosswind/aws/json';
import type { PolicySource } from '@crosswind/iam/policy-document';
import { isAskedOn } from '@crosswind/iam/service-reference';
import { type PolicyType, type Statement, statementsOf } from '@crosswind/iam/statement';
import { commonText, matchesWildcard } from '@crosswind/iam/wildcard';
import { bucketArn, type CarriedPolicy, type DecidingPolicies } from './deciding-policies.ts';
import { grouped } from './grouped.ts';

/** Policies that are attached to an account. */
type AttachedPolicies = Readonly<Record<'scps' | 'rcps', (account: string) => readonly PolicySource[]>>;

/**
 * ARNs among those that a call may be on, one for each that a denial in its policies names. A call on `b/*` may be on
 * `b/secret/x`, which a denial of `b/secret/*` means.
 * @param any text for what neither the call nor the denial says
 */
export function namedByDenials(
  call: PlannedCall,
  policies: DecidingPolicies,
  organization: AttachedPolicies,
  any: string,
): readonly string[] {
  const { action, resource } = call;
  if (!resource.includes('*')) return [];
  const named = sourcesOf(call, policies, organization)
    .flatMap(([source, type]) => statementsOf(source, type))
    .filter((statement) => denies(statement, action.toLowerCase()))
    .flatMap(({ resources }) => (resources && !resources.negated ? resources.values : []))
    .flatMap(({ text }) => commonText(resource, withStars(text), any) ?? []);
  return [...new Set(named)].filter(
    (arn) => arn !== resource.replaceAll('*', any) && (resource !== '*' || (arn !== any && isAskedOn(action, arn))),
  );
}

/** Policies that may deny the call: of its role, and of every resource that it may be on. */
function sourcesOf(
  { caller, action, resource, resourceAccount }: PlannedCall,
  { roles, carried }: DecidingPolicies,
  { scps, rcps }: AttachedPolicies,
): readonly (readonly [PolicySource, PolicyType])[] {
  const role = caller.kind === 'role' ? roles.get(caller.arn) : undefined;
  const mayBeOn = bucketArn(resource);
  return [
    ...typed(role?.identity ?? [], 'identity'),
    ...typed(role?.boundary ? [role.boundary] : [], 'boundary'),
    ...typed(caller.kind === 'role' ? scps(accountOf(caller.arn)) : [], 'scp'),
    ...typed(
      denialsOn(action, resourceAccount, carried)
        .filter(({ on }) => matchesWildcard(mayBeOn, on))
        .map(({ source }) => source),
      'resource',
    ),
    ...typed(rcps(resourceAccount), 'rcp'),
  ];
}

/** A policy by the service and account of its resource, or by the service alone. */
type Placed = readonly [place: string, policy: CarriedPolicy];

const denials = new WeakMap<readonly CarriedPolicy[], ReadonlyMap<string, readonly Placed[]>>();

/**
 * Policies with a denial on resources of an account and of the service of an action.
 * @param account empty for every account
 */
function denialsOn(action: string, account: string, carried: readonly CarriedPolicy[]): readonly CarriedPolicy[] {
  let known = denials.get(carried);
  if (!known) denials.set(carried, (known = grouped(carried.filter(hasDenial).flatMap(placesOf), ([place]) => place)));
  const [service = ''] = action.toLowerCase().split(':');
  return (known.get(`${service === 'sts' ? 'iam' : service} ${account}`) ?? []).map(([, policy]) => policy);
}

const hasDenial = ({ source }: CarriedPolicy): boolean =>
  [source.document.Statement].flat().some(({ Effect }) => Effect === 'Deny');

const placesOf = (policy: CarriedPolicy): readonly Placed[] => {
  const service = policy.on.split(':')[2] ?? '';
  return ['', policy.at.stack.account].map((account) => [`${service} ${account}`, policy] as const);
};

const typed = (sources: readonly PolicySource[], type: PolicyType): readonly (readonly [PolicySource, PolicyType])[] =>
  sources.map((source) => [source, type] as const);

const denies = ({ effect, actions: { values, negated } }: Statement, action: string): boolean =>
  effect === 'Deny' && values.some((pattern) => matchesWildcard(pattern, action)) !== negated;

/** The pattern with a star for a variable and for what is not resolved. */
const withStars = (pattern: string): string =>
  pattern
    .replaceAll(unresolved, '*')
    .replace(/\$\{[^}]*\}/g, '*')
    .replaceAll('?', 'x');
