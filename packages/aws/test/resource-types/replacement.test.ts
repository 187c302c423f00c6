import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { propertyChanges } from '../../src/resource-types/property-change.ts';
import { replacementOf, resourceType } from '../../src/resource-types/resource-types.ts';
import type { ResourceType } from '../../src/resource-types/schema.ts';

/**
 * Properties with what their page says of an update, https://docs.aws.amazon.com/AWSCloudFormation/latest/
 * TemplateReference/aws-resource-<page>.html: "Update requires: Replacement", or else "No interruption".
 */
const pages: Readonly<
  Record<string, { readonly type: string; readonly replace: readonly string[]; readonly keep: readonly string[] }>
> = {
  'dynamodb-table': {
    type: 'AWS::DynamoDB::Table',
    replace: ['KeySchema', 'TableName'],
    keep: ['ProvisionedThroughput', 'TimeToLiveSpecification'],
  },
  'ecr-repository': {
    type: 'AWS::ECR::Repository',
    replace: ['RepositoryName'],
    keep: ['ImageTagMutability', 'LifecyclePolicy', 'RepositoryPolicyText'],
  },
  'iam-managedpolicy': {
    type: 'AWS::IAM::ManagedPolicy',
    replace: ['Description', 'ManagedPolicyName', 'Path'],
    keep: ['PolicyDocument', 'Roles'],
  },
  'iam-role': {
    type: 'AWS::IAM::Role',
    replace: ['Path', 'RoleName'],
    keep: ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'MaxSessionDuration', 'PermissionsBoundary', 'Policies'],
  },
  'kms-alias': { type: 'AWS::KMS::Alias', replace: ['AliasName'], keep: ['TargetKeyId'] },
  'lambda-permission': {
    type: 'AWS::Lambda::Permission',
    replace: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
    keep: [],
  },
  'logs-loggroup': { type: 'AWS::Logs::LogGroup', replace: ['LogGroupName'], keep: ['RetentionInDays'] },
  'oam-link': { type: 'AWS::Oam::Link', replace: ['LabelTemplate', 'SinkIdentifier'], keep: ['ResourceTypes', 'Tags'] },
  'sns-subscription': {
    type: 'AWS::SNS::Subscription',
    replace: ['Endpoint', 'Protocol', 'TopicArn'],
    keep: ['DeliveryPolicy', 'FilterPolicy', 'RawMessageDelivery'],
  },
  'sqs-queue': {
    type: 'AWS::SQS::Queue',
    replace: ['FifoQueue', 'QueueName'],
    keep: ['KmsMasterKeyId', 'MessageRetentionPeriod', 'RedrivePolicy', 'VisibilityTimeout'],
  },
  'ssm-parameter': { type: 'AWS::SSM::Parameter', replace: ['Name'], keep: ['Description', 'Type', 'Value'] },
  'stepfunctions-statemachine': {
    type: 'AWS::StepFunctions::StateMachine',
    replace: ['StateMachineName'],
    keep: ['DefinitionString', 'RoleArn', 'Tags'],
  },
};
const rows = (which: 'replace' | 'keep') =>
  Object.values(pages).flatMap(({ type, [which]: names }) => names.map((name) => [name, type] as const));

describe('a change of', () => {
  test.each(rows('replace'))('%s replaces %s', (name, type) => {
    expect(resourceType(type)?.properties).toHaveProperty(name);
    expect(replacementOf(type, { [name]: 'one' }, { [name]: 'other' })).toMatchObject({
      decision: 'replacement',
      changes: [{ name, requiresRecreation: 'Always' }],
    });
  });

  test.each(rows('keep'))('%s updates %s in place', (name, type) => {
    expect(resourceType(type)?.properties).toHaveProperty(name);
    expect(replacementOf(type, { [name]: 'one' }, { [name]: 'other' })).toMatchObject({
      decision: 'no interruption',
      changes: [{ name, requiresRecreation: 'Never' }],
      assumed: [],
    });
  });

  test('20 properties at least is taken from the pages', () => {
    expect(rows('replace').length).toBeGreaterThanOrEqual(20);
  });
});

describe('an update', () => {
  const bucket = 'AWS::S3::Bucket';
  const tag = (Value: string): JsonObject => ({ Key: 'a', Value });

  test('names the place, the values and the kind of each change', () => {
    const before = {
      BucketName: 'one',
      Tags: [tag('1')],
      VersioningConfiguration: { Status: 'Suspended' },
      AccessControl: 'Private',
    };
    const cors = { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] };
    const after = {
      BucketName: 'other',
      Tags: [tag('2'), tag('3')],
      VersioningConfiguration: { Status: 'Enabled' },
      CorsConfiguration: cors,
    };
    const changed = { attribute: 'Properties', attributeChangeType: 'Modify', requiresRecreation: 'Never' };
    const { changes, decision } = replacementOf(bucket, before, after);
    expect(decision).toBe('replacement');
    expect(changes).toEqual([
      {
        ...changed,
        name: 'BucketName',
        path: '/Properties/BucketName',
        requiresRecreation: 'Always',
        before: 'one',
        after: 'other',
      },
      { ...changed, attribute: 'Tags', name: 'Tags', path: '/Properties/Tags/0/Value', before: '1', after: '2' },
      {
        ...changed,
        attribute: 'Tags',
        name: 'Tags',
        path: '/Properties/Tags/1',
        attributeChangeType: 'Add',
        after: tag('3'),
      },
      {
        ...changed,
        name: 'VersioningConfiguration',
        path: '/Properties/VersioningConfiguration/Status',
        before: 'Suspended',
        after: 'Enabled',
      },
      {
        ...changed,
        name: 'AccessControl',
        path: '/Properties/AccessControl',
        attributeChangeType: 'Remove',
        before: 'Private',
      },
      {
        ...changed,
        name: 'CorsConfiguration',
        path: '/Properties/CorsConfiguration',
        attributeChangeType: 'Add',
        after: cors,
      },
    ]);
  });

  test.each<[what: string, before: JsonObject, after: JsonObject]>([
    ['the same', { BucketName: 'one', Tags: [tag('1')] }, { BucketName: 'one', Tags: [tag('1')] }],
    ['keys in another order', { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
    ['a number as text', { a: 300, b: [true] }, { a: '300', b: ['true'] }],
  ])('to %s changes nothing', (_, before, after) => {
    expect(replacementOf(bucket, before, after)).toEqual({ changes: [], decision: 'no interruption', assumed: [] });
  });

  test.each<[what: string, before: JsonObject, after: JsonObject]>([
    ['a list in another order', { Tags: [tag('1'), tag('2')] }, { Tags: [tag('2'), tag('1')] }],
    ['a list in place of an object', { a: {} }, { a: [] }],
    ['an empty text in place of null', { a: null }, { a: '' }],
  ])('to %s changes something', (_, before, after) => {
    expect(replacementOf(bucket, before, after).changes.length).toBeGreaterThan(0);
  });

  test('adds a key that every object inherits', () => {
    expect(replacementOf(bucket, {}, { constructor: 'a' }).changes).toMatchObject([{ attributeChangeType: 'Add' }]);
  });

  test('has the names of keys in paths escaped as in a JSON pointer', () => {
    const variables = (value: string): JsonObject => ({ Environment: { Variables: { 'a/b~': value } } });
    const [change] = replacementOf('AWS::Lambda::Function', variables('1'), variables('2')).changes;
    expect(change?.path).toBe('/Properties/Environment/Variables/a~1b~0');
  });
});

describe('a nested property that replaces', () => {
  test.each<[type: string, before: JsonObject, after: JsonObject, effect: string]>([
    [
      'AWS::EKS::Cluster',
      { ResourcesVpcConfig: { SubnetIds: ['a'] } },
      { ResourcesVpcConfig: { SubnetIds: ['b'] } },
      'Always',
    ],
    [
      'AWS::EKS::Cluster',
      { ResourcesVpcConfig: { EndpointPublicAccess: true } },
      { ResourcesVpcConfig: { EndpointPublicAccess: false } },
      'Never',
    ],
    ['AWS::Budgets::Budget', { Budget: { BudgetName: 'a' } }, { Budget: { BudgetName: 'b' } }, 'Always'],
    ['AWS::Budgets::Budget', { Budget: { TimeUnit: 'DAILY' } }, { Budget: { TimeUnit: 'MONTHLY' } }, 'Never'],
    // A value that comes or goes as a whole takes its properties with it.
    ['AWS::EKS::Cluster', {}, { ResourcesVpcConfig: { SubnetIds: ['b'] } }, 'Always'],
    ['AWS::EKS::Cluster', { ResourcesVpcConfig: { EndpointPublicAccess: true } }, {}, 'Never'],
    ['AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: ['a'] } }, {}, 'Always'],
  ])('of %s: from %j to %j %s', (type, before, after, effect) => {
    const update = replacementOf(type, before, after);
    expect(update.changes.map(({ requiresRecreation }) => requiresRecreation)).toEqual([effect]);
    expect(update.decision).toBe(effect === 'Always' ? 'replacement' : 'no interruption');
  });
});

test('a change that may replace a resource is assumed to update it in place', () => {
  const update = replacementOf('AWS::RDS::DBInstance', { StorageType: 'gp2' }, { StorageType: 'gp3', Port: '1' });
  expect(update.changes.map(({ requiresRecreation }) => requiresRecreation)).toEqual(['Conditionally', 'Always']);
  expect(update).toMatchObject({ decision: 'replacement', assumed: ['/Properties/StorageType'] });
  expect(replacementOf('AWS::RDS::DBInstance', { StorageType: 'gp2' }, { StorageType: 'gp3' })).toMatchObject({
    decision: 'no interruption',
    assumed: ['/Properties/StorageType'],
  });
});

describe('a property that replaces', () => {
  const made: ResourceType = {
    type: 'AWS::Made::Up',
    properties: {
      List: { list: '#Part' },
      Map: { map: '#Part' },
      Any: { any: ['json', { list: '#Part' }] },
    },
    definitions: { Part: { properties: { Fixed: 'string', Free: 'string' }, replaces: ['Fixed'] } },
  };
  const effects = (before: JsonObject, after: JsonObject): readonly string[] =>
    propertyChanges(made, before, after).map(({ requiresRecreation }) => requiresRecreation);

  test.each<[place: string, at: (part: JsonObject) => JsonObject]>([
    ['a list', (part) => ({ List: [part] })],
    ['a map', (part) => ({ Map: { a: part } })],
    ['one of several forms', (part) => ({ Any: [part] })],
  ])('replaces inside of %s, as others do not', (_, at) => {
    expect(effects(at({ Fixed: 'a' }), at({ Fixed: 'b' }))).toEqual(['Always']);
    expect(effects(at({ Free: 'a' }), at({ Free: 'b' }))).toEqual(['Never']);
  });
});

describe('an update that AWS refuses', () => {
  const notUpdatable =
    "Resource of type 'AWS::KMS::Key' with identifier 'id' is not updatable with parameters provided.";
  const tokens = [{ ServiceToken: 'arn:a' }, { ServiceToken: 'arn:b' }] as const;

  test.each<[type: string, before: JsonObject, after: JsonObject, reason: string]>([
    ['AWS::KMS::Key', {}, { KeyUsage: 'SIGN_VERIFY' }, notUpdatable],
    ['AWS::KMS::Key', { MultiRegion: false }, { MultiRegion: true }, notUpdatable],
    [
      'AWS::Logs::LogGroup',
      { LogGroupClass: 'STANDARD' },
      { LogGroupClass: 'DELIVERY' },
      notUpdatable.replace('KMS::Key', 'Logs::LogGroup'),
    ],
    ['Custom::Thing', ...tokens, 'Modifying service token is not allowed.'],
    ['AWS::CloudFormation::CustomResource', ...tokens, 'Modifying service token is not allowed.'],
  ])('%s from %j to %j', (type, before, after, reason) => {
    const { decision, failure } = replacementOf(type, before, after);
    expect([decision, failure?.('id')]).toEqual(['failure', reason]);
  });

  test.each<[type: string, before: JsonObject, after: JsonObject]>([
    ['AWS::KMS::Key', {}, { KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: 'false' }],
    ['AWS::KMS::Key', { EnableKeyRotation: false }, { EnableKeyRotation: true }],
    ['AWS::Logs::LogGroup', {}, { LogGroupClass: 'STANDARD' }],
    ['Custom::Thing', { ServiceToken: 'arn:a', Digest: '1' }, { ServiceToken: 'arn:a', Digest: '2' }],
  ])('is not that of %s from %j to %j', (type, before, after) => {
    expect(replacementOf(type, before, after)).toMatchObject({ decision: 'no interruption' });
  });
});

test.each(['constructor', 'AWS::Made::Up'])('properties of the unknown type %s change in place', (type) => {
  expect(replacementOf(type, { A: 1 }, { A: 2 })).toMatchObject({
    decision: 'no interruption',
    changes: [{ path: '/Properties/A', before: 1, after: 2 }],
  });
});
