import { AccountPrincipal, CompositePrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Fn } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareCalls } from '../../baseline/declare-calls.ts';
import type { WorkloadAddress } from '../../workflow/address.ts';
import { ownProbeRoleArn, probeRoleName } from './probe-names.ts';

export interface ProbeRoleProps {
  readonly address: WorkloadAddress;
  /** Stages that start the workflow; at least one. It is one of them if a further workflow of its account does. */
  readonly callers: readonly string[];
  readonly stateMachine: IStateMachine;
  readonly organizationId: string;
}

/** Lets the probes of the callers' accounts look at the executions of a workflow, and do nothing else. */
export class ProbeRole extends Construct {
  constructor(scope: Construct, id: string, { address, callers, stateMachine, organizationId }: ProbeRoleProps) {
    super(scope, id);
    const trusted = callers.map((caller) =>
      new AccountPrincipal(address.accounts[caller]).withConditions({
        ArnEquals: { 'aws:PrincipalArn': ownProbeRoleArn(address.region, address.accounts[caller] ?? '') },
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
      }),
    );
    const role = new Role(this, 'Resource', {
      roleName: probeRoleName(address),
      description: `Lets probes look at executions of ${address.tenant}`,
      assumedBy: new CompositePrincipal(...trusted),
    });
    const arn = stateMachine.stateMachineArn;
    const executions = Fn.join(':execution:', Fn.split(':stateMachine:', arn));
    declareCalls(role, [
      { actions: ['states:ListExecutions'], resources: [arn] },
      { actions: ['states:DescribeExecution'], resources: [`${executions}:*`] },
    ]);
    stateMachine.grant(role, 'states:ListExecutions');
    stateMachine.grantExecution(role, 'states:DescribeExecution');
  }
}
