import type { Json, JsonObject } from '@crosswind/aws/json';
import { policyNamesActions } from '../../../policies/rules/policy-names-actions.ts';
import { assembled } from '@crosswind/assembly/testing/assembled';
import { resource, testRule } from './test-rule.ts';

const named = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::letters/*' };
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const document = (statement: Json): JsonObject => ({ Version: '2012-10-17', Statement: statement });
const policy = (statement: Json) =>
  resource('AWS::IAM::Policy', 'Policy', { PolicyName: 'p', PolicyDocument: document(statement), Roles: ['r'] });
const finding = { at: 'Policy', property: 'Properties.PolicyDocument' };
const inline = (type: string) =>
  resource(type, 'Holder', { Policies: [{ PolicyName: 'p', PolicyDocument: document([named, everything]) }] });
const alone = (type: string) => resource(type, 'Holder', { PolicyDocument: document(everything) });

/** A policy whose statement is chosen by a parameter that is off unless somebody sets it. */
const chosen = (whenSet: Json, whenNot: Json) => [
  assembled({
    Parameters: { Mode: { Type: 'String', Default: 'off' } },
    Conditions: { IsSet: { 'Fn::Equals': [{ Ref: 'Mode' }, 'on'] } },
    Resources: policy({ 'Fn::If': ['IsSet', whenSet, whenNot] }),
  }),
];

testRule(policyNamesActions, {
  valid: {
    'named actions': policy(named),
    'a family of actions': policy({ ...named, Action: 's3:GetObject*' }),
    'a denial of everything': policy({ ...everything, Effect: 'Deny' }),
    'everything in the policy of a key, which speaks of that key': resource('AWS::KMS::Key', 'Key', {
      KeyPolicy: document({ ...everything, Action: 'kms:*', Principal: { AWS: '111111111111' } }),
    }),
    'a service control policy, which only limits': resource('AWS::Organizations::Policy', 'Limit', {
      Content: document(everything),
    }),
    'a choice between two named statements': chosen(named, { ...named, Action: 's3:PutObject' }),
  },
  invalid: {
    everything: { ...finding, given: policy(everything), message: 'every action of every service: {"Effect":"Allow"' },
    'everything in another spelling': {
      ...finding,
      given: policy({ ...named, Action: '*:*' }),
      message: 'every service',
    },
    'every action of one service': {
      ...finding,
      given: policy({ ...named, Action: ['s3:Get*', 's3:*'] }),
      message: 'of s3',
    },
    'every action but some': {
      ...finding,
      given: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      message: 'everything but "iam:*"',
    },
    'actions everywhere but somewhere': {
      ...finding,
      given: policy({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::secret/*' }),
      message: 'everywhere but on',
    },
    'elements in other letters': {
      ...finding,
      given: policy({ effect: 'Allow', action: '*', resource: '*' }),
      message: 'every service',
    },
    'an action that only the deployment knows': {
      ...finding,
      given: policy({ ...named, Action: { 'Fn::ImportValue': 'action' } }),
      message: '<unresolved>',
    },
    'an action that CloudFormation reads elsewhere': {
      ...finding,
      given: policy({ ...named, Action: '{{resolve:ssm:/action}}' }),
      message: '{{resolve:ssm:/action}}',
    },
    'an action that is put together': {
      ...finding,
      given: policy({ ...named, Action: { 'Fn::Join': [':', ['s3', '*']] } }),
      message: 'of s3',
    },
    'a statement that a parameter switches on': {
      ...finding,
      given: chosen(everything, named),
      message: 'every service',
    },
    'a statement that a parameter switches off': {
      ...finding,
      given: chosen(named, everything),
      message: 'every service',
    },
    'a document that only the deployment knows': {
      ...finding,
      given: resource('AWS::IAM::Policy', 'Policy', { PolicyDocument: { 'Fn::ImportValue': 'document' } }),
      message: '<unresolved>',
    },
    ...Object.fromEntries(
      ['Role', 'User', 'Group'].map((kind) => [
        `a policy in a ${kind.toLowerCase()}`,
        {
          given: inline(`AWS::IAM::${kind}`),
          message: 'every service',
          at: 'Holder',
          property: 'Properties.Policies.0.PolicyDocument',
        },
      ]),
    ),
    ...Object.fromEntries(
      ['ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map((kind) => [
        `a resource of type ${kind}`,
        {
          given: alone(`AWS::IAM::${kind}`),
          message: 'every service',
          at: 'Holder',
          property: 'Properties.PolicyDocument',
        },
      ]),
    ),
    'the policy of a permission set, which is text': {
      given: resource('AWS::SSO::PermissionSet', 'Set', { InlinePolicy: JSON.stringify(document(everything)) }),
      message: 'every service',
      at: 'Set',
      property: 'Properties.InlinePolicy',
    },
  },
});
