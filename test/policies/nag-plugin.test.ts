import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import { nagPlugin } from '../../policies/nag-plugin.ts';
import { judged } from './judged.ts';

test('findings of cdk-nag say what to do', () => {
  const { pluginReports } = judged((stack) => {
    new Bucket(stack, 'Bucket', { enforceSSL: true });
    new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(
      new PolicyStatement({ actions: ['s3:Get*'], resources: ['arn:aws:s3:::some/*'] }),
    );
  }, nagPlugin());
  const fixes = pluginReports
    .flatMap(({ violations }) => violations)
    .map(({ ruleName, suggestedFix }) => [ruleName, suggestedFix]);
  const accept = 'Or accept it in the waivers.yaml of the workload or of policies/, with reason, owner and review.';
  expect(fixes).toEqual([
    ['AwsSolutions-S1', `See https://github.com/cdklabs/cdk-nag/blob/main/RULES.md. ${accept}`],
    ['AwsSolutions-IAM5[Action::s3:Get*]', `Name the actions that are needed instead of s3:Get*. ${accept}`],
    [
      'AwsSolutions-IAM5[Resource::arn:aws:s3:::some/*]',
      `Name the resources that are needed instead of arn:aws:s3:::some/*. ${accept}`,
    ],
  ]);
});
