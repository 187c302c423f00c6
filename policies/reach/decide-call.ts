import { isOfDeletion } from '@crosswind/assembly/deployment-calls';
import type { PlannedCall } from '@crosswind/assembly/planned-call';
import { accountOf } from '@crosswind/aws/arn';
import { textOf } from '@crosswind/aws/json';
import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import { type PolicySource, rcpFullAccess, type StatementJson } from '@crosswind/iam/policy-document';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import { bucketArn, type DecidingPolicies } from './deciding-policies.ts';
import { namedByDenials } from './denied-parts.ts';

/** The organization of all accounts, and what is attached to them besides FullAWSAccess. */
export interface DecidingOrganization {
  readonly id: string;
  /** Service control policies of an account. */
  readonly scps: (account: string) => readonly PolicySource[];
  /** Resource control policies of an account. */
  readonly rcps: (account: string) => readonly PolicySource[];
  /**
   * True for an account with stacks that stay as they are, and are in no assembly until its freeze ends.
   *
   * @default - no account has any
   */
  readonly isFrozen?: (account: string) => boolean;
}

/** Policy that allows everything, as each account of an organization has one for services. */
export const fullAccess: PolicySource = {
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** Text for what only a run knows: no policy of a person names it, so only a pattern matches. */
export const anyName = 'crosswind-any-name';

/** The request that a call makes. */
export function requestOf(call: PlannedCall, policies: DecidingPolicies, organizationId: string): AccessRequest {
  const { caller, action, resourceAccount } = call;
  const resource = call.resource === '*' ? '*' : call.resource.replaceAll('*', anyName);
  const principal: Principal =
    caller.kind === 'service'
      ? { kind: 'service', service: caller.service }
      : { kind: 'role', roleArn: caller.arn, sessionArn: sessionOf(caller.arn), account: accountOf(caller.arn) };
  return { principal, action, resource, resourceAccount, context: contextOf(call, resource, policies, organizationId) };
}

function contextOf(
  { caller, context, resourceAccount }: PlannedCall,
  resource: string,
  policies: DecidingPolicies,
  organization: string,
): RequestContext {
  return {
    'aws:SecureTransport': 'true',
    ...(caller.kind === 'role' && { 'aws:PrincipalOrgID': organization }),
    // A service acts for a resource of the stacks only (reference_policies_condition-keys, "aws:SourceOrgID").
    ...(context['aws:SourceAccount'] !== undefined && { 'aws:SourceOrgID': organization }),
    ...(resourceAccount !== '' && { 'aws:ResourceAccount': resourceAccount, 'aws:ResourceOrgID': organization }),
    ...keysOfResource(resource, policies),
    ...context,
  };
}

/** Keys of a request that follow from the resource that it is about: tags of a role, aliases of a key. */
export function keysOfResource(resource: string, { roles, aliasesOf }: DecidingPolicies): RequestContext {
  const tags = (roles.get(resource)?.tags ?? []).flatMap(({ Key, Value }) =>
    ['aws', 'iam'].map((service) => [`${service}:ResourceTag/${textOf(Key)}`, textOf(Value)] as const),
  );
  const aliases = aliasesOf(resource);
  return { ...(aliases.length > 0 && { 'kms:ResourceAliases': aliases }), ...Object.fromEntries(tags) };
}

/** Decides a call by everything that has a say in it. A denial of a part of what the call may be on leaves it open. */
export function decideCall(
  call: PlannedCall,
  policies: DecidingPolicies,
  organization: DecidingOrganization,
): Decision {
  const decision = decideOne(call, policies, organization);
  if (!decision.allowed) return decision;
  for (const resource of namedByDenials(call, policies, organization, anyName)) {
    const ofPart = decideOne({ ...call, resource }, policies, organization);
    if (!ofPart.allowed) {
      return undecidable(
        `${call.action} on ${call.resource} is allowed in part, and only a run knows on what: ${ofPart.reason}`,
      );
    }
  }
  return decision;
}

function decideOne(call: PlannedCall, policies: DecidingPolicies, organization: DecidingOrganization): Decision {
  const decision = decideWith(call, policies, organization);
  const isDenied = !decision.allowed && decision.kind === 'explicit deny';
  if (!(isDenied && isOfDeletion(call) && !carriesPolicy(call, policies))) return decision;
  return decideWith(call, { ...policies, ofResource: () => undefined }, organization);
}

/**
 * True for a resource with its policy in its properties, such as a key. A policy that is a resource of its own refers to the
 * one that it is on, so CloudFormation deletes it first, and it does not stop the deletion.
 */
const carriesPolicy = ({ resource, by }: PlannedCall, { carried }: DecidingPolicies): boolean =>
  carried.some(({ on, at }) => on === bucketArn(resource) && at.resource.path === by.path);

function decideWith(call: PlannedCall, policies: DecidingPolicies, organization: DecidingOrganization): Decision {
  const { id, scps, rcps } = organization;
  const request = requestOf(call, policies, id);
  if (call.doubt !== undefined) return undecidable(call.doubt);
  const { caller } = call;
  const role = caller.kind === 'role' ? policies.roles.get(caller.arn) : undefined;
  const trust = policies.roles.get(request.resource)?.trust;
  if (caller.kind === 'role' && !role) return undecidable(`no stack makes the role ${caller.arn}`);
  return authorize(request, {
    identity: role?.identity ?? [],
    resource:
      trust ??
      (isOutside(call, policies) || isKept(call, policies, organization)
        ? ofItsOwner
        : policies.ofResource(request.resource)),
    boundary: role?.boundary,
    ...(caller.kind === 'role' && { scps: [[fullAccess], [fullAccess, ...scps(accountOf(caller.arn))]] }),
    rcps: [[rcpFullAccess], [rcpFullAccess, ...rcps(call.resourceAccount)]],
  });
}

/**
 * True for a resource of somebody else, such as a bucket of public data: what its policy says is the business of its owner,
 * so a decision is about the policies of the platform only.
 */
export const isOutside = ({ resource, resourceAccount }: PlannedCall, { makes }: DecidingPolicies): boolean =>
  resourceAccount === '' && resource !== '*' && !makes(resource);

/** True for a resource of another account that its frozen stacks may have: only our side is decided until they are synthesized. */
const isKept = (
  { caller, resource, resourceAccount }: PlannedCall,
  { makes }: DecidingPolicies,
  { isFrozen }: DecidingOrganization,
): boolean =>
  isFrozen?.(resourceAccount) === true &&
  caller.kind === 'role' &&
  accountOf(caller.arn) !== resourceAccount &&
  resource !== '*' &&
  !makes(resource);

/** Stands for the policy of a resource of somebody else. */
const ofItsOwner: PolicySource = {
  name: 'the policy of its owner',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } },
};

const undecidable = (why: string): Decision => ({ allowed: false, kind: 'undecidable', reason: why, unknowns: [why] });

/** ARN of a session of a role. */
export const sessionOf = (roleArn: string): string =>
  `${roleArn.replace(':iam:', ':sts:').replace(/:role\/.*$/, '')}:assumed-role/${roleArn.split('/').at(-1) ?? ''}/reach`;

/**
 * Test for the calls that a statement speaks of: the same as a denial would stop.
 * @param kind whether the statement is in a policy of the caller or in one on the resource
 */
export function speaking(statement: StatementJson, kind: 'identity' | 'resource'): (request: AccessRequest) => boolean {
  const denial: PolicySource = { name: 'the statement', document: { Statement: { ...statement, Effect: 'Deny' } } };
  const policies =
    kind === 'identity'
      ? { identity: [fullAccess, denial], resource: ofItsOwner }
      : { identity: [fullAccess], resource: denial };
  return (request) => {
    const decision = authorize(request, policies);
    return !decision.allowed && decision.kind === 'explicit deny';
  };
}
