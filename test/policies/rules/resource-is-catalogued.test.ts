import { expect, test } from 'vitest';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { AccountKind } from '../../../config/account-kinds.ts';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { resourceIsCatalogued } from '../../../policies/rules/resource-is-catalogued.ts';
import { resource, testRule } from './test-rule.ts';

const of = (type: string) => resource(type, 'Resource', {});
const refused = (type: string, message: string) => ({ given: of(type), at: 'Resource', property: 'Type', message });

testRule(resourceIsCatalogued, {
  valid: {
    'a service that workloads use': of('AWS::StepFunctions::StateMachine'),
    'a role': of('AWS::IAM::Role'),
    'a key': of('AWS::KMS::Key'),
    'a custom resource, whose function is one': of('Custom::Sample'),
    'what deploys nothing': of('AWS::CDK::Metadata'),
  },
  invalid: {
    'a service that is in no catalogue': refused(
      'AWS::EC2::Instance',
      'accounts of kind workload deploy no AWS::EC2::Instance: expected a service of policies/organization/catalogue.ts, got ec2',
    ),
    'a service of another kind of account': refused('AWS::CodeBuild::Project', 'got codebuild'),
    'a managed policy, which only the baseline makes': refused('AWS::IAM::ManagedPolicy', 'no AWS::IAM::ManagedPolicy'),
    'a link, which only the baseline makes': refused('AWS::Oam::Link', 'got oam'),
  },
});

const findings = (type: string, kind?: AccountKind) =>
  resourceIsCatalogued
    .check(
      evidenceOf([assembled({ Resources: of(type) })], {
        runbooks: [],
        kinds: new Map(kind === undefined ? [] : [['111111111111', kind]]),
      }),
    )
    .map(({ message }) => message);

test.each<[type: string, kinds: readonly AccountKind[]]>([
  ['AWS::StepFunctions::StateMachine', ['workload']],
  ['AWS::CodePipeline::Pipeline', ['pipeline-monitoring', 'pipeline']],
  ['AWS::CloudWatch::Alarm', ['monitoring', 'pipeline-monitoring', 'pipeline', 'workload']],
  ['AWS::S3::Bucket', ['pipeline-monitoring', 'pipeline', 'workload']],
])('%s is deployed to accounts of kind %j', (type, expected) => {
  const all = ['monitoring', 'pipeline-monitoring', 'pipeline', 'workload'] as const;
  expect(all.filter((kind) => findings(type, kind).length === 0)).toEqual(expected);
});

test('an account that is none of the platform has no baseline', () => {
  expect(findings('AWS::S3::Bucket')).toEqual([
    'account 111111111111 is none of the platform, so it has no baseline: expected one of platform.yaml',
  ]);
});
