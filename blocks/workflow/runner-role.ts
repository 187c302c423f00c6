import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type WorkloadAddress, runnerRoleName, stateMachineArn } from './address.ts';

export interface RunnerRoleProps {
  readonly address: WorkloadAddress;
  /** The stage whose account it is in. */
  readonly stage: string;
  /** True in the account of the entry: there it runs the workflow, elsewhere it only looks on. */
  readonly isEntry: boolean;
  /** True if the workflow starts others: its history says which executions. */
  readonly isCaller: boolean;
  /** The account from which the workflows are run after a deployment. */
  readonly pipelineAccount: string;
  readonly organizationId: string;
}

/** Each action with the form of ARN that it knows (service authorization reference of Step Functions). */
function permissions({ address, stage, isEntry, isCaller }: RunnerRoleProps): readonly PolicyStatement[] {
  const workflow = stateMachineArn(address, stage);
  const onExecutions = [
    'states:DescribeExecution',
    ...(isCaller ? ['states:GetExecutionHistory'] : ['states:ListMapRuns']),
    ...(isEntry ? ['states:StopExecution'] : []),
  ];
  return [
    ...(isEntry ? [allow(['states:StartExecution'], workflow)] : []),
    allow(onExecutions, executionsOf(workflow)),
    ...(isCaller ? [] : [allow(['states:DescribeMapRun'], mapRunsOf(workflow))]),
  ];
}

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
  constructor(scope: Construct, id: string, props: RunnerRoleProps) {
    super(scope, id);
    const { address, stage, isEntry, pipelineAccount, organizationId } = props;
    const role = new Role(this, 'Resource', {
      roleName: runnerRoleName(address),
      description: `Lets the pipeline's account ${isEntry ? 'run' : 'watch'} the ${stage} workflow of ${address.tenant}`,
      assumedBy: new AccountPrincipal(pipelineAccount).withConditions({
        StringEquals: { 'aws:PrincipalOrgID': organizationId },
      }),
    });
    for (const statement of permissions(props)) role.addToPolicy(statement);
  }
}
