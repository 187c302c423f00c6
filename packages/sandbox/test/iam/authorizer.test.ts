import { describe, expect, test } from 'vitest';
import { authorizer } from '../../src/iam/authorizer.ts';
import { allow, bucket, bucketPolicy, role, sandboxWith, states } from '../../src/testing/literals.ts';

const account = '444444444444';
const reader = {
  kind: 'role',
  roleArn: `arn:aws:iam::${account}:role/reader`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/reader/session`,
  account,
} as const;

const inTheOffice = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

const sandbox = () =>
  sandboxWith([
    {
      account,
      resources: {
        Reader: role('reader', states, allow('s3:GetObject')),
        Mine: bucket('mine'),
        Guarded: bucket('guarded'),
        Policy: bucketPolicy('guarded', { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
      },
    },
  ]);

describe('a request is decided', () => {
  test.each([
    ['by the policies of the role', reader, 'arn:aws:s3:::mine/1', true],
    ['by the policy of the bucket as well', reader, 'arn:aws:s3:::guarded/1', false],
    [
      'against a role that was never deployed',
      { ...reader, roleArn: `arn:aws:iam::${account}:role/nobody` },
      'arn:aws:s3:::mine/1',
      false,
    ],
    ['against a caller without a name', { kind: 'anonymous' } as const, 'arn:aws:s3:::mine/1', false],
  ])('%s', async (_, principal, resource, allowed) => {
    const { authorize, decisions } = await sandbox();
    const request = { principal, action: 's3:GetObject', resource, resourceAccount: account, context: {} };
    expect(authorize(request).allowed).toBe(allowed);
    expect(decisions.allowed()).toEqual(allowed ? { 's3:GetObject': 1 } : {});
    expect(decisions.denials()).toHaveLength(allowed ? 0 : 1);
  });

  test('as denied where that depends on what nobody knows, and says why', async () => {
    const cautious = { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: inTheOffice };
    const { authorize, decisions } = await sandboxWith([
      { account, resources: { Reader: role('reader', states, cautious), Mine: bucket('mine') } },
    ]);
    const resource = 'arn:aws:s3:::mine/1';
    const request = { principal: reader, action: 's3:GetObject', resource, resourceAccount: account, context: {} };
    const decision = authorize(request);
    expect(decision.allowed).toBe(false);
    expect(decision.reason).toContain('cannot be decided: statement 1 of');
    expect(decision.reason).toContain('depending on aws:SourceIp');
    expect(authorize({ ...request, context: { 'aws:SourceIp': '10.1.2.3' } }).allowed).toBe(true);
    expect(decisions.denials()).toHaveLength(1);
  });

  test('with RCPFullAWSAccess in an organization, which permits nothing by itself', async () => {
    const resources = { Reader: role('reader', states, allow('s3:GetObject')), Mine: bucket('mine') };
    const { authorize } = await sandboxWith([{ account, resources }], { organizationId: 'o-example' });
    const asked = { principal: reader, resource: 'arn:aws:s3:::mine/1', resourceAccount: account, context: {} };
    expect(authorize({ ...asked, action: 's3:GetObject' })).toMatchObject({
      allowed: true,
      reason: expect.not.stringContaining('RCPFullAWSAccess') as string,
    });
    expect(authorize({ ...asked, action: 's3:PutObject' })).toMatchObject({
      kind: 'implicit deny',
      missing: ['identity'],
    });
  });

  test('as a call over TLS, which loopback stands for', async () => {
    const overTls = {
      Effect: 'Allow',
      Action: 'lambda:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    };
    const { authorize } = await sandboxWith([{ account, resources: { Reader: role('reader', states, overTls) } }]);
    const resource = `arn:aws:lambda:us-east-1:${account}:function:f`;
    const request = {
      principal: reader,
      action: 'lambda:InvokeFunction',
      resource,
      resourceAccount: account,
      context: {},
    };
    expect(authorize(request).allowed).toBe(true);
  });
});

describe('policies of the organization', () => {
  const [read, mine] = ['s3:GetObject', 'arn:aws:s3:::mine/1'];
  const deny = (statement: object) => ({
    name: 'guard',
    document: {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny' as const, Action: read, Resource: '*', ...statement },
    },
  });
  const everyone = { Principal: '*' as const };
  const request = { principal: reader, action: read, resource: mine, resourceAccount: account, context: {} };
  const inOrganization = async () => {
    const opened = await sandbox();
    return { ...opened, decide: authorizer(opened.identities, opened.decisions, { id: 'o-exampleorg1' }) };
  };

  test.each([
    ['none', account, { scps: [], rcps: [] }, true],
    ['a service control policy of the account of the caller', account, { scps: [deny({})], rcps: [] }, false],
    ['a resource control policy of the account of the resource', account, { scps: [], rcps: [deny(everyone)] }, false],
    ['policies of another account', '555555555555', { scps: [deny({})], rcps: [deny(everyone)] }, true],
  ])('that are attached decide: %s', async (_, attached, policies, allowed) => {
    const { identities, decide } = await inOrganization();
    identities.attachToAccount(attached, policies);
    expect(decide(request).allowed).toBe(allowed);
  });
});
