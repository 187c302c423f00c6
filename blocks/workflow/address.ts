import { partitionOf } from '@crosswind/aws/partition';

/**
 * Where the workflows of a tenant live: everything that one account must know of another is built from this. Caller and
 * called stage use the functions below, so that they cannot disagree.
 */
export interface WorkloadAddress<Stage extends string = string> {
  readonly tenant: string;
  /** One region for all stages: Step Functions does not reach across regions (concepts-access-cross-acct-resources). */
  readonly region: string;
  /** Account id of each stage. */
  readonly accounts: Readonly<Record<Stage, string>>;
}

type Named = Pick<WorkloadAddress, 'tenant'>;

export const stackName = ({ tenant }: Named, stage: string): string => `crosswind-${tenant}-${stage}`;
export const stateMachineName = ({ tenant }: Named, stage: string): string => `crosswind-${tenant}-${stage}`;
/** Of a further workflow of a stage, which only that stage and the alarms on it know; `name` is in lower-case letters. */
export const furtherStateMachineName = (named: Named, stage: string, name: string): string =>
  `${stateMachineName(named, stage)}-${name}`;
/** Of the role that the workflow of a calling stage runs as: the called accounts know it by this name. */
export const callerRoleName = ({ tenant }: Named, stage: string): string => `crosswind-${tenant}-${stage}`;
/** Of the role that the callers of a stage assume; an account holds one stage of a tenant, so it has one. */
export const targetRoleName = ({ tenant }: Named): string => `crosswind-${tenant}-target`;
/** Of the role with which the workflows are run from outside; each account has one. */
export const runnerRoleName = ({ tenant }: Named): string => `crosswind-${tenant}-runner`;
export const scheduleFailuresName = ({ tenant }: Named): string => `crosswind-${tenant}-schedule-failures`;

export const callerRoleArn = <Stage extends string>(address: WorkloadAddress<Stage>, stage: Stage): string =>
  roleArn(address, stage, callerRoleName(address, stage));

export const targetRoleArn = <Stage extends string>(address: WorkloadAddress<Stage>, stage: Stage): string =>
  roleArn(address, stage, targetRoleName(address));

export const runnerRoleArn = <Stage extends string>(address: WorkloadAddress<Stage>, stage: Stage): string =>
  roleArn(address, stage, runnerRoleName(address));

export const stateMachineArn = <Stage extends string>(address: WorkloadAddress<Stage>, stage: Stage): string =>
  `arn:${partitionOf(address.region)}:states:${address.region}:${address.accounts[stage]}:stateMachine:${stateMachineName(address, stage)}`;

export const furtherStateMachineArn = <Stage extends string>(
  address: WorkloadAddress<Stage>,
  stage: Stage,
  name: string,
): string => `${stateMachineArn(address, stage)}-${name}`;

/** ARN of the queue in the entry stage's account. It takes the starts that the schedule gave up. */
export const scheduleFailuresArn = <Stage extends string>(address: WorkloadAddress<Stage>, entry: Stage): string =>
  `arn:${partitionOf(address.region)}:sqs:${address.region}:${address.accounts[entry]}:${scheduleFailuresName(address)}`;

const roleArn = <Stage extends string>(
  { region, accounts }: WorkloadAddress<Stage>,
  stage: Stage,
  name: string,
): string => `arn:${partitionOf(region)}:iam::${accounts[stage]}:role/${name}`;
