import { authorize } from '@crosswind/iam/authorize';
import type { PolicySource, StatementJson } from '@crosswind/iam/policy-document';
import type { Principal } from '@crosswind/iam/principal';
import { type AccountKind, accountKinds } from '../../../config/account-kinds.ts';
import { boundary } from '../../../policies/organization/boundary.ts';
import { executionPolicy } from '../../../policies/organization/execution-policy.ts';
import type { Guarded, GuardPolicy } from '../../../policies/organization/guarded.ts';
import { resourceControlPolicy } from '../../../policies/organization/resource-control.ts';
import { serviceControlPolicy } from '../../../policies/organization/service-control.ts';

export const guarded: Guarded = {
  partition: 'aws',
  organizationId: 'o-exampleorg1',
  pipelineAccount: '111111111111',
  publicBuckets: ['noaa-isd-pds'],
};

/** Accounts of the organization, by their kind. */
export const accounts = {
  pipeline: '111111111111',
  monitoring: '222222222222',
  'pipeline-monitoring': '777777777777',
  workload: '444444444444',
} as const satisfies Record<AccountKind, string>;

/** Another workload account. */
export const secondWorkload = '333333333333';

/** An account of another organization. */
export const foreign = '999999999999';

type Session = Extract<Principal, { readonly kind: 'role' }>;

/** Caller with its policies. */
export interface Actor {
  readonly principal: Session | Extract<Principal, { readonly kind: 'service' }>;
  readonly identity: readonly PolicySource[];
  readonly boundary?: PolicySource;
}

export interface Asked {
  readonly by: Actor;
  readonly action: string;
  /** ARN of the resource, or `*`. */
  readonly on: string;
  /**
   * Owner of the resource.
   *
   * @default - the account of the caller
   */
  readonly of?: string;
  /**
   * Condition keys besides those that follow from the accounts.
   *
   * @default - none
   */
  readonly context?: Readonly<Record<string, string>>;
  /**
   * Statements of the policy of the resource: a trust, bucket or key policy.
   *
   * @default - it has none
   */
  readonly resource?: readonly StatementJson[];
}

const document = (name: string, given: GuardPolicy | { Version: '2012-10-17'; Statement: readonly StatementJson[] }) =>
  ({ name, document: given }) satisfies PolicySource;

const perKind = (
  name: string,
  policyOf: (guarded: Guarded, kind: AccountKind) => GuardPolicy,
): Readonly<Record<AccountKind, PolicySource>> =>
  Object.fromEntries(accountKinds.map((kind) => [kind, document(name, policyOf(guarded, kind))])) as Record<
    AccountKind,
    PolicySource
  >;

/** Policies of the guards that decide, of each kind of account. */
export const guards = {
  execution: perKind('execution policy', executionPolicy),
  boundary: perKind('boundary', boundary),
  serviceControl: perKind('service control policy', serviceControlPolicy),
  resourceControl: { all: document('resource control policy', resourceControlPolicy(guarded)) },
} as const;

/** Policies of the guards with others in their place. */
export type Replaced = ReadonlyMap<PolicySource, PolicySource>;

/**
 * The decision with all policies of the organization: `allowed`, the statement that denies, or the kinds of policies
 * that do not allow.
 */
export function decided(
  { by, action, on, of = accountOf(by), context = {}, resource }: Asked,
  replaced: Replaced = new Map(),
): string {
  const account = accountOf(by);
  const scp = kindOf(account);
  const now = (source: PolicySource): PolicySource => replaced.get(source) ?? source;
  const decision = authorize(
    {
      principal: by.principal,
      action,
      resource: on,
      resourceAccount: of,
      context: {
        ...(account !== '' && { 'aws:PrincipalOrgID': organizationOf(account) }),
        'aws:ResourceOrgID': organizationOf(of),
        ...context,
      },
    },
    {
      identity: by.identity.map(now),
      boundary: by.boundary && now(by.boundary),
      resource: resource && document('policy of the resource', { Version: '2012-10-17', Statement: resource }),
      scps: scp && [[everything('FullAWSAccess'), now(guards.serviceControl[scp])]],
      rcps: kindOf(of) && [[now(guards.resourceControl.all)]],
    },
  );
  if (decision.allowed) return 'allowed';
  if (decision.kind === 'explicit deny') return decision.deniedBy.statement.replace(/^statement "(.*)"$/, '$1');
  return decision.kind === 'implicit deny' ? `not allowed by ${decision.missing.join(', ')}` : decision.reason;
}

/** Account of a caller; a service has none. */
const accountOf = ({ principal }: Actor): string => (principal.kind === 'role' ? principal.account : '');

const kindOf = (account: string): AccountKind | undefined =>
  account === secondWorkload
    ? 'workload'
    : (Object.keys(accounts) as (keyof typeof accounts)[]).find((kind) => accounts[kind] === account);

const organizationOf = (account: string): string =>
  kindOf(account) === undefined ? 'o-anotherorg1' : guarded.organizationId;

const everything = (name: string): PolicySource =>
  document(name, { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });

const session = (account: string, name: string): Session => ({
  kind: 'role',
  account,
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
});

/** CloudFormation with the execution role of an account. */
export const execution = (kind: AccountKind = 'workload'): Actor => ({
  principal: session(accounts[kind], `cdk-crosswind-cfn-exec-role-${accounts[kind]}-us-east-1`),
  identity: [guards.execution[kind]],
});

/** A role of a stack whose own policies allow everything, so that the boundary alone decides. */
export const roleOfStack = (name: string, kind: AccountKind = 'workload', account: string = accounts[kind]): Actor => ({
  principal: session(account, name),
  identity: [everything('AdministratorAccess')],
  boundary: guards.boundary[kind],
});

/** The same role with policies of its own. */
export const withPolicies = (actor: Actor, ...identity: readonly PolicySource[]): Actor => ({ ...actor, identity });

/** A role that no boundary limits and whose policies allow everything: a person, StackSets, or another organization. */
export const administrator = (name: string, account: string = accounts.workload): Actor => ({
  principal: session(account, name),
  identity: [everything('AdministratorAccess')],
});

/** A service of AWS. */
export const service = (name: string): Actor => ({
  principal: { kind: 'service', service: `${name}.amazonaws.com` },
  identity: [],
});

export const role = (name: string, account: string = accounts.workload): string =>
  `arn:aws:iam::${account}:role/${name}`;
export const managedPolicy = (name: string, account: string = accounts.workload): string =>
  `arn:aws:iam::${account}:policy/${name}`;

/** Trust in whole accounts. */
export const trusting = (...trusted: readonly string[]): readonly StatementJson[] => [
  {
    Effect: 'Allow',
    Principal: { AWS: trusted.map((account) => `arn:aws:iam::${account}:root`) },
    Action: 'sts:AssumeRole',
  },
];
