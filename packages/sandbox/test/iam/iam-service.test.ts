import { describe, expect, test } from 'vitest';
import { allow, lambda, role, states } from '../../src/testing/literals.ts';
import { callAs } from '../cloudformation/stacks/calls.ts';
import { account, cloudFormation, created, templateOf } from '../cloudformation/stacks/client.ts';

const RoleName = 'winds';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

async function withRole() {
  const { client, sandbox } = await cloudFormation();
  await created(client, sandbox, templateOf({ Winds: role(RoleName, lambda, allow('s3:GetObject')) }));
  const call = async (action: string, fields: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { text } = await callAs(sandbox, 'iam', { action, form: { RoleName, ...fields } });
    return text;
  };
  return { sandbox, call };
}

/** The text of an element, decoded as clients of IAM decode documents. */
const inElement = (xml: string, name: string): string =>
  decodeURIComponent(new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '');

describe('a client of IAM', () => {
  test('gets a role with its trust policy, and its inline policy', async () => {
    const { call } = await withRole();
    const got = await call('GetRole');
    expect(inElement(got, 'Arn')).toBe(`arn:aws:iam::${account}:role/${RoleName}`);
    expect(JSON.parse(inElement(got, 'AssumeRolePolicyDocument'))).toEqual({
      Version: '2012-10-17',
      Statement: [lambda],
    });
    const policy = await call('GetRolePolicy', { PolicyName: 'own' });
    expect(JSON.parse(inElement(policy, 'PolicyDocument'))).toMatchObject({ Statement: [allow('s3:GetObject')] });
  });

  test('limits a role by a boundary, and frees it again', async () => {
    const { call, sandbox } = await withRole();
    const isAllowed = (): boolean => {
      const roleArn = `arn:aws:iam::${account}:role/${RoleName}`;
      const principal = { kind: 'role', account, roleArn, sessionArn: roleArn } as const;
      const resource = 'arn:aws:s3:::winds/a';
      return sandbox.authorize({ principal, action: 's3:GetObject', resource, resourceAccount: account, context: {} })
        .allowed;
    };
    expect(isAllowed()).toBe(true);
    await call('PutRolePermissionsBoundary', {
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
    });
    expect(inElement(await call('GetRole'), 'PermissionsBoundaryArn')).toContain('AWSXRayDaemonWriteAccess');
    expect(isAllowed()).toBe(false);
    await call('DeleteRolePermissionsBoundary');
    expect(isAllowed()).toBe(true);
  });

  test('creates a role that its trust policy admits callers to, once', async () => {
    const { call, sandbox } = await withRole();
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
    };
    const wanted = {
      RoleName: 'rescue',
      AssumeRolePolicyDocument: JSON.stringify(trust),
      MaxSessionDuration: '7200',
      'Tags.member.1.Key': 'platform',
      'Tags.member.1.Value': 'winds',
      PermissionsBoundary: readOnly,
    };
    expect(inElement(await call('CreateRole', wanted), 'Arn')).toBe(`arn:aws:iam::${account}:role/rescue`);
    const got = await call('GetRole', { RoleName: 'rescue' });
    expect(JSON.parse(inElement(got, 'AssumeRolePolicyDocument'))).toEqual(trust);
    expect(inElement(got, 'MaxSessionDuration')).toBe('7200');
    expect(inElement(got, 'PermissionsBoundaryArn')).toBe(readOnly);
    expect(await call('ListRoleTags', { RoleName: 'rescue' })).toContain('<Value>winds</Value>');
    const roleArn = `arn:aws:iam::${account}:role/rescue`;
    expect(sandbox.identities.role(roleArn)?.policies).toEqual([]);
    expect(await call('CreateRole', wanted)).toContain('Role with name rescue already exists.');
  });

  test.each([
    ['no JSON', { AssumeRolePolicyDocument: '{' }, 'Syntax errors in policy'],
    ['a name that is none', { RoleName: 'a b', AssumeRolePolicyDocument: '{}' }, 'roleName is invalid: a b'],
    [
      'a trust in a role that is not there',
      {
        AssumeRolePolicyDocument: JSON.stringify({
          Statement: [
            { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/none` }, Action: 'sts:AssumeRole' },
          ],
        }),
      },
      'Invalid principal in policy',
    ],
  ])('creates no role with %s', async (_, fields, message) => {
    const { call, sandbox } = await withRole();
    expect(await call('CreateRole', { RoleName: 'rescue', ...fields })).toContain(message);
    expect(sandbox.identities.roleNamed(account, 'rescue')).toBeUndefined();
  });

  test('lists what it attaches and puts', async () => {
    const { call } = await withRole();
    expect(await call('ListRolePolicies')).toContain('<member>own</member>');
    await call('AttachRolePolicy', { PolicyArn: readOnly });
    expect(inElement(await call('ListAttachedRolePolicies'), 'PolicyArn')).toBe(readOnly);
    await call('DetachRolePolicy', { PolicyArn: readOnly });
    expect(await call('ListAttachedRolePolicies')).not.toContain(readOnly);
    await call('TagRole', { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'storm' });
    expect(inElement(await call('ListRoleTags'), 'Value')).toBe('storm');
    await call('UntagRole', { 'TagKeys.member.1': 'team' });
    expect(await call('ListRoleTags')).not.toContain('storm');
  });

  test.each([
    ['UpdateAssumeRolePolicy', { PolicyDocument: '{' }, 'MalformedPolicyDocument'],
    ['PutRolePolicy', { PolicyName: 'a', PolicyDocument: '{"Statement":[{}]}' }, 'MalformedPolicyDocument'],
    ['DetachRolePolicy', { PolicyArn: readOnly }, 'NoSuchEntity'],
    ['PutRolePermissionsBoundary', { PermissionsBoundary: `arn:aws:iam::${account}:policy/no` }, 'NoSuchEntity'],
    ['CreateUser', {}, 'NotImplemented'],
  ])('is refused %s %j with %s', async (action, fields, code) => {
    const { call } = await withRole();
    expect(inElement(await call(action, fields), 'Code')).toBe(code);
  });

  test('changes whom a role trusts', async () => {
    const { call, sandbox } = await withRole();
    const assumed = (service: string) =>
      sandbox.sessions.assumeRole({ kind: 'service', service }, `arn:aws:iam::${account}:role/${RoleName}`, 'me').ok;
    expect([assumed('lambda.amazonaws.com'), assumed('states.amazonaws.com')]).toEqual([true, false]);
    await call('UpdateAssumeRolePolicy', {
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [states] }),
    });
    expect([assumed('lambda.amazonaws.com'), assumed('states.amazonaws.com')]).toEqual([false, true]);
  });
});
