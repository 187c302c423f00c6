import type { JsonObject } from '@crosswind/aws/json';
import { policyNamesResources } from '../../../policies/rules/policy-names-resources.ts';
import { resource, testRule } from './test-rule.ts';

const policy = (statement: JsonObject) =>
  resource('AWS::IAM::Policy', 'Policy', {
    PolicyName: 'p',
    PolicyDocument: { Statement: { Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: '*', ...statement } },
    Roles: ['r'],
  });
const finding = { at: 'Policy', property: 'Properties.PolicyDocument' };
const table = resource('AWS::DynamoDB::Table', 'Table', {});
const topic = resource('AWS::SNS::Topic', 'Topic', {});

testRule(policyNamesResources, {
  valid: {
    'a named resource': policy({ Resource: 'arn:aws:dynamodb:eu-west-1:111111111111:table/letters' }),
    'an action that knows no resources': policy({ Action: ['xray:PutTraceSegments', 'cloudwatch:PutMetricData'] }),
    'an action that only lists': policy({ Action: ['s3:ListAllMyBuckets', 'cloudformation:DescribeStacks'] }),
    'a denial': policy({ Effect: 'Deny' }),
    'a resource of a type that has an ARN': { ...table, ...policy({ Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }) },
    'a resource by its Ref': { ...topic, ...policy({ Action: 'sns:Publish', Resource: { Ref: 'Topic' } }) },
    'resources that carry a tag': policy({ Condition: { StringEquals: { 'aws:ResourceTag/tenant': 'letters' } } }),
    'new roles with a boundary': policy({
      Action: 'iam:CreateRole',
      Condition: { ArnEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111111111111:policy/boundary' } },
    }),
  },
  invalid: {
    'every resource': { ...finding, given: policy({}), message: 'dynamodb:DeleteItem on every resource: {"Effect"' },
    'every resource among others': {
      ...finding,
      given: policy({ Resource: ['arn:aws:dynamodb:eu-west-1:111111111111:table/letters', '*'] }),
      message: 'dynamodb:DeleteItem',
    },
    'every resource of the service': {
      ...finding,
      given: policy({ Resource: 'arn:aws:dynamodb:*' }),
      message: 'dynamodb',
    },
    'every object of every bucket': {
      ...finding,
      given: policy({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/*' }),
      message: 's3:GetObject',
    },
    'a family of actions': {
      ...finding,
      given: policy({ Action: 'secretsmanager:Get*' }),
      message: 'secretsmanager:Get*',
    },
    'a resource that only the deployment knows': {
      ...finding,
      given: policy({ Resource: { 'Fn::ImportValue': 'table' } }),
      message: 'dynamodb:DeleteItem',
    },
    'a condition that passes where the tag is absent': {
      ...finding,
      given: policy({ Condition: { StringEqualsIfExists: { 'aws:ResourceTag/tenant': 'letters' } } }),
      message: 'dynamodb:DeleteItem',
    },
    'a condition that any tag meets': {
      ...finding,
      given: policy({ Condition: { StringLike: { 'aws:ResourceTag/tenant': '*' } } }),
      message: 'dynamodb:DeleteItem',
    },
  },
});
