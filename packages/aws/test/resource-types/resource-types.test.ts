import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attributesOf, requiredAttributes, resourceType } from '../../src/resource-types/resource-types.ts';

test('a type has what CloudFormation publishes of it', () => {
  const { id, arn, tags, isStateful, replaces, properties } = resourceType('AWS::S3::Bucket') ?? {};
  expect({ id, arn, tags, isStateful }).toEqual({
    id: ['BucketName'],
    arn: 'arn:${Partition}:s3:::${BucketName}',
    tags: ['Tags', 'standard'],
    isStateful: true,
  });
  expect(replaces).toContain('BucketName');
  expect(properties).toMatchObject({
    BucketName: 'string',
    LifecycleConfiguration: '#LifecycleConfiguration',
    MetricsConfigurations: { list: '#MetricsConfiguration' },
    Tags: { list: 'tag' },
  });
});

test.each<[type: string, part: object]>([
  ['AWS::Lambda::Function', { required: ['Code', 'Role'], properties: { Timeout: 'integer' } }],
  ['AWS::SSM::Parameter', { tags: ['Tags', 'map'], properties: { Type: { values: ['String', 'StringList'] } } }],
  ['AWS::AutoScaling::AutoScalingGroup', { tags: ['Tags', 'asg'] }],
  ['AWS::SNS::Topic', { properties: { FifoTopic: 'boolean' } }],
  ['AWS::SQS::Queue', { properties: { RedrivePolicy: { any: ['json', 'string'] } } }],
  ['AWS::EC2::Instance', { definitions: { Ebs: { properties: { VolumeSize: 'integer' } } } }],
  ['AWS::RDS::DBInstance', { mayReplace: expect.arrayContaining(['StorageType']) as unknown }],
  ['AWS::Events::EventBusPolicy', { deprecated: expect.arrayContaining(['Action']) as unknown }],
  ['AWS::Serverless::Function', { transform: 'AWS::Serverless-2016-10-31' }],
  ['AWS::Events::Rule', { ref: ['EventBusName', 'Name'], id: ['Arn'] }],
])('%s has %j', (type, part) => {
  expect(resourceType(type)).toMatchObject(part);
});

test('a custom resource of any name has the schema of a custom resource', () => {
  expect(resourceType('Custom::Anything')).toBe(resourceType('AWS::CloudFormation::CustomResource'));
  expect(resourceType('Custom::Anything')?.required).toEqual(['ServiceToken']);
});

test('a type is the same object each time', () => {
  expect(resourceType('AWS::SQS::Queue')).toBe(resourceType('AWS::SQS::Queue'));
});

test.each(['AWS::S3::Buckets', 'AWS::S3', '', 'string', '__proto__', 'AWS::S3::Bucket","id":["BucketName"]'])(
  '%j is no type',
  (type) => {
    expect(resourceType(type)).toBeUndefined();
    expect([attributesOf(type), requiredAttributes(type)]).toEqual([[], []]);
  },
);

describe('attributes', () => {
  test.each<[type: string, names: readonly string[]]>([
    ['AWS::IAM::Role', ['Arn', 'RoleId']],
    ['AWS::DynamoDB::Table', ['Arn', 'StreamArn']],
    ['AWS::SNS::Topic', ['TopicArn', 'TopicName']],
    ['AWS::S3::BucketPolicy', []],
  ])('of %s are %j', (type, names) => {
    expect([...attributesOf(type)].sort()).toEqual(names);
  });

  test.each<[type: string, names: readonly string[]]>([
    ['AWS::S3::Bucket', []],
    ['AWS::SNS::Topic', ['TopicArn']],
    ['AWS::SQS::Queue', ['QueueUrl']],
    ['AWS::KMS::Key', ['KeyId']],
    ['AWS::CodeBuild::Project', ['Id']],
    ['AWS::ApiGateway::Deployment', ['DeploymentId']],
    ['AWS::AppMesh::Mesh', ['Id', 'Arn']],
    ['AWS::SageMaker::Device', []],
    ['AWS::Serverless::Function', []],
  ])('of %s that its identifier needs are %j', (type, names) => {
    expect(requiredAttributes(type)).toEqual(names);
  });
});

describe('every type of the data', () => {
  const text = readFileSync(new URL('../../data/resource-types.jsonl', import.meta.url), 'utf8');
  const types = [...text.matchAll(/^\{"type":"([^"]+)"/gm)].map(([, type = '']) => resourceType(type));

  test('is found by its name', () => {
    expect(types.length).toBe(1_828);
    expect(types).not.toContain(undefined);
  });

  test('is identified by properties and attributes', () => {
    for (const { type } of types.filter((one) => one !== undefined)) {
      expect(attributesOf(type)).toEqual(expect.arrayContaining([...requiredAttributes(type)]));
    }
  });

  test('has the definitions that its properties name', () => {
    for (const { type, definitions = {}, ...rest } of types.filter((one) => one !== undefined)) {
      const named = [...JSON.stringify([rest, definitions]).matchAll(/"#(\w+)"/g)].map(([, name = '']) => name);
      expect([type, ...Object.keys(definitions)]).toEqual(expect.arrayContaining([type, ...new Set(named)]));
    }
  });
});
