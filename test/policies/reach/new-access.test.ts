import type { JsonObject } from '@crosswind/aws/json';
import { resolvePartly } from '@crosswind/assembly/resolve';
import type { TemplateResource } from '@crosswind/assembly/template';
import { assembled } from '@crosswind/assembly/testing/assembled';
import type { PolicySource } from '@crosswind/iam/policy-document';
import { describe, expect, test } from 'vitest';
import { newAccess } from '../../../policies/reach/new-access.ts';
import type { NewAccess } from '../../../policies/reach/new-access-types.ts';
import type { ReachInputs } from '../../../policies/reach/reach-inputs.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const open: ReachInputs['organization'] = { id: 'o-exampleorg1', scps: () => [], rcps: () => [] };
const side = (resources: Resources, organization = open): ReachInputs => ({
  stacks: resolvePartly([assembled({ Resources: resources })]).stacks,
  baseline: [],
  organization,
  kinds: new Map([
    ['111111111111', 'workload'],
    ['222222222222', 'pipeline'],
  ]),
});
const compared = (before: Resources, after: Resources): NewAccess => newAccess(side(before), side(after));
const shown = ({ access }: NewAccess): readonly string[] =>
  access.map(
    ({ principal, action, resource, certain }) =>
      `${principal.replace(/^arn:.*role\//, '')} ${action} ${resource}${certain ? '' : ' (uncertain)'}`,
  );

const lambda: JsonObject = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const role = (statements: readonly JsonObject[], rest: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'own',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [lambda] },
    Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    ...rest,
  },
});
const bucket: TemplateResource = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } };
const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  rest: JsonObject = {},
): JsonObject => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...rest,
});
const deny = (...args: Parameters<typeof allow>): JsonObject => ({ ...allow(...args), Effect: 'Deny' });
const where = (operator: string, key: string, value: string | readonly string[]): JsonObject => ({
  Condition: { [operator]: { [key]: value } },
});

const get = allow('s3:GetObject', 'arn:aws:s3:::b/*');
const put = allow('s3:PutObject', 'arn:aws:s3:::b/*');
const encrypted = 's3:x-amz-server-side-encryption';

describe('a role may do more where', () => {
  test.each<[string, readonly JsonObject[], readonly JsonObject[], readonly string[]]>([
    ['an action is added', [get], [get, put], ['own s3:PutObject arn:aws:s3:::b/*']],
    [
      'a pattern takes the place of an action',
      [get],
      [allow('s3:Get*', 'arn:aws:s3:::b/*')],
      ['own s3:Get* arn:aws:s3:::b/*'],
    ],
    ['everything takes the place of what it needs', [get], [allow('*', '*')], ['own * *']],
    [
      'a pattern names more objects',
      [allow('s3:GetObject', 'arn:aws:s3:::b/in/*')],
      [get],
      ['own s3:GetObject arn:aws:s3:::b/*'],
    ],
    [
      'another account is named',
      [allow('sts:AssumeRole', 'arn:aws:iam::111111111111:role/r')],
      [allow('sts:AssumeRole', 'arn:aws:iam::*:role/r')],
      ['own sts:AssumeRole arn:aws:iam::*:role/r'],
    ],
    [
      'a condition is removed',
      [allow('s3:PutObject', 'arn:aws:s3:::b/*', where('StringEquals', encrypted, 'aws:kms'))],
      [put],
      ['own s3:PutObject arn:aws:s3:::b/*'],
    ],
    [
      'a condition names more values',
      [allow('s3:PutObject', 'arn:aws:s3:::b/*', where('StringEquals', encrypted, 'aws:kms'))],
      [allow('s3:PutObject', 'arn:aws:s3:::b/*', where('StringEquals', encrypted, ['aws:kms', 'AES256']))],
      ['own s3:PutObject arn:aws:s3:::b/*'],
    ],
    [
      'a condition counts only if its key is there',
      [allow('s3:PutObject', 'arn:aws:s3:::b/*', where('StringEquals', encrypted, 'aws:kms'))],
      [allow('s3:PutObject', 'arn:aws:s3:::b/*', where('StringEqualsIfExists', encrypted, 'aws:kms'))],
      ['own s3:PutObject arn:aws:s3:::b/*'],
    ],
    [
      'a number may be higher',
      [allow('s3:ListBucket', 'arn:aws:s3:::b', where('NumericLessThanEquals', 's3:max-keys', '10'))],
      [allow('s3:ListBucket', 'arn:aws:s3:::b', where('NumericLessThanEquals', 's3:max-keys', '1000'))],
      ['own s3:ListBucket arn:aws:s3:::b'],
    ],
    [
      'a denial is removed',
      [allow('s3:*', '*'), deny('s3:PutObject', '*')],
      [allow('s3:*', '*')],
      ['own s3:PutObject *'],
    ],
    [
      'a denial is narrower',
      [allow('s3:*', '*'), deny('s3:Put*', '*')],
      [allow('s3:*', '*'), deny('s3:PutObject', '*')],
      ['own s3:Put* *'],
    ],
    [
      'a denial gets a condition',
      [get, deny('s3:*', '*')],
      [get, deny('s3:*', '*', where('Bool', 'aws:SecureTransport', 'false'))],
      ['own s3:* *'],
    ],
    [
      'a statement names all but some actions',
      [get],
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      ['own everything but iam:* *'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(shown(compared({ R: role(before), bucket }, { R: role(after), bucket }))).toEqual(expected);
  });
});

describe('a role may do no more where', () => {
  test.each<[string, readonly JsonObject[], readonly JsonObject[]]>([
    ['nothing changes', [get], [get]],
    ['an action is removed', [get, put], [get]],
    ['a statement is split', [allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*')], [put, get]],
    [
      'lists are in another order',
      [allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::b/x', 'arn:aws:s3:::b/*'])],
      [allow(['s3:PutObject', 's3:GetObject'], ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x'])],
    ],
    ['a statement has another Sid', [{ ...get, Sid: 'A' }], [{ ...get, Sid: 'B' }]],
    ['an action is written in other letters', [get], [allow('S3:getobject', 'arn:aws:s3:::b/*')]],
    [
      'a pattern is written as its members',
      [allow('sqs:Send*', '*')],
      [allow(['sqs:SendMessage', 'sqs:SendMessageBatch'], '*')],
    ],
    [
      'members are written as their pattern',
      [allow(['xray:GetTraceSummaries', 'xray:GetTraceGraph', 'xray:GetTraceSegmentDestination'], '*')],
      [allow('xray:GetTrace*', '*')],
    ],
    ['an object is named that a pattern names', [get], [get, allow('s3:GetObject', 'arn:aws:s3:::b/x')]],
    [
      'a resource is named on which the action is never asked',
      [get],
      [allow('s3:GetObject', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])],
    ],
    ['what is allowed is denied', [get], [get, put, deny('s3:PutObject', '*')]],
    ['a denial of what nothing allows is removed', [get, deny('s3:PutObject', '*')], [get]],
    [
      'a condition names values in another order',
      [allow('s3:PutObject', '*', where('StringEquals', encrypted, ['AES256', 'aws:kms']))],
      [allow('s3:PutObject', '*', where('StringEquals', encrypted, ['aws:kms', 'AES256']))],
    ],
    [
      'a condition is added',
      [put],
      [allow('s3:PutObject', 'arn:aws:s3:::b/*', where('StringEquals', encrypted, 'aws:kms'))],
    ],
  ])('%s', (_, before, after) => {
    expect(shown(compared({ R: role(before), bucket }, { R: role(after), bucket }))).toEqual([]);
  });
});

describe('what limits a role', () => {
  const boundary = (...Statement: readonly JsonObject[]): Resources => ({
    Boundary: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: 'bound', PolicyDocument: { Statement } },
    },
  });
  const bounded = role([allow('s3:*', '*')], { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/bound' });

  test.each<[string, Resources, readonly string[]]>([
    ['lets it do more where it is wider', { R: bounded, ...boundary(get, put) }, ['own s3:PutObject arn:aws:s3:::b/*']],
    ['lets it do more where it is gone', { R: role([allow('s3:*', '*')]) }, ['own * *']],
    [
      'lets it do no more where it allows what the role does not',
      { R: bounded, ...boundary(get, allow('sqs:*', '*')) },
      [],
    ],
  ])('%s', (_, after, expected) => {
    expect(shown(compared({ R: bounded, ...boundary(get) }, after))).toEqual(expected);
  });

  test('lets it do more also where only the policy of a resource names it', () => {
    const Policy = onBucket(
      allow('s3:PutObject', 'arn:aws:s3:::b/*', { Principal: { AWS: 'arn:aws:iam::111111111111:role/own' } }),
    );
    const limited = (...statements: readonly JsonObject[]): Resources => ({
      ...{ bucket, Policy, ...boundary(...statements) },
      R: role([get], { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/bound' }),
    });
    expect(shown(compared(limited(get), limited(get, put)))).toEqual(['own s3:PutObject arn:aws:s3:::b/*']);
    const denied = { bucket, Policy, R: role([get, deny('s3:PutObject', '*')]) };
    expect(shown(compared(denied, { bucket, Policy, R: role([get]) }))).toEqual(['own s3:PutObject *']);
  });

  test('of the organization lets an account do more where a denial is gone', () => {
    const never: PolicySource = {
      name: 'guard',
      document: { Statement: { Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' } },
    };
    const guarded = { ...open, scps: () => [never] };
    const resources = { R: role([get]) };
    expect(shown(newAccess(side(resources, guarded), side(resources)))).toEqual([
      'account 111111111111 iam:CreateUser *',
      'account 222222222222 iam:CreateUser *',
    ]);
    expect(shown(newAccess(side(resources), side(resources, guarded)))).toEqual([]);
  });

  test('of resources of the organization lets others in where a denial is gone', () => {
    const outside = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
    const own: PolicySource = {
      name: 'own',
      document: { Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: outside } },
    };
    const policy = onBucket(allow('s3:GetObject', 'arn:aws:s3:::b/*', { Principal: '*' }));
    const guarded = { ...open, rcps: (account: string) => (account === '111111111111' ? [own] : []) };
    expect(shown(newAccess(side({ bucket, policy }, guarded), side({ bucket, policy })))).toEqual(['everyone s3:* *']);
    expect(shown(newAccess(side({ bucket }, guarded), side({ bucket })))).toEqual([]);
  });
});

test('what AWS decides apart from the other actions of a pattern is asked for apart', () => {
  const outside = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
  const own: PolicySource = {
    name: 'own',
    document: { Statement: { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', Condition: outside } },
  };
  const guarded = { ...open, rcps: () => [own] };
  const key = (...accounts: readonly string[]): Resources => ({
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: { Statement: [allow('kms:*', '*', { Principal: { AWS: accounts } })] } },
    },
  });
  const before = side(key('111111111111'), guarded);
  const { access } = newAccess(before, side(key('111111111111', '333333333333'), guarded));
  expect(access.map(({ principal, action, request }) => [principal, action, request.action])).toEqual([
    ['account 333333333333', 'kms:*', 'kms:RetireGrant'],
  ]);
});

const onBucket = (...Statement: readonly JsonObject[]): TemplateResource => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: 'b', PolicyDocument: { Statement } },
});

describe('the policy of a resource lets in', () => {
  const to = (Principal: JsonObject | string, rest: JsonObject = {}): JsonObject =>
    allow('s3:GetObject', 'arn:aws:s3:::b/*', { Principal, ...rest });
  const ofOrganization = where('StringEquals', 'aws:PrincipalOrgID', 'o-exampleorg1');

  test.each<[string, readonly JsonObject[], readonly JsonObject[], readonly string[]]>([
    ['an account', [], [to({ AWS: '333333333333' })], ['account 333333333333 s3:GetObject arn:aws:s3:::b/*']],
    ['everyone', [], [to('*')], ['everyone s3:GetObject arn:aws:s3:::b/*']],
    [
      'everyone in place of the organization',
      [to('*', ofOrganization)],
      [to('*')],
      ['everyone s3:GetObject arn:aws:s3:::b/*'],
    ],
    ['the organization', [], [to('*', ofOrganization)], ['account 222222222222 s3:GetObject arn:aws:s3:::b/*']],
    [
      'a service',
      [],
      [to({ Service: 'logging.s3.amazonaws.com' })],
      ['logging.s3.amazonaws.com s3:GetObject arn:aws:s3:::b/*'],
    ],
    [
      'a service for any account',
      [to({ Service: 'logging.s3.amazonaws.com' }, where('StringEquals', 'aws:SourceAccount', '111111111111'))],
      [to({ Service: 'logging.s3.amazonaws.com' })],
      ['logging.s3.amazonaws.com s3:GetObject arn:aws:s3:::b/*'],
    ],
    [
      'without encryption where a denial is removed',
      [
        to({ AWS: '222222222222' }),
        { ...deny('s3:*', 'arn:aws:s3:::b/*', where('Bool', 'aws:SecureTransport', 'false')), Principal: '*' },
      ],
      [to({ AWS: '222222222222' })],
      ['account 222222222222 s3:* arn:aws:s3:::b/*'],
    ],
    [
      'nobody more by the root of an account in place of its id',
      [to({ AWS: '333333333333' })],
      [to({ AWS: 'arn:aws:iam::333333333333:root' })],
      [],
    ],
    [
      'nobody more where it names another bucket',
      [],
      [allow('s3:GetObject', 'arn:aws:s3:::other/*', { Principal: '*' })],
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    const resources = (statements: readonly JsonObject[]): Resources => ({ bucket, policy: onBucket(...statements) });
    expect(shown(compared(resources(before), resources(after)))).toEqual(expected);
  });

  test('an account where a function may be invoked', () => {
    const Function: TemplateResource = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f' } };
    const permission = (Properties: JsonObject): TemplateResource => ({
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'f', Action: 'lambda:InvokeFunction', ...Properties },
    });
    const before = permission({ Principal: 's3.amazonaws.com', SourceAccount: '111111111111' });
    const on = 'arn:aws:lambda:eu-west-1:111111111111:function:f';
    const changed = (Properties: JsonObject): readonly string[] =>
      shown(compared({ Function, before }, { Function, before, after: permission(Properties) }));
    expect(changed({ Principal: '333333333333' })).toEqual([`account 333333333333 lambda:InvokeFunction ${on}`]);
    expect(changed({ Principal: 's3.amazonaws.com' })).toEqual([`s3.amazonaws.com lambda:InvokeFunction ${on}`]);
    expect(changed({ Principal: 's3.amazonaws.com', SourceAccount: '111111111111' })).toEqual([]);
  });
});

describe('trust', () => {
  const trusted = (Principal: JsonObject, rest: JsonObject = {}): Resources => ({
    R: role([], {
      AssumeRolePolicyDocument: {
        Statement: [lambda, { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...rest }],
      },
    }),
  });
  const pipeline = trusted({ AWS: '222222222222' }, where('StringEquals', 'sts:ExternalId', 'x'));

  test('without its condition is new access, and changes the matrix', () => {
    const result = compared(pipeline, trusted({ AWS: '222222222222' }));
    expect(shown(result)).toEqual(['account 222222222222 sts:AssumeRole arn:aws:iam::111111111111:role/own']);
    expect(result.trust).toEqual([
      expect.objectContaining({ change: 'same', kind: 'service', from: 'lambda.amazonaws.com' }),
      {
        ...{ change: 'changed', kind: 'account', from: 'account 222222222222', fromKind: 'pipeline' },
        ...{ to: 'arn:aws:iam::111111111111:role/own', toKind: 'workload', toAccount: '111111111111' },
        ...{
          actions: ['sts:AssumeRole'],
          conditions: [],
          before: { actions: ['sts:AssumeRole'], conditions: ['sts:ExternalId = x'] },
        },
      },
    ]);
  });

  test('of another account is added, and what it was before removed', () => {
    const result = compared(pipeline, trusted({ AWS: '333333333333' }));
    expect(shown(result)).toEqual(['account 333333333333 sts:AssumeRole arn:aws:iam::111111111111:role/own']);
    expect(result.trust.map(({ change, from, fromKind }) => `${change} ${from} ${fromKind}`)).toEqual([
      ...['same lambda.amazonaws.com ', 'added account 333333333333 other', 'removed account 222222222222 pipeline'],
    ]);
  });
});

describe('a role with another name', () => {
  const named = (RoleName: string, statements: readonly JsonObject[] = [get]): TemplateResource =>
    role(statements, { RoleName });
  const ARN = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;

  test('that may do the same is no new access', () => {
    const letting = (name: string): TemplateResource =>
      onBucket(allow('s3:PutObject', 'arn:aws:s3:::b/*', { Principal: { AWS: ARN(name) } }));
    const result = compared(
      { R: named('old'), bucket, P: letting('old') },
      { R: named('new'), bucket, P: letting('new') },
    );
    expect(shown(result)).toEqual([]);
    expect(result.renamed).toEqual([{ before: ARN('old'), after: ARN('new'), path: 'R', sameAccess: true }]);
    expect(result.trust.filter(({ change }) => change !== 'same')).toEqual([]);
  });

  test('is found by its policies where its construct has another name, too', () => {
    expect(compared({ Old: named('old') }, { New: named('new') }).renamed).toEqual([
      expect.objectContaining({ before: ARN('old'), after: ARN('new'), sameAccess: true }),
    ]);
  });

  test('that may do more is new access for that alone', () => {
    const result = compared({ R: named('old') }, { R: named('new', [get, put]) });
    expect(shown(result)).toEqual(['new s3:PutObject arn:aws:s3:::b/*']);
    expect(result.renamed).toEqual([expect.objectContaining({ sameAccess: false })]);
  });

  test('that is another role is new altogether', () => {
    const result = compared({ Old: named('old') }, { New: named('new', [put]) });
    expect(shown(result)).toEqual([
      'new s3:PutObject arn:aws:s3:::b/*',
      `lambda.amazonaws.com sts:AssumeRole ${ARN('new')}`,
    ]);
    expect(result.renamed).toEqual([]);
  });
});

describe('a call that needs new access', () => {
  const Function: TemplateResource = {
    Type: 'AWS::Lambda::Function',
    Metadata: { 'crosswind:calls': [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/in/*'] }] },
    Properties: { FunctionName: 'f', Role: 'arn:aws:iam::111111111111:role/own' },
  };
  const needing = (before: readonly JsonObject[], after: readonly JsonObject[]): readonly (readonly string[])[] =>
    compared({ R: role(before), bucket, Function }, { R: role(after), bucket, Function }).access.map(
      ({ neededBy }) => neededBy,
    );

  test('is named', () => {
    expect(needing([], [get])).toEqual([['Function, code']]);
  });

  test.each([
    ['calls something else', [], [put]],
    ['was allowed before', [get], [allow('s3:Get*', 'arn:aws:s3:::b/*')]],
  ])('is not named where it %s', (_, before, after) => {
    expect(needing(before, after)).toEqual([[]]);
  });
});
