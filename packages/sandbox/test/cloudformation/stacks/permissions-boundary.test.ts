import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, lambda, type Resources } from '../../../src/testing/literals.ts';
import { account, addRole, cloudFormation, created, templateOf } from './client.ts';

const document = (...statements: readonly JsonObject[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: statements,
});
const limit = `arn:aws:iam::${account}:policy/limit`;

/** Role `worker`, which another stack gives its policy. */
const ground = (properties: JsonObject): Resources => ({
  Limit: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: 'limit', PolicyDocument: document(allow('s3:*')) },
  },
  Worker: {
    Type: 'AWS::IAM::Role',
    DependsOn: 'Limit',
    Properties: { RoleName: 'worker', AssumeRolePolicyDocument: document(lambda), ...properties },
  },
});

const policy: Resources = {
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'reading', Roles: ['worker'], PolicyDocument: document(allow('s3:GetObject')) },
  },
};

test.each<[what: string, properties: JsonObject, status: string]>([
  ['with the boundary gets a policy', { PermissionsBoundary: limit }, 'CREATE_COMPLETE'],
  ['with the boundary and a path gets one', { PermissionsBoundary: limit, Path: '/service/' }, 'CREATE_COMPLETE'],
  ['without boundary gets none', {}, 'ROLLBACK_COMPLETE'],
])('a role of another stack %s where the policy asks for the boundary', async (_, properties, status) => {
  const { client, sandbox } = await cloudFormation();
  await created(client, sandbox, templateOf(ground(properties)));
  const RoleARN = addRole(sandbox, 'execution', [
    allow(['iam:DeleteRolePolicy', 'iam:GetRolePolicy']),
    { ...allow('iam:PutRolePolicy'), Condition: { ArnEquals: { 'iam:PermissionsBoundary': limit } } },
  ]);
  const stack = await created(client, sandbox, templateOf(policy), { StackName: 'policies', RoleARN });
  expect(stack.StackStatus).toBe(status);
});
