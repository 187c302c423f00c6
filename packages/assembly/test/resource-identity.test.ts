import { describe, expect, test } from 'vitest';
import { identify } from '../src/resource-identity.ts';
import type { ResourcePlace } from '../src/resource-place.ts';
import type { JsonObject } from '@crosswind/aws/json';

const place: ResourcePlace = {
  partition: 'aws',
  account: '111111111111',
  region: 'eu-west-1',
  stackName: 'crosswind-wind-child',
  logicalId: 'ChildFunction1234ABCD',
};

function named(type: string, properties: JsonObject = {}, at: Partial<ResourcePlace> = {}) {
  const identity = identify(type, { ...place, ...at }, properties);
  if (!identity) throw new Error(`${type} is not known`);
  return identity;
}

describe('a generated name', () => {
  test.each([
    ['AWS::Lambda::Function', /^crosswind-wind-child-ChildFunction1234ABCD-[0-9A-F]{12}$/],
    ['AWS::IAM::Role', /^crosswind-wind-child-ChildFunction1234ABCD-[0-9A-F]{12}$/],
    ['AWS::S3::Bucket', /^crosswind-wind-child-childfunction1234abcd-[0-9a-f]{12}$/],
  ])('of %s has the form that CloudFormation gives it: stack, logical id, suffix', (type, form) => {
    expect(named(type).name).toMatch(form);
  });

  test('of a CodeBuild project leaves the stack out, and is shortened to 40 characters', () => {
    expect(named('AWS::CodeBuild::Project').name).toMatch(/^ChildFunction1234ABCD-[0-9A-F]{12}$/);
    const { name } = named('AWS::CodeBuild::Project', {}, { logicalId: 'PipelineUpdatePipelineSelfMutationDAA41400' });
    expect(name).toMatch(/^PipelineUpdatePipelineSelfM-[0-9A-F]{12}$/);
  });

  test('of a state machine leaves the stack out', () => {
    expect(named('AWS::StepFunctions::StateMachine').name).toMatch(/^ChildFunction1234ABCD-[0-9A-F]{12}$/);
  });

  test.each([
    ['AWS::Lambda::Function', 64],
    ['AWS::IAM::Role', 64],
    ['AWS::S3::Bucket', 63],
    ['AWS::StepFunctions::Activity', 80],
    ['AWS::SQS::Queue', 80],
    ['AWS::Scheduler::Schedule', 64],
    ['AWS::IAM::Policy', 128],
    ['AWS::IAM::ManagedPolicy', 128],
    ['AWS::KMS::Alias', 256],
    ['AWS::Logs::LogGroup', 512],
    ['AWS::CodePipeline::Pipeline', 100],
    ['AWS::CloudWatch::Alarm', 255],
    ['AWS::CloudWatch::CompositeAlarm', 255],
    ['AWS::CloudWatch::Dashboard', 255],
    ['AWS::Oam::Sink', 255],
    ['AWS::SNS::Topic', 256],
    ['AWS::SSM::Parameter', 2_048],
  ])('of %s is shortened to %i characters and keeps its suffix', (type, length) => {
    const { name } = named(type, {}, { stackName: 's'.repeat(3_000) });
    expect(name).toHaveLength(length);
    expect(name).toMatch(/-[0-9a-f]{12}$/i);
  });

  test('is the same every time', () => {
    expect(named('AWS::S3::Bucket')).toEqual(named('AWS::S3::Bucket'));
  });

  test.each<[string, Partial<ResourcePlace>]>([
    ['account', { account: '222222222222' }],
    ['region', { region: 'us-east-1' }],
    ['logical id', { logicalId: 'Other' }],
    ['stack', { stackName: 'other' }],
  ])('is another in another %s', (_, at) => {
    expect(named('AWS::S3::Bucket', {}, at).name).not.toBe(named('AWS::S3::Bucket').name);
  });
});

test.each<[string, JsonObject, string]>([
  ['AWS::IAM::Role', { RoleName: 'it' }, 'arn:aws:iam::111111111111:role/it'],
  ['AWS::IAM::Role', { RoleName: 'it', Path: '/team/' }, 'arn:aws:iam::111111111111:role/team/it'],
  ['AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'it' }, 'arn:aws:iam::111111111111:policy/it'],
  ['AWS::S3::Bucket', { BucketName: 'it' }, 'arn:aws:s3:::it'],
  ['AWS::Lambda::Function', { FunctionName: 'it' }, 'arn:aws:lambda:eu-west-1:111111111111:function:it'],
  ['AWS::StepFunctions::Activity', { Name: 'it' }, 'arn:aws:states:eu-west-1:111111111111:activity:it'],
  [
    'AWS::StepFunctions::StateMachine',
    { StateMachineName: 'it' },
    'arn:aws:states:eu-west-1:111111111111:stateMachine:it',
  ],
  ['AWS::Logs::LogGroup', { LogGroupName: 'it' }, 'arn:aws:logs:eu-west-1:111111111111:log-group:it:*'],
  ['AWS::CodeBuild::Project', { Name: 'it' }, 'arn:aws:codebuild:eu-west-1:111111111111:project/it'],
  ['AWS::CloudWatch::Alarm', { AlarmName: 'it' }, 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:it'],
  ['AWS::CloudWatch::CompositeAlarm', { AlarmName: 'it' }, 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:it'],
  ['AWS::SNS::Topic', { TopicName: 'it' }, 'arn:aws:sns:eu-west-1:111111111111:it'],
  ['AWS::SSM::Parameter', { Name: '/an/it' }, 'arn:aws:ssm:eu-west-1:111111111111:parameter/an/it'],
  ['AWS::SSM::Parameter', { Name: 'it' }, 'arn:aws:ssm:eu-west-1:111111111111:parameter/it'],
  ['AWS::SQS::Queue', { QueueName: 'it' }, 'arn:aws:sqs:eu-west-1:111111111111:it'],
  ['AWS::Scheduler::Schedule', { Name: 'it' }, 'arn:aws:scheduler:eu-west-1:111111111111:schedule/default/it'],
  [
    'AWS::Scheduler::Schedule',
    { Name: 'it', GroupName: 'ours' },
    'arn:aws:scheduler:eu-west-1:111111111111:schedule/ours/it',
  ],
])('%s with %j has the ARN of its reference page', (type, properties, arn) => {
  expect(named(type, properties).arn).toBe(arn);
});

test.each([
  ['AWS::KMS::Key', 'arn:aws:kms:eu-west-1:111111111111:key/'],
  ['AWS::Oam::Sink', 'arn:aws:oam:eu-west-1:111111111111:sink/'],
  ['AWS::Oam::Link', 'arn:aws:oam:eu-west-1:111111111111:link/'],
])('%s has an ARN that ends in a UUID', (type, start) => {
  const { arn = '' } = named(type);
  expect(arn.slice(0, start.length)).toBe(start);
  expect(arn.slice(start.length)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test.each([
  ['aws', 'eu-west-1', 'https://sqs.eu-west-1.amazonaws.com/111111111111/it'],
  ['aws-cn', 'cn-north-1', 'https://sqs.cn-north-1.amazonaws.com.cn/111111111111/it'],
])('a queue in partition %s and region %s is referred to by its URL', (partition, region, url) => {
  const { ref, attributes } = named('AWS::SQS::Queue', { QueueName: 'it' }, { partition, region });
  expect([ref, attributes['QueueUrl'], attributes['QueueName']]).toEqual([url, url, 'it']);
});

test.each([
  ['AWS::Scheduler::Schedule', { Name: 'it' }, 'it'],
  ['AWS::CloudWatch::Alarm', { AlarmName: 'it' }, 'it'],
  ['AWS::CloudWatch::Dashboard', { DashboardName: 'it' }, 'it'],
  ['AWS::CodeBuild::Project', { Name: 'it' }, 'it'],
  ['AWS::CodePipeline::Pipeline', { Name: 'it' }, 'it'],
  ['AWS::IAM::Role', { RoleName: 'it' }, 'it'],
  ['AWS::KMS::Alias', { AliasName: 'alias/it' }, 'alias/it'],
  ['AWS::Lambda::Function', { FunctionName: 'it' }, 'it'],
  ['AWS::Logs::LogGroup', { LogGroupName: 'it' }, 'it'],
  ['AWS::S3::Bucket', { BucketName: 'it' }, 'it'],
  ['AWS::SNS::Topic', { TopicName: 'it' }, 'arn:aws:sns:eu-west-1:111111111111:it'],
  ['AWS::SSM::Parameter', { Name: '/an/it' }, '/an/it'],
  ['AWS::StepFunctions::Activity', { Name: 'it' }, 'arn:aws:states:eu-west-1:111111111111:activity:it'],
  ['AWS::SQS::QueuePolicy', {}, 'ChildFunction1234ABCD'],
  ['AWS::SNS::TopicPolicy', {}, 'ChildFunction1234ABCD'],
  ['AWS::S3::BucketPolicy', {}, 'ChildFunction1234ABCD'],
  // Their functions answer it.
  ['Custom::ObservabilitySink', {}, '<later:ChildFunction1234ABCD.Ref>'],
  ['AWS::CloudFormation::CustomResource', {}, '<later:ChildFunction1234ABCD.Ref>'],
])('%s with %j is referred to as %s', (type, properties, ref) => {
  expect(named(type, properties).ref).toBe(ref);
});

test.each<[string, JsonObject, Readonly<Record<string, string>>]>([
  ['AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'it' }, { PolicyArn: 'arn:aws:iam::111111111111:policy/it' }],
  [
    'AWS::S3::Bucket',
    { BucketName: 'it' },
    {
      Arn: 'arn:aws:s3:::it',
      DomainName: 'it.s3.amazonaws.com',
      RegionalDomainName: 'it.s3.eu-west-1.amazonaws.com',
    },
  ],
  ['AWS::SNS::Topic', { TopicName: 'it' }, { TopicArn: 'arn:aws:sns:eu-west-1:111111111111:it', TopicName: 'it' }],
  [
    'AWS::StepFunctions::StateMachine',
    { StateMachineName: 'it' },
    { Arn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:it', Name: 'it' },
  ],
  [
    'AWS::StepFunctions::Activity',
    { Name: 'it' },
    { Arn: 'arn:aws:states:eu-west-1:111111111111:activity:it', Name: 'it' },
  ],
  ['AWS::SSM::Parameter', { Name: 'it' }, {}],
])('%s with %j has the attributes of its reference page', (type, properties, attributes) => {
  expect(named(type, properties).attributes).toEqual(attributes);
});

test.each(['AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::CodeBuild::Project', 'AWS::Oam::Sink'])(
  '%s has its ARN as only attribute',
  (type) => {
    const { arn, attributes } = named(type);
    expect(attributes).toEqual({ Arn: arn });
  },
);

test('a role has an id, and a key is its id', () => {
  const { arn, attributes } = named('AWS::IAM::Role');
  expect(attributes).toEqual({ Arn: arn, RoleId: expect.stringMatching(/^AROA[0-9A-F]{17}$/) as string });
  const key = named('AWS::KMS::Key');
  expect(key.attributes).toEqual({ Arn: key.arn, KeyId: key.ref });
});

test.each([
  ['Custom::ObservabilitySink', true],
  ['AWS::CloudFormation::CustomResource', true],
  ['AWS::SQS::QueuePolicy', undefined],
])('the attributes of %s come later: %s', (type, later) => {
  expect(named(type).answersLater).toBe(later);
});

test('a type that is not known has no identity', () => {
  expect(identify('AWS::EC2::Instance', place, {})).toBeUndefined();
});
