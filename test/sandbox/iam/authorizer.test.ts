import { describe, expect, test } from 'vitest';
import { allow, bucket, bucketPolicy, role, sandboxWith, states } from '../literals.ts';

const account = '444444444444';
const reader = {
  kind: 'role',
  roleArn: `arn:aws:iam::${account}:role/reader`,
  sessionArn: `arn:aws:sts::${account}:assumed-role/reader/session`,
  account,
} as const;

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
    const { cloud, decisions } = await sandbox();
    const request = { principal, action: 's3:GetObject', resource, resourceAccount: account, context: {} };
    expect(cloud.authorize(request).allowed).toBe(allowed);
    expect(decisions.allowed()).toEqual(allowed ? { 's3:GetObject': 1 } : {});
    expect(decisions.denials()).toHaveLength(allowed ? 0 : 1);
  });
});
