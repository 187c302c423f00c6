import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkflowAddress, parentRoleArn, parentStateMachineArn, targetRoleName } from './address.ts';

export interface TargetRoleProps {
  readonly address: WorkflowAddress;
  /** The workflow that the parent may start. */
  readonly stateMachine: StateMachine;
}

/**
 * The role that the parent workflow assumes in the child's account to start, poll and stop the child.
 *
 * It trusts the parent's account with two conditions instead of naming the parent role, because IAM refuses a trust
 * policy that names a role which does not exist yet, and accounts are deployed side by side. The external id is what
 * Step Functions sends: the ARN of the calling state machine (concepts-cross-acct-sync-pattern).
 */
export class TargetRole extends Construct {
  constructor(scope: Construct, id: string, { address, stateMachine }: TargetRoleProps) {
    super(scope, id);
    const role = new Role(this, 'Resource', {
      roleName: targetRoleName(address),
      description: `Lets ${parentStateMachineArn(address)} start, poll and stop the child workflow`,
      assumedBy: new AccountPrincipal(address.parentAccount).withConditions({
        ArnEquals: { 'aws:PrincipalArn': parentRoleArn(address) },
        StringEquals: { 'sts:ExternalId': parentStateMachineArn(address) },
      }),
    });
    // Start takes the ARN of the machine, describe and stop take ARNs of its executions (connect-stepfunctions).
    stateMachine.grantStartExecution(role);
    stateMachine.grantExecution(role, 'states:DescribeExecution', 'states:StopExecution');
  }
}
