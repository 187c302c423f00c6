import type { Json } from '@crosswind/aws/json';
import { attachedPolicyIsNarrow } from '../../../policies/rules/attached-policy-is-narrow.ts';
import { resource, testRule } from './test-rule.ts';

const of = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const role = (...arns: readonly Json[]) => resource('AWS::IAM::Role', 'Role', { ManagedPolicyArns: arns });
const finding = { at: 'Role', property: 'Properties.ManagedPolicyArns.0' };

testRule(attachedPolicyIsNarrow, {
  valid: {
    'no attached policy': role(),
    'the logs of a function': role(of('service-role/AWSLambdaBasicExecutionRole')),
    'a policy of a template': {
      ...resource('AWS::IAM::ManagedPolicy', 'Own', { PolicyDocument: { Statement: [] } }),
      ...role({ Ref: 'Own' }),
    },
    'a group of a template': {
      ...resource('AWS::IAM::Group', 'Makers', {}),
      ...resource('AWS::IAM::User', 'User', { Groups: [{ Ref: 'Makers' }] }),
    },
  },
  invalid: {
    'a group that no template makes': {
      given: resource('AWS::IAM::User', 'User', { Groups: ['administrators'] }),
      message: 'it joins the group administrators, whose policies are in no template',
      at: 'User',
      property: 'Properties.Groups.0',
    },
    'a group that no template makes, joined later': {
      given: resource('AWS::IAM::UserToGroupAddition', 'Joins', { GroupName: 'administrators', Users: ['jo'] }),
      message: 'the group administrators',
      at: 'Joins',
      property: 'Properties.GroupName',
    },
    ...Object.fromEntries(
      [
        'AdministratorAccess',
        'PowerUserAccess',
        'IAMFullAccess',
        'AWSLambda_FullAccess',
        'job-function/SystemAdministrator',
      ].map((name) => [
        name,
        { ...finding, given: role(of(name)), message: `the AWS managed policy ${name} (${of(name)})` },
      ]),
    ),
    'administrators in another partition, put together': {
      ...finding,
      given: role({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }),
      message: 'AdministratorAccess',
    },
    'a policy that no template makes': {
      ...finding,
      given: role('arn:aws:iam::111111111111:policy/elsewhere'),
      message: 'arn:aws:iam::111111111111:policy/elsewhere, whose statements are in no template',
    },
    'a policy that only the deployment knows': {
      ...finding,
      given: role({ 'Fn::ImportValue': 'policy' }),
      message: 'only the deployment knows',
    },
    'administrators on a user': {
      given: resource('AWS::IAM::User', 'User', { ManagedPolicyArns: [of('AdministratorAccess')] }),
      message: 'AdministratorAccess',
      at: 'User',
      property: 'Properties.ManagedPolicyArns.0',
    },
    'administrators in a group': {
      given: resource('AWS::IAM::Group', 'Group', { ManagedPolicyArns: [of('AdministratorAccess')] }),
      message: 'AdministratorAccess',
      at: 'Group',
      property: 'Properties.ManagedPolicyArns.0',
    },
    'administrators in a permission set': {
      given: resource('AWS::SSO::PermissionSet', 'Set', { ManagedPolicies: [of('AdministratorAccess')] }),
      message: 'AdministratorAccess',
      at: 'Set',
      property: 'Properties.ManagedPolicies.0',
    },
  },
});
