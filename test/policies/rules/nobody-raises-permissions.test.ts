import type { Json, JsonObject } from '@crosswind/aws/json';
import { nobodyRaisesPermissions } from '../../../policies/rules/nobody-raises-permissions.ts';
import { resource, testRule } from './test-rule.ts';

const account = 'arn:aws:iam::111111111111';
const allow = (actions: Json, resources: Json = '*', condition?: JsonObject): JsonObject => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition && { Condition: condition }),
});
const document = (...statements: readonly JsonObject[]): JsonObject => ({ Statement: statements });

/** A role with one inline policy. */
const role = (...statements: readonly JsonObject[]) =>
  resource('AWS::IAM::Role', 'Role', {
    RoleName: 'app',
    Policies: [{ PolicyName: 'p', PolicyDocument: document(...statements) }],
  });
const policy = (type: string, id: string, holder: JsonObject, ...statements: readonly JsonObject[]) =>
  resource(`AWS::IAM::${type}`, id, { PolicyDocument: document(...statements), ...holder });
const finding = { at: 'Role', property: 'Properties.Policies.0.PolicyDocument' };
const passAny = allow('iam:PassRole', `${account}:role/*`);
const passAdmin = allow('iam:PassRole', `${account}:role/admin`);
const own = resource('AWS::IAM::Role', 'Worker', { RoleName: 'worker' });
const passOwn = allow('iam:PassRole', { 'Fn::GetAtt': ['Worker', 'Arn'] });
const makesFunctions = allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], 'arn:aws:lambda:*:*:function:app');

testRule(nobodyRaisesPermissions, {
  valid: {
    'a role that is passed to nothing': role(passAny),
    'functions that are made with a role of the platform': { ...own, ...role(passOwn, makesFunctions) },
    'functions without a role': role(makesFunctions),
    'a role that may be passed to another service only': role(
      allow('iam:PassRole', `${account}:role/admin`, {
        StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
      }),
      makesFunctions,
    ),
    'versions of one named policy': role(allow('iam:CreatePolicyVersion', `${account}:policy/app`)),
    'new permissions for roles with a boundary': role(
      allow('iam:PutRolePolicy', '*', { ArnEquals: { 'iam:PermissionsBoundary': `${account}:policy/boundary` } }),
    ),
    'a denial that takes it away': role(passAny, makesFunctions, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
    'roles with a prefix that are assumed': role(allow('sts:AssumeRole', `${account}:role/crosswind-*-target`)),
    'two roles with one half each': {
      ...policy('Policy', 'One', { PolicyName: 'a', Roles: ['one'] }, passAny),
      ...policy('Policy', 'Two', { PolicyName: 'b', Roles: ['two'] }, makesFunctions),
    },
  },
  invalid: {
    'PassRole with versions of a policy': {
      ...finding,
      given: role(passAdmin, allow('iam:CreatePolicyVersion', `${account}:policy/app`)),
      message:
        'role app of 111111111111 can raise its permissions by iam:PassRole with iam:CreatePolicyVersion: {"Effect"',
    },
    'a role passed to a function': {
      ...finding,
      given: role(passAdmin, makesFunctions),
      message: 'iam:PassRole with lambda:CreateFunction with lambda:InvokeFunction',
    },
    'two roles where the second may be passed to a function': {
      ...finding,
      given: role(
        allow('iam:PassRole', `${account}:role/one`, {
          StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
        }),
        allow('iam:PassRole', `${account}:role/two`, {
          StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        }),
        makesFunctions,
      ),
      message: 'iam:PassRole with lambda:CreateFunction',
    },
    'a role passed to a machine': {
      ...finding,
      given: role(passAny, allow('ec2:RunInstances')),
      message: 'iam:PassRole with ec2:RunInstances',
    },
    'a role passed to a stack': {
      ...finding,
      given: role(passAny, allow('cloudformation:Create*')),
      message: 'iam:PassRole with cloudformation:CreateStack',
    },
    ...Object.fromEntries(
      [
        'iam:CreatePolicyVersion',
        'iam:SetDefaultPolicyVersion',
        'iam:AttachRolePolicy',
        'iam:PutUserPolicy',
        'iam:AddUserToGroup',
        'iam:UpdateAssumeRolePolicy',
        'iam:CreateAccessKey',
        'iam:UpdateLoginProfile',
        'lambda:UpdateFunctionCode',
        'sts:AssumeRole',
      ].map((action) => [
        `${action} on everything`,
        { ...finding, given: role(allow(action)), message: `by ${action}: ` },
      ]),
    ),
    'permissions of itself': {
      ...finding,
      given: role(allow('iam:PutRolePolicy', `${account}:role/app`)),
      message: 'by iam:PutRolePolicy: ',
    },
    'versions of a policy that it has': {
      at: 'Own',
      property: 'Properties.PolicyDocument',
      given: policy(
        'ManagedPolicy',
        'Own',
        { ManagedPolicyName: 'own', Roles: ['app'] },
        allow('iam:CreatePolicyVersion', `${account}:policy/own`),
      ),
      message: 'role app of 111111111111 can raise its permissions by iam:CreatePolicyVersion',
    },
    'two policies of one role, each with one half': {
      at: 'One',
      property: 'Properties.PolicyDocument',
      given: {
        ...policy('Policy', 'One', { PolicyName: 'a', Roles: ['app'] }, passAdmin),
        ...policy('RolePolicy', 'Two', { PolicyName: 'b', RoleName: 'app' }, makesFunctions),
      },
      message: 'role app of 111111111111',
    },
    'a managed policy and an inline one': {
      ...finding,
      given: {
        ...policy('ManagedPolicy', 'Attached', { ManagedPolicyName: 'm', Roles: ['app'] }, makesFunctions),
        ...role(passAdmin),
      },
      message: 'iam:PassRole with lambda:CreateFunction',
    },
    'a user with the policy of a group': {
      at: 'User',
      property: 'Properties.Policies.0.PolicyDocument',
      given: {
        ...resource('AWS::IAM::User', 'User', {
          UserName: 'jo',
          Policies: [{ PolicyName: 'p', PolicyDocument: document(passAdmin) }],
        }),
        ...resource('AWS::IAM::Group', 'Group', {
          GroupName: 'makers',
          Policies: [{ PolicyName: 'p', PolicyDocument: document(makesFunctions) }],
        }),
        ...resource('AWS::IAM::UserToGroupAddition', 'Joins', { GroupName: 'makers', Users: ['jo'] }),
      },
      message: 'user jo of 111111111111',
    },
  },
});
