import type { Json, JsonObject } from '@crosswind/aws/json';
import { resourceIsNotPublic } from '../../../policies/rules/resource-is-not-public.ts';
import { type Given, resource, testRule } from './test-rule.ts';

const document = (principal: Json, condition?: JsonObject, more: JsonObject = {}): JsonObject => ({
  Statement: {
    Effect: 'Allow',
    Principal: principal,
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::letters/*',
    ...(condition && { Condition: condition }),
    ...more,
  },
});
const bucketPolicy = (...given: Parameters<typeof document>) =>
  resource('AWS::S3::BucketPolicy', 'Policy', { PolicyDocument: document(...given) });
const bound = (operator: string, key: string, value: Json): Given =>
  bucketPolicy('*', { [operator]: { [key]: value } });
const finding = { at: 'Policy', property: 'Properties.PolicyDocument' };
const open = document('*');

/** Types with a policy of their own, and the property that holds it (CloudFormation reference). */
const types: readonly (readonly [type: string, property: string, value: Json])[] = [
  ['AWS::SNS::TopicPolicy', 'PolicyDocument', open],
  ['AWS::SNS::TopicInlinePolicy', 'PolicyDocument', open],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument', open],
  ['AWS::KMS::Key', 'KeyPolicy', open],
  ['AWS::KMS::ReplicaKey', 'KeyPolicy', open],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', open],
  ['AWS::ECR::Repository', 'RepositoryPolicyText', open],
  ['AWS::ECR::RegistryPolicy', 'PolicyText', open],
  ['AWS::Events::EventBusPolicy', 'Statement', open['Statement'] ?? {}],
  ['AWS::Events::EventBus', 'Policy', open],
  ['AWS::Logs::ResourcePolicy', 'PolicyDocument', JSON.stringify(open)],
  ['AWS::Backup::BackupVault', 'AccessPolicy', open],
  ['AWS::EFS::FileSystem', 'FileSystemPolicy', open],
  ['AWS::S3::AccessPoint', 'Policy', open],
  ['AWS::DynamoDB::Table', 'ResourcePolicy', { PolicyDocument: open }],
  ['AWS::Kinesis::ResourcePolicy', 'ResourcePolicy', open],
  ['AWS::OpenSearchService::Domain', 'AccessPolicies', open],
  ['AWS::ApiGateway::RestApi', 'Policy', open],
  ['AWS::Oam::Sink', 'Policy', open],
  ['AWS::CodeArtifact::Domain', 'PermissionsPolicyDocument', open],
  ['Example::Unknown::Thing', 'Deep', [{ Policy: open }]],
];
const place: Readonly<Record<string, string>> = {
  'AWS::Events::EventBusPolicy': 'Properties',
  'AWS::DynamoDB::Table': 'Properties.ResourcePolicy.PolicyDocument',
  'Example::Unknown::Thing': 'Properties.Deep.0.Policy',
};
const endpoint = (more: JsonObject) =>
  resource('AWS::EC2::VPCEndpoint', 'Endpoint', { PolicyDocument: document('*', undefined, more) });

testRule(resourceIsNotPublic, {
  valid: {
    'an account': bucketPolicy({ AWS: '222222222222' }),
    'a service': bucketPolicy({ Service: 'logging.s3.amazonaws.com' }),
    'everybody that is denied': bucketPolicy('*', undefined, { Effect: 'Deny' }),
    'everybody of the organization': bound('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1'),
    'everybody of one account': bound('StringLike', 'AWS:PrincipalAccount', ['222222222222']),
    'everybody who comes through an endpoint': bound('StringEquals', 'aws:SourceVpce', 'vpce-1a2b3c4d'),
    'everybody of a network': bound('IpAddress', 'aws:SourceIp', '203.0.113.0/24'),
    'what another bucket sends': bound('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::letters'),
    'callers of the account of a key': resource('AWS::KMS::Key', 'Key', {
      KeyPolicy: document('*', { StringEquals: { 'kms:CallerAccount': '111111111111' } }),
    }),
    'an endpoint that lets through one bucket': endpoint({}),
    'a role of the same stack': {
      ...resource('AWS::IAM::Role', 'Role', {}),
      ...bucketPolicy({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    },
    'a user of a type that the reader does not know': {
      ...resource('AWS::IAM::User', 'User', {}),
      ...bucketPolicy({ AWS: { 'Fn::GetAtt': ['User', 'Arn'] } }),
    },
    'text of a dashboard that is no policy': resource('AWS::CloudWatch::Dashboard', 'Board', {
      DashboardBody: '{"widgets":[{"markdown":"\\"Statement\\": 1"}]}',
    }),
  },
  invalid: {
    everybody: { ...finding, given: bucketPolicy('*'), message: 'it admits everybody (*): {"Effect":"Allow"' },
    'everybody with an account': { ...finding, given: bucketPolicy({ AWS: '*' }), message: 'everybody (*)' },
    'everybody among others': { ...finding, given: bucketPolicy({ AWS: ['222222222222', '*'] }), message: '(*)' },
    'everybody but somebody': {
      ...finding,
      given: resource('AWS::S3::BucketPolicy', 'Policy', {
        PolicyDocument: { Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: '222222222222' }, Action: '*' }] },
      }),
      message: 'everybody but {"AWS":"222222222222"}',
    },
    'a principal that only the deployment knows': {
      ...finding,
      given: bucketPolicy({ AWS: { 'Fn::ImportValue': 'who' } }),
      message: 'only the deployment knows',
    },
    'a policy that only the deployment knows': {
      ...finding,
      given: resource('AWS::S3::BucketPolicy', 'Policy', { PolicyDocument: { 'Fn::ImportValue': 'policy' } }),
      message: 'only the deployment knows',
    },
    'any organization': { ...finding, given: bound('StringLike', 'aws:PrincipalOrgID', 'o-*'), message: '(*)' },
    'another organization': {
      ...finding,
      given: bound('StringEquals', 'aws:PrincipalOrgID', 'o-somebodyelse'),
      message: '(*)',
    },
    'the organization or any other': {
      ...finding,
      given: bound('StringLike', 'aws:PrincipalOrgID', ['o-exampleorg1', 'o-*']),
      message: '(*)',
    },
    'a condition that passes where the key is absent': {
      ...finding,
      given: bound('StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-exampleorg1'),
      message: '(*)',
    },
    'a role of that name in any account': {
      ...finding,
      given: bound('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/reader'),
      message: '(*)',
    },
    'a source in any account': {
      ...finding,
      given: bound('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*'),
      message: '(*)',
    },
    'a network as wide as the internet': {
      ...finding,
      given: bound('IpAddress', 'aws:SourceIp', '0.0.0.0/0'),
      message: '(*)',
    },
    'an encrypted connection only': { ...finding, given: bound('Bool', 'aws:SecureTransport', 'true'), message: '(*)' },
    'an endpoint that lets everything through': {
      given: endpoint({ Action: '*', Resource: '*' }),
      at: 'Endpoint',
      property: 'Properties.PolicyDocument',
      message: '(*)',
    },
    ...Object.fromEntries(
      types.map(([type, property, value]) => [
        `everybody in ${type}`,
        {
          given: resource(type, 'Thing', { [property]: value }),
          at: 'Thing',
          property: place[type] ?? `Properties.${property}`,
          message: 'everybody (*)',
        },
      ]),
    ),
  },
});
