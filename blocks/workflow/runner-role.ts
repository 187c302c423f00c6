import { AccountPrincipal, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { declareCalls } from '../baseline/declare-calls.ts';
import { partitionOf } from '@crosswind/aws/partition';
import { type WorkloadAddress, runnerRoleName, stackName, stateMachineArn, targetRoleArn } from './address.ts';

export interface RunnerRoleProps {
  readonly address: WorkloadAddress;
  /** The stage whose account it is in. */
  readonly stage: string;
  /** True in the account of the entry: there it runs the workflow, elsewhere it only looks on. */
  readonly isEntry: boolean;
  /** True if other workflows start it: its account has a target role. */
  readonly isCalled: boolean;
  /** The account from which the workflows are run after a deployment. */
  readonly pipelineAccount: string;
  readonly organizationId: string;
}

/** Actions that run the workflow, each with the form of ARN that it knows (service authorization reference of Step Functions). */
function toRun({ address, stage, isEntry }: RunnerRoleProps): readonly PolicyStatement[] {
  const workflow = stateMachineArn(address, stage);
  if (!isEntry) return [];
  return [allow(['states:StartExecution'], workflow), allow(['states:StopExecution'], executionsOf(workflow))];
}

/**
 * Actions that only read: to follow a run, and to say why it is slow, stuck or failed (`crosswind why`). CloudWatch knows no
 * resources for its two (service authorization reference).
 */
function toLook({ address, stage, isCalled }: RunnerRoleProps): readonly PolicyStatement[] {
  const { region, accounts } = address;
  const workflow = stateMachineArn(address, stage);
  const arn = (service: string, resource: string, place = region): string =>
    `arn:${partitionOf(region)}:${service}:${place}:${accounts[stage]}:${resource}`;
  const named = stackName(address, stage);
  return [
    allow(
      [
        'states:DescribeExecution',
        'states:DescribeStateMachineForExecution',
        'states:GetExecutionHistory',
        'states:ListMapRuns',
      ],
      executionsOf(workflow),
    ),
    allow(['states:DescribeExecution'], ...batchesOf(workflow)),
    allow(['states:ListExecutions'], workflow, mapRunsOf(workflow)),
    allow(['states:DescribeMapRun'], mapRunsOf(workflow)),
    allow(['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'], '*'),
    allow(['lambda:GetFunctionConfiguration'], arn('lambda', `function:${named}-*`)),
    allow(
      ['logs:FilterLogEvents'],
      ...['', '/aws/lambda/'].map((start) => arn('logs', `log-group:${start}${named}-*:*`)),
    ),
    ...(isCalled
      ? [
          allow(
            ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
            targetRoleArn(address, stage),
          ),
        ]
      : []),
  ];
}

const allow = (actions: string[], ...resources: string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources });

const executionsOf = (stateMachineArn: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`;

/** Children of a Map Run, Standard and Express ones; their ARN holds the label of the map. */
const batchesOf = (stateMachineArn: string): readonly string[] =>
  ['execution', 'express'].map((kind) => `${stateMachineArn.replace(':stateMachine:', `:${kind}:`)}/*:*`);

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
    for (const statement of toRun(props)) role.addToPolicy(statement);
    // Apart from the permissions to run, so that a reader sees at once what the role can change.
    new Policy(this, 'Look', { roles: [role], statements: [...toLook(props)] });
    // `crosswind run` and `crosswind why` make them all.
    declareCalls(
      role,
      [...toRun(props), ...toLook(props)].map(({ actions, resources }) => ({ actions, resources })),
    );
  }
}
