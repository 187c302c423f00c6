import { DefaultStackSynthesizer, type StackProps } from 'aws-cdk-lib/core';
import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../config/bootstrap.ts';

/** Properties of every stack: deployed through the platform's own bootstrap roles, and protected from deletion. */
export const stackProps = (region: string): Pick<StackProps, 'synthesizer' | 'terminationProtection'> => ({
  synthesizer: synthesizer(region),
  terminationProtection: true,
});

/** The platform's own bootstrap roles. Their ARNs are literal because every region is known. */
function synthesizer(region: string): DefaultStackSynthesizer {
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
