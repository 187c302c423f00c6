import { partitionOf } from '@crosswind/aws/partition';

/**
 * Where a tenant's two workflows live: everything that one account must know of the other is built from this.
 * Both sides call the functions below, so that they cannot disagree.
 */
export interface WorkflowAddress {
  readonly tenant: string;
  /** One region for both: Step Functions does not reach across regions (concepts-access-cross-acct-resources). */
  readonly region: string;
  readonly parentAccount: string;
  readonly childAccount: string;
}

export const parentRoleName = ({ tenant }: WorkflowAddress): string => `crosswind-${tenant}-parent`;
export const parentStateMachineName = ({ tenant }: WorkflowAddress): string => `crosswind-${tenant}-parent`;
export const targetRoleName = ({ tenant }: WorkflowAddress): string => `crosswind-${tenant}-target`;
export const childStateMachineName = ({ tenant }: WorkflowAddress): string => `crosswind-${tenant}-child`;
/** Of the role with which the workflows are run from outside; each of the two accounts has one. */
export const runnerRoleName = ({ tenant }: Pick<WorkflowAddress, 'tenant'>): string => `crosswind-${tenant}-runner`;
export const scheduleFailuresName = ({ tenant }: WorkflowAddress): string => `crosswind-${tenant}-schedule-failures`;

export const parentRoleArn = (address: WorkflowAddress): string =>
  `arn:${partitionOf(address.region)}:iam::${address.parentAccount}:role/${parentRoleName(address)}`;

export const targetRoleArn = (address: WorkflowAddress): string =>
  `arn:${partitionOf(address.region)}:iam::${address.childAccount}:role/${targetRoleName(address)}`;

export const parentStateMachineArn = (address: WorkflowAddress): string =>
  stateMachineArn(address.region, address.parentAccount, parentStateMachineName(address));

export const childStateMachineArn = (address: WorkflowAddress): string =>
  stateMachineArn(address.region, address.childAccount, childStateMachineName(address));

/** ARN of the queue of the parent account that takes starts which the schedule gave up. */
export const scheduleFailuresArn = (address: WorkflowAddress): string =>
  `arn:${partitionOf(address.region)}:sqs:${address.region}:${address.parentAccount}:${scheduleFailuresName(address)}`;

function stateMachineArn(region: string, account: string, name: string): string {
  return `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${name}`;
}
