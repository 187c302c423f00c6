import type { Json } from '@crosswind/aws/json';
import { expect, test } from 'vitest';
import { organizationAt } from '../../src/models/organization.ts';
import { type OrganizationSource, organizationModel, type SourceStack } from '../../src/server/organization.ts';
import { conditionTexts, trustsOf } from '../../src/server/trusts.ts';

const account = '444444444444';

const stack = (name: string, ...resources: SourceStack['resources']): SourceStack => ({
  ...{ name, account, region: 'us-east-1', status: 'CREATE_COMPLETE', createdAt: 1_000, resources },
});

const source = (...stacks: readonly SourceStack[]): OrganizationSource => ({
  ...{ id: null, waves: [], tenants: [], accounts: [], starts: [], links: [], stacks },
});

test.each<[what: string, statement: Json, who: readonly (readonly [string, string | null])[]]>([
  ['a service', { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }, [['lambda.amazonaws.com', null]]],
  ['an account by its id', { Effect: 'Allow', Principal: { AWS: '111111111111' } }, [['111111111111', '111111111111']]],
  [
    'roles',
    { Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::111111111111:role/a', 'arn:aws:iam::222222222222:root'] } },
    [
      ['arn:aws:iam::111111111111:role/a', '111111111111'],
      ['arn:aws:iam::222222222222:root', '222222222222'],
    ],
  ],
  ['everybody', { Effect: 'Allow', Principal: '*' }, [['*', null]]],
  ['nobody by a Deny', { Effect: 'Deny', Principal: '*' }, []],
  ['nobody without a principal', { Effect: 'Allow' }, []],
])('a trust policy lets in %s', (_, statement, who) => {
  expect(trustsOf(statement).map((trust) => [trust.who, trust.account])).toEqual(who);
});

test.each<[condition: Json, texts: readonly string[]]>([
  [{ StringEquals: { 'sts:ExternalId': 'x' } }, ['external id is x']],
  [{ ArnEquals: { 'aws:PrincipalArn': ['a', 'b'] } }, ['role is a or b']],
  [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }, ['organization is o-1 if there is one']],
  [{ Null: { 'sts:ExternalId': 'true' } }, ['no external id is given']],
  [{ Null: { 'sts:ExternalId': 'false' } }, ['external id is given']],
  [{ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, ['StringNotEquals aws:PrincipalOrgID o-1']],
  [{ Bool: { 'aws:MultiFactorAuthPresent': true } }, ['Bool aws:MultiFactorAuthPresent true']],
])('condition %j reads %j', (condition, texts) => {
  expect(conditionTexts(condition)).toEqual(texts);
});

test('a role has what its inline, attached and managed policies allow, each pattern once, and nothing that is denied', () => {
  const document = (Effect: string, ...Action: string[]) => ({ Statement: { Effect, Action, Resource: '*' } });
  const arn = `arn:aws:iam::${account}:policy/own`;
  const model = organizationModel(
    source(
      stack(
        'own',
        {
          type: 'AWS::IAM::Role',
          name: '__proto__',
          arn: `arn:aws:iam::${account}:role/__proto__`,
          properties: {
            AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: '*' } },
            ManagedPolicyArns: [arn],
            Policies: [{ PolicyDocument: document('Allow', 's3:GetObject', 's3:*') }],
          },
        },
        {
          type: 'AWS::IAM::Policy',
          name: 'attached',
          properties: { Roles: ['__proto__'], PolicyDocument: document('Allow', 's3:GetObject', 'kms:Decrypt') },
        },
        {
          type: 'AWS::IAM::Policy',
          name: 'denied',
          properties: { Roles: ['__proto__'], PolicyDocument: document('Deny', 'sqs:SendMessage') },
        },
        { type: 'AWS::IAM::ManagedPolicy', name: 'own', arn, properties: { PolicyDocument: document('Allow', 'a:b') } },
        {
          type: 'AWS::IAM::Policy',
          name: 'of another',
          properties: { Roles: ['other'], PolicyDocument: document('Allow', 'ec2:*') },
        },
      ),
    ),
  );
  const [role] = model.accounts[0]?.roles ?? [];
  expect(role?.grants.map((place) => model.actions[place])).toEqual(['a:b', 'kms:Decrypt', 's3:*', 's3:GetObject']);
  expect(role?.trusts).toEqual([{ who: '*', account: null, conditions: [] }]);
});

test('accounts that only stacks name come after those that are listed', () => {
  const model = organizationModel({
    ...source(stack('one')),
    accounts: [{ id: '111111111111', name: 'tooling', region: 'eu-west-1', jobs: ['tooling'] }],
  });
  expect(model.accounts.map(({ id, name }) => [id, name])).toEqual([
    ['111111111111', 'tooling'],
    [account, account],
  ]);
});

test('at an earlier time a stack that was created later is not deployed, the others stay as they are', () => {
  const model = organizationModel(source(stack('early'), { ...stack('late'), createdAt: 5_000 }));
  expect(organizationAt(model, 5_000)).toBe(model);
  expect(organizationAt(model, 4_999).accounts[0]?.stacks.map(({ name, status }) => [name, status])).toEqual([
    ['early', 'CREATE_COMPLETE'],
    ['late', null],
  ]);
});
