import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type WorkflowAddress, childStateMachineArn, parentStateMachineArn, runnerRoleName } from './address.ts';

export interface RunnerRoleProps {
  readonly address: WorkflowAddress;
  /** Which of the two accounts it is in: in the parent's it runs the parent, in the child's it only looks on. */
  readonly side: 'parent' | 'child';
  /** The account from which the workflows are run after a deployment. */
  readonly pipelineAccount: string;
  readonly organizationId: string;
}

/** Each action with the form of ARN that it knows (service authorization reference of Step Functions). */
const permissions: Readonly<Record<RunnerRoleProps['side'], (address: WorkflowAddress) => readonly PolicyStatement[]>> =
  {
    parent: (address) => {
      const parent = parentStateMachineArn(address);
      return [
        allow(['states:StartExecution'], parent),
        allow(['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution'], executionsOf(parent)),
      ];
    },
    child: (address) => {
      const child = childStateMachineArn(address);
      return [
        allow(['states:DescribeExecution', 'states:ListMapRuns'], executionsOf(child)),
        allow(['states:DescribeMapRun'], mapRunsOf(child)),
      ];
    },
  };

const allow = (actions: string[], resource: string): PolicyStatement =>
  new PolicyStatement({ actions, resources: [resource] });

const executionsOf = (stateMachineArn: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`;

/** The ARN of a Map Run holds the label of its map and a generated id. */
const mapRunsOf = (stateMachineArn: string): string => `${stateMachineArn.replace(':stateMachine:', ':mapRun:')}/*:*`;

/**
 * The role of one account with which a tenant's workflows are run by hand and by the pipeline after each wave. It trusts
 * the pipeline's account, which decides whom it lets assume it, and only as long as that account is in the organization.
 */
export class RunnerRole extends Construct {
  constructor(scope: Construct, id: string, { address, side, pipelineAccount, organizationId }: RunnerRoleProps) {
    super(scope, id);
    const role = new Role(this, 'Resource', {
      roleName: runnerRoleName(address),
      description: `Lets the pipeline's account ${side === 'parent' ? 'run' : 'watch'} the ${side} workflow of ${address.tenant}`,
      assumedBy: new AccountPrincipal(pipelineAccount).withConditions({
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
      }),
    });
    for (const statement of permissions[side](address)) role.addToPolicy(statement);
  }
}
