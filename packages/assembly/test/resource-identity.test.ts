import { describe, expect, test } from 'vitest';
import { type ResourcePlace, identify } from '../src/resource-identity.ts';
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
    ['AWS::StepFunctions::StateMachine', /^crosswind-wind-child-ChildFunction1234ABCD-[0-9A-F]{12}$/],
    ['AWS::S3::Bucket', /^crosswind-wind-child-childfunction1234abcd-[0-9a-f]{12}$/],
  ])('of %s has the form that CloudFormation gives it: stack, logical id, suffix', (type, form) => {
    expect(named(type).name).toMatch(form);
  });

  test.each([
    ['AWS::Lambda::Function', 64],
    ['AWS::IAM::Role', 64],
    ['AWS::S3::Bucket', 63],
    ['AWS::StepFunctions::StateMachine', 80],
    ['AWS::StepFunctions::Activity', 80],
    ['AWS::SQS::Queue', 80],
    ['AWS::Scheduler::Schedule', 64],
  ])('of %s is shortened to %i characters and keeps its suffix', (type, length) => {
    const { name } = named(type, {}, { stackName: 's'.repeat(100) });
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

test('a key has an id in the form of a UUID, and an ARN', () => {
  expect(named('AWS::KMS::Key').arn).toMatch(
    /^arn:aws:kms:eu-west-1:111111111111:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
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
  ['AWS::SQS::QueuePolicy', {}, 'ChildFunction1234ABCD'],
])('%s with %j is referred to as %s', (type, properties, ref) => {
  expect(named(type, properties).ref).toBe(ref);
});

test('a type that is not known has no identity', () => {
  expect(identify('AWS::EC2::Instance', place, {})).toBeUndefined();
});
