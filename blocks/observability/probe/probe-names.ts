import { partitionOf } from '@crosswind/aws/partition';
import type { WorkloadAddress } from '../../workflow/address.ts';

/** Name of the probe's function, schedule and role in each account. */
export const probeName = 'crosswind-probe';

/** Of the role with which probes of other accounts look at the executions that were started from there. */
export const probeRoleName = ({ tenant }: Pick<WorkloadAddress, 'tenant'>): string => `crosswind-${tenant}-probe`;

/** ARN of that role in the account of a stage. */
export const probeRoleArn = <Stage extends string>(address: WorkloadAddress<Stage>, stage: Stage): string =>
  roleArn(address.region, address.accounts[stage], probeRoleName(address));

/** ARN of the role of an account's own probe. */
export const ownProbeRoleArn = (region: string, account: string): string => roleArn(region, account, probeName);

const roleArn = (region: string, account: string, name: string): string =>
  `arn:${partitionOf(region)}:iam::${account}:role/${name}`;
