import { describe, expect, test } from 'vitest';
import { problemLine } from '@crosswind/aws/problem';
import { type Case, readCases } from '../src/cases/read-cases.ts';

const A = '444455556666';
const allow = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const written = (request: object = {}, policies: object = {}): object => ({
  name: 'a case',
  request: { principal: '*', action: 's3:GetObject', resource: 'arn:aws:s3:::winds/a', ...request },
  policies: { identity: [], ...policies },
});

function only(each: object): Case {
  const read = readCases([each]);
  const [first] = read.ok ? read.cases : [];
  if (first === undefined) throw new Error(read.ok ? 'no case' : read.problems.map(problemLine).join('\n'));
  return first;
}

describe('a principal is', () => {
  const session = `arn:aws:sts::${A}:assumed-role/worker/monday`;
  const user = `arn:aws:iam::${A}:user/staff/ada`;
  const root = `arn:aws:iam::${A}:root`;
  const provider = `arn:aws:iam::${A}:oidc-provider/example.com/id`;
  test.each<[string, unknown, object]>([
    ['a session', session, { kind: 'role', roleArn: `arn:aws:iam::${A}:role/worker`, sessionArn: session, account: A }],
    ['a role', `arn:aws:iam::${A}:role/teams/worker`, { kind: 'role', roleArn: `arn:aws:iam::${A}:role/teams/worker` }],
    ['a user', user, { kind: 'user', userArn: user, account: A }],
    ['the root user', root, { kind: 'root', rootArn: root, account: A }],
    ['the root user by its account', A, { kind: 'root', rootArn: root, account: A }],
    ['a federated user', `arn:aws:sts::${A}:federated-user/ada`, { kind: 'federated user', account: A }],
    ['an identity provider', provider, { kind: 'federated', provider }],
    ['a known identity provider', 'accounts.google.com', { kind: 'federated', provider: 'accounts.google.com' }],
    ['a service', 'states.amazonaws.com', { kind: 'service', service: 'states.amazonaws.com' }],
    ['a service as policies write it', { Service: 'states.amazonaws.com' }, { kind: 'service' }],
    ['a user as policies write it', { AWS: user }, { kind: 'user' }],
    ['a provider as policies write it', { Federated: 'www.amazon.com' }, { kind: 'federated' }],
    ['anyone', '*', { kind: 'anonymous' }],
    ['anyone as policies write it', { AWS: '*' }, { kind: 'anonymous' }],
    ['role and session', { role: `arn:aws:iam::${A}:role/t/worker`, session: 'monday' }, { sessionArn: session }],
    [
      'a federated user and who it is',
      { federatedUser: `arn:aws:sts::${A}:federated-user/ada`, user },
      { userArn: user },
    ],
    [
      'of another partition',
      `arn:aws-cn:iam::${A}:role/worker`,
      { sessionArn: `arn:aws-cn:sts::${A}:assumed-role/worker/(unnamed)` },
    ],
  ])('%s', (_, principal, expected) => {
    expect(only(written({ principal })).request.principal).toMatchObject(expected);
  });

  test('an identity provider where someone assumes a role with its word', () => {
    const action = 'sts:AssumeRoleWithWebIdentity';
    const principal = 'cognito-identity.amazonaws.com';
    expect(only(written({ principal, action })).request.principal).toEqual({ kind: 'federated', provider: principal });
  });
});

test('anyone who assumes a role with a web identity is still anyone', () => {
  const action = 'sts:AssumeRoleWithWebIdentity';
  expect(only(written({ action })).request.principal).toEqual({ kind: 'anonymous' });
});

describe('the owner of a resource is', () => {
  const principal = `arn:aws:iam::${A}:user/ada`;
  test.each<[string, object, string]>([
    ['the account in its ARN', { principal, resource: 'arn:aws:sqs:us-east-1:777788889999:q' }, '777788889999'],
    ["else the caller's", { principal }, A],
    ['or who is said to be', { principal, resourceAccount: '111122223333' }, '111122223333'],
    ['nobody who is known, for a service', { principal: 's3.amazonaws.com' }, ''],
  ])('%s', (_, request, expected) => {
    expect(only(written(request)).request.resourceAccount).toBe(expected);
  });
});

describe('policies', () => {
  test('may bear a name', () => {
    const named = { name: 'managed policy Read', document: { Statement: allow } };
    const { identity } = only(written({}, { identity: [named, { Statement: allow }] })).policies;
    expect(identity.map(({ name }) => name)).toEqual(['managed policy Read', 'identity policy 2']);
  });

  test('of trust are asked for STS, those of the resource for everything else', () => {
    const both = {
      trust: { Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } },
      resource: { Statement: { ...allow, Principal: '*' } },
    };
    expect(only(written({ action: 'sts:AssumeRole' }, both)).policies.resource?.name).toBe('trust policy');
    expect(only(written({}, both)).policies.resource?.name).toBe('resource policy');
  });

  test('may be the text of their JSON', () => {
    const text = JSON.stringify({ Statement: { ...allow, Principal: '*' } });
    expect(only(written({}, { resource: text })).policies.resource?.document).toEqual(JSON.parse(text));
    expect(
      only(written({}, { identity: [{ name: 'P', document: JSON.stringify({ Statement: allow }) }] })).policies,
    ).toMatchObject({ identity: [{ name: 'P', document: { Statement: allow } }] });
  });

  test('may be AWS managed policies by their ARN', () => {
    const arn = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';
    const { identity, boundary } = only(
      written({}, { identity: [arn, { name: 'P', document: arn }], boundary: arn }),
    ).policies;
    expect(identity.map(({ name }) => name)).toEqual(['managed policy ViewOnlyAccess', 'P']);
    expect(boundary?.document).toBe(identity[0]?.document);
  });

  test('of a session are absent when none was passed', () => {
    expect(only(written({}, { session: [] })).policies.session).toBeUndefined();
    expect(only(written({}, { session: [{ Statement: allow }] })).policies.session).toHaveLength(1);
  });

  test('that are null are absent', () => {
    const { boundary, session, scps, rcps } = only(
      written({}, { boundary: null, session: null, scps: null, rcps: null }),
    ).policies;
    expect([boundary, session, scps, rcps]).toEqual([undefined, undefined, [], []]);
  });
});

describe('levels of service control policies', () => {
  const full = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
  const denial = { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } };
  const sizes = (scps: unknown): readonly number[] =>
    (only(written({}, { scps })).policies.scps ?? []).map(({ length }) => length);

  test.each<[string, unknown, readonly number[], readonly string[]]>([
    ['are lists', [[full], [full, denial]], [1, 2], []],
    ['may be lists of denials alone', [[full], [denial]], [1, 1], []],
    ['may be documents', [full, full], [1, 1], []],
    ['are joined by documents that only deny, which is said', [full, denial, full], [2, 1], ['[0].policies.scps[1]']],
    ['are one where a denial is alone', [denial], [1], []],
  ])('%s', (_, scps, expected, joined) => {
    expect(sizes(scps)).toEqual(expected);
    expect(only(written({}, { scps })).joined).toEqual(joined);
  });
});

test('the role of a session is the one that its context names, in its account', () => {
  const principal = `arn:aws:sts::${A}:assumed-role/worker/monday`;
  const named = (arn: string) => only(written({ principal, context: { 'aws:PrincipalArn': arn } })).request.principal;
  const inPath = `arn:aws:iam::${A}:role/teams/worker`;
  expect(named(inPath)).toMatchObject({ roleArn: inPath });
  expect(named('arn:aws:iam::111122223333:role/teams/worker')).toMatchObject({
    roleArn: `arn:aws:iam::${A}:role/worker`,
  });
});

test('values of the context are text, and lists of it', () => {
  const context = { 'a:b': 1, 'c:d': true, 'e:f': ['x', 2] };
  expect(only(written({ context })).request.context).toEqual({ 'a:b': '1', 'c:d': 'true', 'e:f': ['x', '2'] });
});

test('other keys of a case are left alone, such as what somebody expects', () => {
  expect(readCases([{ ...written(), expected: 'Allowed' }]).ok).toBe(true);
});

describe('a bad file is refused with', () => {
  const lines = (value: unknown): readonly string[] => {
    const read = readCases(value);
    return read.ok ? [] : read.problems.map(problemLine);
  };
  test.each<[string, unknown, string]>([
    ['no list', {}, 'the file: invalid input: expected array, got {}'],
    ['no name', [{ ...written(), name: undefined }], '[0].name: invalid input: expected string, received undefined'],
    [
      'a principal of no kind',
      [written({ principal: 'bob' })],
      '[0].request.principal: expected the ARN of a role, session',
    ],
    [
      'a session without a name',
      [written({ principal: `arn:aws:sts::${A}:assumed-role/worker` })],
      '[0].request.principal: expected the ARN',
    ],
    [
      'a session with two names',
      [written({ principal: `arn:aws:sts::${A}:assumed-role/worker/monday/tuesday` })],
      '[0].request.principal: expected the ARN',
    ],
    [
      'a service among accounts',
      [written({ principal: { AWS: 's3.amazonaws.com' } })],
      '[0].request.principal: expected the ARN',
    ],
    [
      'a resource without an ARN',
      [written({ resource: 'winds' })],
      '[0].request.resource: expected an ARN or "*", got "winds"',
    ],
    [
      'an account that is none',
      [written({ resourceAccount: '1' })],
      '[0].request.resourceAccount: expected 12 digits, got "1"',
    ],
    [
      'a context that is nested',
      [written({ context: { a: {} } })],
      '[0].request.context.a: expected text, a number, true or false, or a list of these, got {}',
    ],
    [
      'a context with a list in a list',
      [written({ context: { a: [['b']] } })],
      '[0].request.context.a: expected text, a number, true or false, or a list of these, got [["b"]]',
    ],
    [
      'a policy as text that has a key twice',
      [written({}, { resource: '{"Statement":[{"Effect":"Allow","Condition":{},"Condition":{}}]}' })],
      '[0].policies.resource: expected each key once, got "Condition" twice in an object of the text (at characters 33 and 48)',
    ],
    [
      'an unknown element',
      [written(), written({}, { boundary: { Statement: { ...allow, Ressource: '*' } } })],
      '[1].policies.boundary.Statement: unrecognized key: "Ressource"',
    ],
    [
      'a list of levels with a bad policy in it',
      [written({}, { scps: [[{ Statement: { ...allow, Effect: 'allow' } }]] })],
      '[0].policies.scps[0][0].Statement.Effect: invalid option: expected one of "Allow"|"Deny", got "allow"',
    ],
    [
      'an operator that does not exist',
      [written({}, { session: { Statement: { ...allow, Condition: { StringIs: { a: 'b' } } } } })],
      '[0].policies.session.Statement: statement 1 of session policy: unknown condition operator "StringIs"',
    ],
    [
      'a policy whose text is no JSON',
      [written({}, { boundary: '{"Statement"' })],
      '[0].policies.boundary: invalid input: expected object, got "{\\"Statement\\""',
    ],
    [
      'a managed policy on a resource',
      [written({}, { resource: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })],
      '[0].policies.resource.Statement[0]: statement "ReadOnlyActionsGroup1" of managed policy ReadOnlyAccess: needs a Principal',
    ],
    [
      'a managed policy that is not known',
      [written({}, { boundary: 'arn:aws:iam::aws:policy/NoSuchPolicy' })],
      '[0].policies.boundary: invalid input: expected object, got "arn:aws:iam::aws:policy/NoSuchPolicy"',
    ],
    [
      'a name that is no text',
      [written({}, { identity: [{ name: 1, document: { Statement: allow } }] })],
      '[0].policies.identity[0].name: expected text, got 1',
    ],
  ])('%s', (_, value, line) => {
    expect(lines(value).join('\n')).toContain(line);
  });

  test('each of its problems', () => {
    const wrong = lines([written({ principal: 'bob' }, { boundary: 1 }), written({ principal: 'eve' })]);
    expect(wrong.map((line) => line.replace(/: .*/s, ''))).toEqual([
      '[0].request.principal',
      '[0].policies.boundary',
      '[1].request.principal',
    ]);
  });

  test('nothing where there is nothing wrong', () => {
    expect(lines([written()])).toEqual([]);
  });
});
