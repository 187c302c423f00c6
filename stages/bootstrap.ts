import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { partitionOf } from '../aws/partition.ts';

/** Names the platform's own bootstrap resources apart from others in the same account; at most 10 characters. */
export const bootstrapQualifier = 'crosswind';

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
