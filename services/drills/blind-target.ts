import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  type WorkloadAddress,
  callerRoleArn,
  stateMachineArn,
  targetRoleArn,
  targetRoleName,
} from '../../blocks/workflow/address.ts';

export interface BlindTargetProps {
  readonly address: WorkloadAddress<'parent' | 'child'>;
  /** The child's workflow. */
  readonly stateMachine: IStateMachine;
}

/** The role is called as the target role of a tenant would be, because boundaries let callers assume only such roles. */
const blind = <Address extends Pick<WorkloadAddress, 'tenant'>>(address: Address): Address => ({
  ...address,
  tenant: `${address.tenant}-blind`,
});

export const blindTargetRoleArn = (address: WorkloadAddress<'parent' | 'child'>): string =>
  targetRoleArn(blind(address), 'child');

/**
 * A target role with the mistake of the talk: it lets the parent start and stop the child, and not describe it. The
 * parent polls in vain and waits until its own timeout. REACH-1 refuses this role; waivers.yaml accepts it here.
 */
export class BlindTarget extends Construct {
  constructor(scope: Construct, id: string, { address, stateMachine }: BlindTargetProps) {
    super(scope, id);
    const role = new Role(this, 'Resource', {
      roleName: targetRoleName(blind(address)),
      description: `Lets ${stateMachineArn(address, 'parent')} start and stop the child workflow, and not poll it`,
      assumedBy: new AccountPrincipal(address.accounts.parent).withConditions({
        ArnEquals: { 'aws:PrincipalArn': callerRoleArn(address, 'parent') },
        StringEquals: { 'sts:ExternalId': stateMachineArn(address, 'parent') },
      }),
    });
    stateMachine.grantStartExecution(role);
    stateMachine.grantExecution(role, 'states:StopExecution');
  }
}
