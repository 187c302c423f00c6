import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../config/bootstrap.ts';

/**
 * ARN pattern of bootstrap roles of a kind in every region, of one account or of every one; then it is bounded by the
 * organization where it is used.
 */
export const bootstrapRoleArns = (kind: 'deploy' | 'file-publishing', region: string, account = '*'): string =>
  `arn:${partitionOf(region)}:iam::${account}:role/cdk-${bootstrapQualifier}-${kind}-role-*`;
