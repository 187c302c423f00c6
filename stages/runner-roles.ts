import { partitionOf } from '@crosswind/aws/partition';
import { runnerRoleName } from '../blocks/workflow/address.ts';

/** ARN pattern of every tenant's runner roles in all accounts; bounded by the organization where it is used. */
export const runnerRoleArns = (region: string): string =>
  `arn:${partitionOf(region)}:iam::*:role/${runnerRoleName({ tenant: '*' })}`;
