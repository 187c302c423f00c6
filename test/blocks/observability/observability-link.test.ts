import { describe, expect, test } from 'vitest';
import type { Resource } from '@crosswind/assembly/resolve';
import { laterAttribute } from '@crosswind/assembly/resource-identity';
import { isObject, listOf, objectOf } from '@crosswind/aws/json';
import { ObservabilityLink } from '../../../blocks/observability/observability-link.ts';
import { stackWith } from '../../synthesized.ts';

const monitoringAccount = '222222222222';
const readerRole = 'arn:aws:iam::222222222222:role/crosswind-sink-reader-us-east-1';
const { stack } = stackWith((scope) => {
  new ObservabilityLink(scope, 'Link', { monitoringAccount });
});

function only(type: string): Resource {
  const [resource, ...others] = stack.resources.filter((candidate) => candidate.type === type);
  if (!resource || others.length > 0) throw new Error(`not one ${type}, but ${resource ? others.length + 1 : 0}`);
  return resource;
}

describe('the link', () => {
  test('shows metrics, logs and traces to the sink that was looked up', () => {
    expect(only('AWS::Oam::Link').properties).toEqual({
      SinkIdentifier: laterAttribute(only('Custom::ObservabilitySink').logicalId, 'Arn'),
      LabelTemplate: '$AccountName',
      ResourceTypes: ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'],
    });
  });

  test('looks the sink up with its function, and again when the monitoring account changes', () => {
    expect(only('Custom::ObservabilitySink').properties).toEqual({
      ServiceToken: only('AWS::Lambda::Function').arn,
      ServiceTimeout: '300',
      MonitoringAccount: monitoringAccount,
    });
  });

  test('does not look it up before the function may assume the role', () => {
    expect(only('AWS::Lambda::Function').dependencies).toContain(only('AWS::IAM::Policy').logicalId);
    expect(only('Custom::ObservabilitySink').dependencies).toContain(only('AWS::Lambda::Function').logicalId);
  });
});

describe('the function that looks it up', () => {
  test('has 256 MB and one minute', () => {
    expect(only('AWS::Lambda::Function').properties).toMatchObject({ MemorySize: 256, Timeout: 60 });
  });

  test('keeps its log for 30 days', () => {
    expect(only('AWS::Logs::LogGroup').properties).toEqual({ RetentionInDays: 30 });
  });

  test('is told the role and the parameter of the monitoring account', () => {
    expect(objectOf(only('AWS::Lambda::Function').properties['Environment'])['Variables']).toEqual({
      READER_ROLE_ARN: readerRole,
      PARAMETER_NAME: '/crosswind/observability-sink',
    });
  });

  test('may assume the reader role and no other', () => {
    const statements = listOf(objectOf(only('AWS::IAM::Policy').properties['PolicyDocument'])['Statement']);
    const assuming = statements.filter(isObject).filter(({ Action }) => JSON.stringify(Action).includes('sts:'));
    expect(assuming).toEqual([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: readerRole }]);
  });

  test('may otherwise write its own log and its traces, and nothing else', () => {
    const statements = listOf(objectOf(only('AWS::IAM::Policy').properties['PolicyDocument'])['Statement']);
    const others = statements.filter(isObject).filter(({ Action }) => Action !== 'sts:AssumeRole');
    expect(others.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], only('AWS::Logs::LogGroup').arn],
      [['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'],
    ]);
  });

  test('has a role that Lambda alone may assume, with no policy but that', () => {
    const { properties } = only('AWS::IAM::Role');
    expect(objectOf(properties['AssumeRolePolicyDocument'])['Statement']).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
    expect([properties['ManagedPolicyArns'], properties['Policies']]).toEqual([undefined, undefined]);
  });
});
