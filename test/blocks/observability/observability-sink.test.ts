import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { objectOf } from '@crosswind/aws/json';
import { ObservabilitySink } from '../../../blocks/observability/observability-sink.ts';
import { stackWith } from '../../synthesized.ts';

const organizationId = 'o-oneorganization';
const { template, stack } = stackWith((scope) => {
  new ObservabilitySink(scope, 'Sink', { organizationId });
});
const ofOrganization = { StringEquals: { 'aws:PrincipalOrgID': organizationId } };

describe('the sink', () => {
  test('accepts links of accounts of the organization only, for metrics, logs and traces', () => {
    template.hasResourceProperties('AWS::Oam::Sink', {
      Policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: ['oam:CreateLink', 'oam:UpdateLink'],
            Resource: '*',
            Condition: {
              ...ofOrganization,
              'ForAllValues:StringEquals': {
                'oam:ResourceTypes': ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'],
              },
            },
          },
        ],
      },
    });
  });

  test('leaves its ARN in a parameter', () => {
    const sink = stack.resources.find(({ type }) => type === 'AWS::Oam::Sink');
    const parameter = stack.resources.find(({ type }) => type === 'AWS::SSM::Parameter');
    expect(sink?.arn).toMatch(/^arn:aws:oam:us-east-1:444444444444:sink\/./);
    expect(parameter?.properties).toMatchObject({ Name: '/crosswind/observability-sink', Value: sink?.arn });
  });
});

describe('the role that reads the parameter', () => {
  test('may be assumed by the organization, and by nobody else', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'crosswind-sink-reader-us-east-1',
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' }, Condition: ofOrganization }],
        Version: Match.anyValue(),
      },
    });
  });

  test('may get that one parameter, and nothing else', () => {
    const policies = stack.resources.filter(({ type }) => type === 'AWS::IAM::Policy');
    expect(policies.map(({ properties }) => objectOf(properties['PolicyDocument'])['Statement'])).toEqual([
      [
        {
          Effect: 'Allow',
          Action: 'ssm:GetParameter',
          Resource: 'arn:aws:ssm:us-east-1:444444444444:parameter/crosswind/observability-sink',
        },
      ],
    ]);
  });
});
