import { partitionOf } from '../../aws/partition.ts';

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

export const parentRoleArn = (address: WorkflowAddress): string =>
  `arn:${partitionOf(address.region)}:iam::${address.parentAccount}:role/${parentRoleName(address)}`;

export const targetRoleArn = (address: WorkflowAddress): string =>
  `arn:${partitionOf(address.region)}:iam::${address.childAccount}:role/${targetRoleName(address)}`;

export const parentStateMachineArn = (address: WorkflowAddress): string =>
  stateMachineArn(address.region, address.parentAccount, parentStateMachineName(address));

export const childStateMachineArn = (address: WorkflowAddress): string =>
  stateMachineArn(address.region, address.childAccount, childStateMachineName(address));

function stateMachineArn(region: string, account: string, name: string): string {
  return `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${name}`;
}
