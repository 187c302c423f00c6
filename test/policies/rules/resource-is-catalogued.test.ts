import { expect, test } from 'vitest';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { AccountKind } from '../../../config/account-kinds.ts';
import { evidenceOf } from '../../../policies/evidence/evidence.ts';
import { resourceIsCatalogued } from '../../../policies/rules/resource-is-catalogued.ts';
import { resource, testRule } from './test-rule.ts';

const of = (type: string) => resource(type, 'Resource', {});
/** A resource of a stack whose name is one of the platform. */
const ours = (type: string, properties = {}) => [
  assembled({ Resources: resource(type, 'Resource', properties) }, { name: 'crosswind-winds' }),
];
const refused = (type: string, message: string) => ({ given: of(type), at: 'Resource', property: 'Type', message });

testRule(resourceIsCatalogued, {
  valid: {
    'a service that workloads use, under a name of the platform': ours('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'crosswind-winds',
    }),
    'a name that CloudFormation begins with that of the stack': ours('AWS::Lambda::Function'),
    'a name that only the deployment knows': ours('AWS::SQS::Queue', { QueueName: { 'Fn::ImportValue': 'elsewhere' } }),
    'a role': of('AWS::IAM::Role'),
    'a key': of('AWS::KMS::Key'),
    'a custom resource, whose function is one': of('Custom::Sample'),
    'what deploys nothing': of('AWS::CDK::Metadata'),
  },
  invalid: {
    'a name that does not begin as those of the platform': {
      given: ours('AWS::SQS::Queue', { QueueName: 'winds' }),
      at: 'Resource',
      property: 'Type',
      message: 'expected one that begins with crosswind-, got winds',
    },
    'a state machine whose name CloudFormation generates, without the name of the stack': {
      given: ours('AWS::StepFunctions::StateMachine'),
      at: 'Resource',
      property: 'Type',
      message: 'expected one that begins with crosswind-, got Resource-',
    },
    'a service that is in no catalogue': refused(
      'AWS::EC2::Instance',
      'accounts of kind workload deploy no AWS::EC2::Instance: expected a service of policies/organization/catalogue.ts, got ec2',
    ),
    'a service of another kind of account': refused('AWS::CodeBuild::Project', 'got codebuild'),
    'a managed policy, which only the baseline makes': refused('AWS::IAM::ManagedPolicy', 'no AWS::IAM::ManagedPolicy'),
    'a link, which only the baseline makes': refused('AWS::Oam::Link', 'got oam'),
  },
});

const named = (type: string) =>
  resource(type, 'Resource', type.endsWith('::StateMachine') ? { StateMachineName: 'crosswind-winds' } : {});

const findings = (type: string, kind?: AccountKind) =>
  resourceIsCatalogued
    .check(
      evidenceOf([assembled({ Resources: named(type) }, { name: 'crosswind-winds' })], {
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
