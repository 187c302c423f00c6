import type { Stack } from '@crosswind/assembly/resolve';
import { accountOf } from '@crosswind/aws/arn';
import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import { type PolicySource, rcpFullAccess } from '@crosswind/iam/policy-document';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import { type DecidingOrganization, fullAccess, keysOfResource } from './decide-call.ts';
import { bucketArn, decidingPolicies, type DecidingPolicies } from './deciding-policies.ts';
import type { ReachInputs } from './reach-inputs.ts';

/** Everything that decides a request to one side of a platform. */
export interface DecidingSide {
  readonly policies: DecidingPolicies;
  readonly organization: DecidingOrganization;
  /** Accounts of the organization, as far as the platform says. */
  readonly accounts: ReadonlySet<string>;
  /** Region of the first stack: of what names none. */
  readonly region: string;
  /** Account of a resource, of a bucket or its objects that of its stack; empty if it is not known. */
  readonly accountOf: (arn: string) => string;
}

const sides = new WeakMap<ReachInputs, DecidingSide>();

/** Everything that decides on a side, worked out once for the same inputs. */
export function decidingSide(inputs: ReachInputs): DecidingSide {
  let side = sides.get(inputs);
  if (!side) sides.set(inputs, (side = decidingSideOf(inputs)));
  return side;
}

function decidingSideOf({ stacks, baseline, organization, kinds }: ReachInputs): DecidingSide {
  const all = [...baseline, ...stacks];
  const accounts = new Set([...kinds.keys(), ...all.map(({ account }) => account)]);
  const buckets = accountsOfBuckets(all);
  return {
    policies: decidingPolicies(all),
    organization,
    accounts,
    region: stacks[0]?.region ?? 'us-east-1',
    accountOf: (arn) => accountOf(arn) || (buckets.get(bucketArn(arn)) ?? ''),
  };
}

/** A question: a request without the keys that follow from the platform. */
export interface Asked {
  readonly principal: Principal;
  readonly action: string;
  /** An ARN, or `*` for a resource that only `*` means. */
  readonly resource: string;
  /** Keys besides those that AWS sends anyway; undefined: the key is not sent. */
  readonly keys: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The request as it comes to one side. A resource whose account is not known is asked for as one of the caller's own. */
export function requestTo({ principal, action, resource, keys }: Asked, side: DecidingSide): AccessRequest {
  const caller = 'account' in principal ? principal.account : '';
  const resourceAccount = (resource === '*' ? '' : side.accountOf(resource)) || caller;
  const context: Record<string, string | readonly string[] | undefined> = {
    'aws:SecureTransport': 'true',
    ...('account' in principal && side.accounts.has(caller) && { 'aws:PrincipalOrgID': side.organization.id }),
    ...(resourceAccount !== '' && { 'aws:ResourceAccount': resourceAccount }),
    ...(side.accounts.has(resourceAccount) && { 'aws:ResourceOrgID': side.organization.id }),
    // A service acts for a resource of the stacks only (reference_policies_condition-keys, "aws:SourceOrgID").
    ...(side.accounts.has(String(keys['aws:SourceAccount'])) && { 'aws:SourceOrgID': side.organization.id }),
    ...keysOfResource(resource, side.policies),
    ...keys,
  };
  const sent = Object.entries(context).filter(([, value]) => value !== undefined);
  return { principal, action, resource, resourceAccount, context: Object.fromEntries(sent) as RequestContext };
}

/**
 * Decides a request by everything on one side that has a say in it. A role that the stacks do not make stands for an
 * administrator of its account. The owner of a resource that they do not make allows what is asked by the caller's account.
 */
export function decideRequest(request: AccessRequest, { policies, organization }: DecidingSide): Decision {
  const { principal, resource, resourceAccount } = request;
  const role = principal.kind === 'role' ? policies.roles.get(principal.roleArn) : undefined;
  const own = 'account' in principal ? principal.account : undefined;
  const trust = policies.roles.get(resource)?.trust;
  const isOurs = resource === '*' || policies.makes(resource);
  return authorize(request, {
    identity: role?.identity ?? [fullAccess],
    resource: trust ?? (isOurs ? policies.ofResource(resource) : ownerLets(own)),
    boundary: role?.boundary,
    ...(own !== undefined && { scps: [[fullAccess], [fullAccess, ...organization.scps(own)]] }),
    rcps: [[rcpFullAccess], [rcpFullAccess, ...organization.rcps(resourceAccount)]],
  });
}

const letting = new Map<string, PolicySource>();

/** The policy of a resource of somebody else who lets an account use it. */
function ownerLets(account: string | undefined): PolicySource | undefined {
  if (account === undefined || account === '') return undefined;
  const known = letting.get(account);
  if (known) return known;
  const allow = { Effect: 'Allow', Principal: { AWS: account }, Action: '*', Resource: '*' } as const;
  const source = { name: 'the policy of its owner', document: { Version: '2012-10-17', Statement: allow } };
  letting.set(account, source);
  return source;
}

const accountsOfBuckets = (stacks: readonly Stack[]): ReadonlyMap<string, string> =>
  new Map(
    stacks.flatMap(({ account, resources }) =>
      resources.flatMap(({ type, arn }) => (type === 'AWS::S3::Bucket' && arn !== undefined ? [[arn, account]] : [])),
    ),
  );
