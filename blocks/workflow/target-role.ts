import { AccountPrincipal, CompositePrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type WorkloadAddress, callerRoleArn, stateMachineArn, targetRoleName } from './address.ts';

export interface TargetRoleProps {
  readonly address: WorkloadAddress;
  /** Stage whose workflow the role lets others start. */
  readonly stage: string;
  /** Stages that may start it; at least one. */
  readonly callers: readonly string[];
  /** The workflow that they may start. */
  readonly stateMachine: IStateMachine;
}

/**
 * The role that calling workflows assume in the account of a stage to start, poll and stop its workflow.
 *
 * It trusts the account of each caller with two conditions instead of naming the caller's role, because IAM refuses a trust
 * policy that names a role which does not exist yet, and a called stage is deployed before its caller. The external id is
 * what Step Functions sends: the ARN of the calling state machine (concepts-cross-acct-sync-pattern).
 */
export class TargetRole extends Construct {
  constructor(scope: Construct, id: string, { address, stage, callers, stateMachine }: TargetRoleProps) {
    super(scope, id);
    const trusted = callers.map((caller) =>
      new AccountPrincipal(address.accounts[caller]).withConditions({
        ArnEquals: { 'aws:PrincipalArn': callerRoleArn(address, caller) },
        StringEquals: { 'sts:ExternalId': stateMachineArn(address, caller) },
      }),
    );
    const machines = callers.map((caller) => stateMachineArn(address, caller));
    const role = new Role(this, 'Resource', {
      roleName: targetRoleName(address),
      description: `Lets ${machines.join(' and ')} start, poll and stop the ${stage} workflow`,
      assumedBy: new CompositePrincipal(...trusted),
    });
    // Start takes the ARN of the machine, describe and stop take ARNs of its executions (connect-stepfunctions).
    stateMachine.grantStartExecution(role);
    stateMachine.grantExecution(role, 'states:DescribeExecution', 'states:StopExecution');
  }
}
