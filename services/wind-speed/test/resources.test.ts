import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { functionsOf } from '@crosswind/assembly/functions';
import { rolesOf } from '@crosswind/assembly/roles';
import { listOf, objectOf } from '@crosswind/aws/json';
import { stackAt } from '../../../test/synthesized.ts';
import { childPath, machine, parentPath } from './built.ts';
import { synthesized, templateAt } from './platform.ts';

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

  test.each([
    ['Analyze', 1_024, 60],
    ['Consolidate', 2_048, 300],
    ['Convert', 1_024, 180],
    ['Importer', 512, 300],
    ['Writer', 256, 60],
  ])('%s has %i MB and %i seconds', (id, memoryMegabytes, timeoutSeconds) => {
    const sizes = functions
      .filter(({ arn }) => stack().resources.some((it) => it.arn === arn && it.path.includes(`/${id}/`)))
      .map((found) => [found.memoryMegabytes, found.timeoutSeconds]);
    expect(sizes).toEqual([[memoryMegabytes, timeoutSeconds]]);
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

  test.each([
    ['Source', { Status: 'Enabled' }],
    ['Results', { Status: 'Enabled' }],
    ['AccessLogs', undefined],
  ])('%s keeps versions: %j', (id, versioning) => {
    expect(buckets(id)['VersioningConfiguration']).toEqual(versioning);
  });

  const unfinished = {
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    ExpiredObjectDeleteMarker: true,
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    Status: 'Enabled',
  };
  const expired = (Prefix: string, ExpirationInDays = 14) => ({ Prefix, ExpirationInDays, Status: 'Enabled' });
  test.each([
    ['Source keeps objects, noncurrent ones for 30 days, and unfinished uploads for a day', 'Source', [unfinished]],
    [
      'Results keeps results for a year, partial ones for two weeks, and the rest as Source',
      'Results',
      [unfinished, expired('partials/'), expired('map-runs/'), expired('executions/', 365)],
    ],
    ['AccessLogs keeps logs for 90 days', 'AccessLogs', [{ ExpirationInDays: 90, Status: 'Enabled' }]],
  ])('%s', (_, id, rules) => {
    expect(buckets(id)['LifecycleConfiguration']).toEqual({ Rules: rules });
  });
});

test('the key is rotated', () => {
  template().hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

test.each([
  ['AWS::S3::Bucket', 2],
  ['AWS::KMS::Key', 1],
])('data is kept when its stack goes, unless the stack never came to be: %s', (type, count) => {
  const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
  expect(Object.keys(template().findResources(type, kept))).toHaveLength(count);
});

test('access logs are kept always, because a delivered log would fail the rollback of a creation', () => {
  const kept = template().findResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(Object.keys(kept).map((id) => id.slice(0, 'WeatherAccessLogs'.length))).toEqual(['WeatherAccessLogs']);
});

test.each([
  [parentPath, 1],
  [childPath, 7],
])('in %s log groups are deleted with their stack', (path, count) => {
  templateAt(path).resourceCountIs('AWS::Logs::LogGroup', count);
  templateAt(path).allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});

test.each([
  ['parent', 'crosswind-wind-speed-parent'],
  ['child', 'crosswind-wind-speed-child'],
  ['import', 'crosswind-wind-speed-child-import'],
] as const)('the %s workflow is traced, and logs to the group %s', (which, name) => {
  const { logGroupArn, traced } = machine(which);
  expect(logGroupArn?.replace(/:\*$/, '')).toMatch(
    new RegExp(`^arn:aws:logs:us-east-1:\\d{12}:log-group:/aws/vendedlogs/states/${name}$`),
  );
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
