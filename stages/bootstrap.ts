import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../config/bootstrap.ts';

/** ARN pattern of bootstrap roles of a kind, in every account and region; bounded by the organization where it is used. */
export const bootstrapRoleArns = (kind: 'deploy' | 'file-publishing', region: string): string =>
  `arn:${partitionOf(region)}:iam::*:role/cdk-${bootstrapQualifier}-${kind}-role-*`;

/** Deploys a stack through the platform's own bootstrap roles, whose ARNs are literal because every region is known. */
export function stackSynthesizer(region: string): DefaultStackSynthesizer {
  const role = (name: string): string =>
    `arn:${partitionOf(region)}:iam::\${AWS::AccountId}:role/cdk-${bootstrapQualifier}-${name}-role-\${AWS::AccountId}-\${AWS::Region}`;
  return new DefaultStackSynthesizer({
    qualifier: bootstrapQualifier,
    deployRoleArn: role('deploy'),
    cloudFormationExecutionRole: role('cfn-exec'),
    fileAssetPublishingRoleArn: role('file-publishing'),
    lookupRoleArn: role('lookup'),
  });
}
