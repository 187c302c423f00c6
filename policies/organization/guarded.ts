import type { StatementJson } from '@crosswind/iam/policy-document';
import { accountRoleNames, breakGlassRoleName, pipelineRoleNames } from '../../config/role-names.ts';
import { bootstrapQualifier } from '../../config/bootstrap.ts';

/** Facts about an organization that its guards name. */
export interface Guarded {
  /** For example `aws` (ARN, first part). */
  readonly partition: string;
  readonly organizationId: string;
  /** Account that the pipeline runs in. */
  readonly pipelineAccount: string;
  /** Buckets outside the organization that roles may read. */
  readonly publicBuckets: readonly string[];
}

/** Guard policy; each of its statements has a name. */
export interface GuardPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly GuardStatement[];
}

export type GuardStatement = StatementJson & { readonly Sid: string };

/** Names of the managed policies that the baseline creates in each account. */
export const guardNames = {
  /** Policy of CloudFormation's execution role. */
  execution: 'crosswind-deployment',
  /** Permissions boundary of every role that CloudFormation creates. */
  boundary: 'crosswind-boundary',
} as const;

/** ARN pattern of a role of that name in any account. */
export const anyRole = ({ partition }: Pick<Guarded, 'partition'>, name: string): string =>
  `arn:${partition}:iam::*:role/${name}`;

/** ARN of the boundary in any account. A boundary of another account cannot be attached. */
export const anyBoundary = ({ partition }: Pick<Guarded, 'partition'>): string =>
  `arn:${partition}:iam::*:policy/${guardNames.boundary}`;

/** ARN pattern of the roles of a bootstrap, in any account and region. */
export const bootstrapRoles = (guarded: Guarded, kind = ''): string =>
  anyRole(guarded, `cdk-${bootstrapQualifier}-${kind}*`);

/**
 * Principals that no service control policy stops: StackSets and Control Tower, which bring the baseline, and the role
 * for emergencies.
 */
export const administrators = (guarded: Guarded): readonly string[] =>
  ['stacksets-exec-*', 'AWSControlTowerExecution', breakGlassRoleName].map((name) => anyRole(guarded, name));

/** ARNs of roles of the pipeline's account. */
export const pipelineRoles = (
  { partition, pipelineAccount }: Guarded,
  ...names: readonly (keyof typeof pipelineRoleNames)[]
): readonly string[] => names.map((name) => `arn:${partition}:iam::${pipelineAccount}:role/${pipelineRoleNames[name]}`);

/** Roles that the pipeline's account assumes in accounts, by name. */
export const rolesForPipeline = (guarded: Guarded): readonly string[] => [
  anyRole(guarded, 'crosswind-*-runner'),
  anyRole(guarded, accountRoleNames.viewer),
  anyRole(guarded, accountRoleNames.protector),
];

/** ARNs of the guards of an account, which administrators alone change. */
export const guardArns = (guarded: Guarded): readonly string[] => [
  ...Object.values(guardNames).map((name) => `arn:${guarded.partition}:iam::*:policy/${name}`),
  bootstrapRoles(guarded),
  ...Object.values(accountRoleNames).map((name) => anyRole(guarded, name)),
  // Who creates a role of such a name is an administrator.
  ...administrators(guarded),
];

/** Start of the names of the StackSets that deploy the baseline. */
export const stackSetPrefix = 'crosswind-baseline-';

/** Start of the names of their stacks: CloudFormation adds a unique id to `StackSet-` and the name of the set. */
export const stackOfStackSetPrefix = `StackSet-${stackSetPrefix}`;

/** ARNs of the platform's stacks in any account. */
export const stackArns = ({ partition }: Pick<Guarded, 'partition'>): readonly string[] =>
  ['crosswind-*', 'Crosswind*', `${stackOfStackSetPrefix}*`].map(
    (name) => `arn:${partition}:cloudformation:*:*:stack/${name}`,
  );
