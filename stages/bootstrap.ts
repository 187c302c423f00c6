import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../config/bootstrap.ts';

/** ARN pattern of bootstrap roles of a kind, in every account and region; bounded by the organization where it is used. */
export const bootstrapRoleArns = (kind: 'deploy' | 'file-publishing', region: string): string =>
  `arn:${partitionOf(region)}:iam::*:role/cdk-${bootstrapQualifier}-${kind}-role-*`;
