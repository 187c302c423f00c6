import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { functionsOf } from '@crosswind/assembly/functions';
import { rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf } from '@crosswind/aws/json';
import { stackAt, synthesized, templateAt } from '../../synthesized.ts';
import { childPath, machine, parentPath } from './built.ts';

const stack = () => stackAt(synthesized().stacks, childPath);
const template = () => templateAt(childPath);

describe('every function', () => {
  const functions = functionsOf(stack());

  test('is one of the five of the workload', () => {
    expect(functions).toHaveLength(5);
  });

  test.each([
    ['runs on arm64', { Architectures: ['arm64'] }],
    ['runs on Node.js 24', { Runtime: 'nodejs24.x' }],
    ['is traced', { TracingConfig: { Mode: 'Active' } }],
    ['has a log group of its own', { LoggingConfig: { LogGroup: { Ref: Match.anyValue() } } }],
    ['says what it does', { Description: Match.stringLikeRegexp('.{20}') }],
  ])('%s', (_, properties) => {
    template().allResourcesProperties('AWS::Lambda::Function', properties);
  });

  test.each(functions)('$name writes to its own log group, and uses no wildcard action', ({ roleArn, logGroupArn }) => {
    const role = rolesOf(stack()).find(({ arn }) => arn === roleArn);
    const statements = (role?.policies ?? []).flatMap(({ document }) => listOf(document['Statement'])).map(objectOf);
    const actions = statements.flatMap(({ Action = null }) => [Action].flat());
    const logging = statements.filter(({ Action }) => JSON.stringify(Action).includes('logs:'));
    expect(logging.map(({ Resource }) => Resource)).toEqual([logGroupArn]);
    expect(actions).toContain('s3:PutObject');
    expect(actions.filter((action) => JSON.stringify(action).includes('*'))).toEqual([]);
  });
});

describe('the buckets', () => {
  const buckets = (id: string) => {
    const found = stack().resources.find(({ path, type }) => type === 'AWS::S3::Bucket' && path.includes(`/${id}/`));
    if (!found) throw new Error(`no bucket ${id}`);
    return found.properties;
  };

  test.each(['Source', 'Results'])(
    '%s is encrypted with a bucket key of the workload, which keeps KMS calls few',
    (id) => {
      const [key] = stack().resources.filter(({ type }) => type === 'AWS::KMS::Key');
      expect(buckets(id)['BucketEncryption']).toEqual({
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key?.arn },
          },
        ],
      });
    },
  );

  test('of access logs is encrypted by S3, which could not write to it otherwise', () => {
    expect(JSON.stringify(buckets('AccessLogs')['BucketEncryption'])).toContain('AES256');
    expect(buckets('Source')['LoggingConfiguration']).toMatchObject({ LogFilePrefix: 'source/' });
    expect(buckets('Results')['LoggingConfiguration']).toMatchObject({ LogFilePrefix: 'results/' });
  });

  test.each(['Source', 'Results', 'AccessLogs'])('%s is closed to the public', (id) => {
    expect(buckets(id)['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  test('refuse what is not encrypted on its way, all three', () => {
    template().resourceCountIs('AWS::S3::BucketPolicy', 3);
    template().allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  test.each(['Source', 'Results'])('%s forgets uploads that were never finished', (id) => {
    expect(JSON.stringify(buckets(id)['LifecycleConfiguration'])).toContain('"AbortIncompleteMultipartUpload"');
  });
});

test('the key is rotated', () => {
  template().hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

test.each([
  ['AWS::S3::Bucket', 3],
  ['AWS::KMS::Key', 1],
])('data is kept when its stack goes, unless the stack never came to be: %s', (type, count) => {
  const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
  template().resourceCountIs(type, count);
  template().allResources(type, kept);
});

test.each(['parent', 'child', 'import'] as const)('the %s workflow logs and is traced', (which) => {
  const { logGroupArn, traced } = machine(which);
  expect(logGroupArn).toMatch(/^arn:aws:logs:us-east-1:\d{12}:log-group:/);
  expect(traced).toBe(true);
});

test.each([parentPath, childPath])('in %s every workflow logs all events, without the data', (path) => {
  templateAt(path).allResourcesProperties('AWS::StepFunctions::StateMachine', {
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
  });
});

test('the child may use the key for what its map writes', () => {
  const role = rolesOf(stack()).find(({ arn }) => arn === machine('child').roleArn);
  const statements = (role?.policies ?? []).flatMap(({ document }) => listOf(document['Statement'])).map(objectOf);
  const [key] = stack().resources.filter(({ type }) => type === 'AWS::KMS::Key');
  expect(statements).toContainEqual({
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Effect: 'Allow',
    Resource: key?.arn,
  });
});
