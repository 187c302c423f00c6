import type { TemplateResource } from '@crosswind/assembly/template';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { Decision } from '@crosswind/iam/decision';
import { describe, expect, test } from 'vitest';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  bucket,
  bucketPolicy,
  lambda,
  lambdaFunction,
  logGroup,
  policy,
  type Resources,
  role,
  sandboxWith,
  stateMachine,
  states,
  trusting,
} from '../../src/testing/literals.ts';
import {
  account,
  answer,
  logging,
  loggingActions,
  pass,
  refusalOf,
  withProperties,
} from '../cloudformation/refusals.ts';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const newer = 'arn:aws:iam::aws:policy/NewerReadOnlyAccess';
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const readerArn = `arn:aws:iam::${account}:role/reader`;

const managed = (name: string, statement: JsonObject, properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    ManagedPolicyName: name,
    PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
    ...properties,
  },
});

/** A role that may get objects by its inline policy. */
const reader = (properties: JsonObject): TemplateResource =>
  withProperties(role('reader', states, allow('s3:GetObject')), properties);

const deployed = (resources: Resources): Promise<Sandbox> => sandboxWith([{ account, resources }]);

/** The decision on an action of the role `reader`. */
function decided({ authorize }: Sandbox, action: string, resource = '*', owner = account): Decision {
  const sessionArn = `arn:aws:sts::${account}:assumed-role/reader/test`;
  const principal = { kind: 'role', roleArn: readerArn, sessionArn, account } as const;
  return authorize({ principal, action, resource, resourceAccount: owner, context: {} });
}

const outcome = (decision: Decision): string => (decision.allowed ? 'allowed' : decision.kind);

describe('a role with a managed policy whose statements are not known', () => {
  test.each([
    ['may do what its other policies allow', newer, 's3:GetObject', 'allowed'],
    ['cannot be decided on what only that policy could allow', newer, 's3:ListBucket', 'undecidable'],
    ['may do what a known managed policy allows', basic, 'logs:PutLogEvents', 'allowed'],
    ['may do what a large managed policy allows', readOnly, 's3:ListBucket', 'allowed'],
    ['may not do what that does not allow', readOnly, 's3:DeleteBucket', 'implicit deny'],
    ['may not do what no known policy allows', basic, 's3:ListBucket', 'implicit deny'],
  ])('%s', async (_, policy, action, expected) => {
    const sandbox = await deployed({ Reader: reader({ ManagedPolicyArns: [policy] }) });
    expect(outcome(decided(sandbox, action))).toBe(expected);
  });

  test('is undecidable by its name', async () => {
    const sandbox = await deployed({ Reader: reader({ ManagedPolicyArns: [newer] }) });
    expect(decided(sandbox, 's3:ListBucket')).toMatchObject({
      unknowns: [`the statements of the managed policy ${newer} are not known`],
    });
  });
});

test('a policy of AWS for a service-linked role is attached to no other role', async () => {
  const policy = 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy';
  const refused = await refusalOf({ Reader: reader({ ManagedPolicyArns: [policy] }) });
  expect(refused).toContain('PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role.');
});

describe('a permissions boundary', () => {
  const limits = { Ref: 'Limits' };
  const denying: JsonObject = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  const nobodys = `arn:aws:iam::${account}:policy/elsewhere`;

  test.each<[string, JsonObject | string, JsonObject, string, string]>([
    ['of the account leaves what it allows', limits, allow('s3:*'), 's3:GetObject', 'allowed'],
    ['of the account takes away what it does not allow', limits, allow('sqs:*'), 's3:GetObject', 'implicit deny'],
    ['of the account takes away what it denies', limits, denying, 's3:GetObject', 'explicit deny'],
    ['of the account allows nothing by itself', limits, allow('s3:*'), 's3:PutObject', 'implicit deny'],
    ['of AWS leaves what it allows', administrator, allow('s3:*'), 's3:GetObject', 'allowed'],
    ['of AWS takes away what it does not allow', basic, allow('s3:*'), 's3:GetObject', 'implicit deny'],
    ['that is not known makes an allow undecidable', nobodys, allow('s3:*'), 's3:GetObject', 'undecidable'],
    ['that is not known leaves a denial', nobodys, allow('s3:*'), 's3:PutObject', 'implicit deny'],
  ])('%s', async (_, boundary, statement, action, expected) => {
    const resources = { Limits: managed('limits', statement), Reader: reader({ PermissionsBoundary: boundary }) };
    expect(outcome(decided(await deployed(resources), action))).toBe(expected);
  });

  test('that is not known is named', async () => {
    const { opaque } = await deployed({ Reader: reader({ PermissionsBoundary: nobodys }) });
    expect(opaque.map(opaqueLine)).toEqual([
      `AWS can, the sandbox cannot: AWS::IAM::Role Reader in ${account}: the sandbox does not know the statements of the permissions boundary ${nobodys}`,
    ]);
  });

  test('that is known is simulated', async () => {
    const resources = { Limits: managed('limits', allow('s3:*')), Reader: reader({ PermissionsBoundary: limits }) };
    expect((await deployed(resources)).opaque).toEqual([]);
  });
});

describe('a state machine that logs, with a role that has a permissions boundary', () => {
  const machineWith = (boundary: JsonObject): Resources => ({
    MachineRole: withProperties(role('machine-role', states, allow(loggingActions)), boundary),
    Logs: logGroup('mine'),
    Machine: stateMachine('machine', pass, logging),
  });
  const named = async (resources: Resources) => (await deployed(resources)).opaque.map(({ path }) => path);

  test('is opaque where the boundary is not known', async () => {
    const boundary = { PermissionsBoundary: `arn:aws:iam::${account}:policy/elsewhere` };
    expect(await named(machineWith(boundary))).toEqual(['MachineRole', 'Machine']);
  });

  test('is refused where the boundary does not let it log, and deployed where it does', async () => {
    const refused = await refusalOf(machineWith({ PermissionsBoundary: basic }));
    expect(refused).toContain('AccessDeniedException: The state machine IAM Role is not authorized');
    expect(await named(machineWith({ PermissionsBoundary: administrator }))).toEqual([]);
  });
});

describe('a value that only a deployment knows', () => {
  const unknown = { 'Fn::GetAZs': '' };
  const inPart = (...prefix: readonly string[]): JsonObject => ({ 'Fn::Join': ['', [...prefix, unknown]] });
  const document = (...statements: readonly JsonObject[]) => ({ Version: '2012-10-17', Statement: statements });
  const putSome = allow('s3:PutObject', inPart('arn:aws:s3:::mine/'));
  const attached = (policyDocument: Json, roles: Json = ['reader']): Resources => ({
    Reader: reader({}),
    Attached: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'attached', Roles: roles, PolicyDocument: policyDocument },
      DependsOn: 'Reader',
    },
  });
  const limited = (boundary: Json): Resources => ({ Reader: reader({ PermissionsBoundary: boundary }) });
  const given = (resource: TemplateResource): Resources => ({
    Given: resource,
    Reader: reader({ ManagedPolicyArns: [{ Ref: 'Given' }] }),
  });
  const mine = 'arn:aws:s3:::mine/1';

  test.each<[string, Resources, string, string, string]>([
    ['in a policy leaves the statement open', attached(document(putSome)), 's3:PutObject', mine, 'undecidable'],
    [
      'in a policy fits no other bucket',
      attached(document(putSome)),
      's3:PutObject',
      'arn:aws:s3:::o/1',
      'implicit deny',
    ],
    ['in a policy allows no other action', attached(document(putSome)), 's3:ListBucket', mine, 'implicit deny'],
    [
      'in a policy leaves its other statements',
      attached(document(putSome, allow('s3:ListBucket'))),
      's3:ListBucket',
      mine,
      'allowed',
    ],
    ['for a policy may allow anything', attached(unknown), 's3:PutObject', mine, 'undecidable'],
    ['for a policy leaves other policies', attached(unknown), 's3:GetObject', mine, 'allowed'],
    [
      'for the roles of a policy leaves the others',
      attached(document(putSome), [unknown]),
      's3:GetObject',
      mine,
      'allowed',
    ],
    [
      'in a managed policy leaves the statement open',
      given(managed('given', putSome)),
      's3:PutObject',
      mine,
      'undecidable',
    ],
    [
      'in an inline policy leaves the statement open',
      { Reader: role('reader', states, putSome) },
      's3:PutObject',
      mine,
      'undecidable',
    ],
    [
      'among managed policies may allow anything',
      { Reader: reader({ ManagedPolicyArns: [unknown] }) },
      's3:PutObject',
      mine,
      'undecidable',
    ],
    ['for a boundary may take an allow away', limited(unknown), 's3:GetObject', mine, 'undecidable'],
    ['for a boundary leaves a denial', limited(unknown), 's3:PutObject', mine, 'implicit deny'],
    [
      'for a tag changes nothing',
      { Reader: reader({ Tags: [{ Key: 'a', Value: unknown }] }) },
      's3:GetObject',
      mine,
      'allowed',
    ],
  ])('%s', async (_, resources, action, resource, expected) => {
    const sandbox = await deployed(resources);
    expect(outcome(decided(sandbox, action, resource))).toBe(expected);
    expect(sandbox.opaque.map(({ why }) => why)).toEqual([expect.stringContaining('Fn::GetAZs') as string]);
  });

  const tried = (trust: JsonObject): Resources => ({
    FunctionRole: role('function', trust),
    Tried: lambdaFunction('tried', answer),
  });
  const unknownTrust = { AssumeRolePolicyDocument: unknown };

  test.each<[string, () => Resources, readonly string[]]>([
    [
      'for the service of a trust policy',
      () => tried(trusting({ Service: inPart('lambda.') })),
      ['FunctionRole', 'Tried'],
    ],
    [
      'beside the service of a trust policy',
      () => tried(trusting({ Service: 'lambda.amazonaws.com', AWS: unknown })),
      ['FunctionRole'],
    ],
    [
      'for a trust policy',
      () => ({ ...tried(lambda), FunctionRole: withProperties(role('function', lambda), unknownTrust) }),
      ['FunctionRole', 'Tried'],
    ],
    ['that is missing', () => tried(lambda), []],
  ])('%s refuses no function', async (_, resources, paths) => {
    const { opaque } = await deployed(resources());
    expect(opaque.map(({ path }) => path)).toEqual(paths);
  });

  test('in the names of two roles does not mean that they have the same', async () => {
    const named = withProperties(role('reader', states), { RoleName: inPart('a-') });
    expect((await deployed({ One: named, Two: named })).opaque.map(({ path }) => path)).toEqual(['One', 'Two']);
  });

  test('in a bucket policy leaves the statement open', async () => {
    const theirs = '555555555555';
    const mayGet = async (by: string) => {
      const statement = { Effect: 'Allow', Principal: { AWS: by }, Action: 's3:GetObject', Resource: unknown };
      const sandbox = await sandboxWith([
        { account: theirs, resources: { Bucket: bucket('mine'), OnBucket: bucketPolicy('mine', statement) } },
        { account, resources: { Reader: reader({}) } },
      ]);
      return outcome(decided(sandbox, 's3:GetObject', mine, theirs));
    };
    expect(await mayGet(account)).toBe('undecidable');
    expect(await mayGet(theirs)).toBe('implicit deny');
  });
});

describe('on a condition that only a deployment knows', () => {
  const conditions = {
    Known: { 'Fn::Equals': [1, 1] },
    Unknown: { 'Fn::Equals': [{ 'Fn::GetAZs': '' }, 1] },
  };
  const deployedOn = (resources: Resources) => sandboxWith([{ account, conditions, resources }]);
  const put = allow('s3:PutObject');

  test.each<[string, TemplateResource]>([
    ['a policy', { ...policy(['reader'], put), DependsOn: 'Reader' }],
    ['a managed policy', { ...managed('given', put, { Roles: ['reader'] }), DependsOn: 'Reader' }],
  ])('%s may allow something, and allows it where the condition holds', async (_, attached) => {
    const outcomeOn = async (Condition: string) => {
      const sandbox = await deployedOn({ Reader: reader({}), Attached: { ...attached, Condition } });
      return [outcome(decided(sandbox, 's3:PutObject')), sandbox.opaque.map(({ path }) => path)];
    };
    expect(await outcomeOn('Unknown')).toEqual(['undecidable', ['Attached']]);
    expect(await outcomeOn('Known')).toEqual(['allowed', []]);
  });

  test('two roles may have one name, of which one will be there', async () => {
    const both = (Condition: string) =>
      deployedOn({ One: { ...reader({}), Condition }, Other: { ...reader({}), Condition } });
    expect((await both('Unknown')).opaque.map(({ path }) => path)).toEqual(['One', 'Other']);
    await expect(both('Known')).rejects.toThrow('EntityAlreadyExists');
  });
});

test('a managed policy of the account applies to roles on both ends', async () => {
  const sandbox = await deployed({
    Given: managed('given', allow('s3:GetObject')),
    Taking: managed('taking', allow('s3:PutObject'), { Roles: [{ Ref: 'Reader' }] }),
    Reader: withProperties(role('reader', states), { ManagedPolicyArns: [{ Ref: 'Given' }] }),
  });
  const own = sandbox.identities.role(readerArn)?.policies.map(({ name }) => name);
  expect(own).toEqual(['managed policy given', 'managed policy taking']);
  expect(sandbox.opaque).toEqual([]);
});
