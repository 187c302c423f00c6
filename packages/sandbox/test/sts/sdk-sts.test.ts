import { describe, expect, test } from 'vitest';
import { allow, role, trusting } from '../../src/testing/literals.ts';
import { account, called } from '../step-functions/calling.ts';

describe('aws-sdk:sts', () => {
  const sdk = (operation: string): string => `arn:aws:states:::aws-sdk:sts:${operation}`;
  const target = `arn:aws:iam::${account}:role/target`;
  const resources = { Target: role('target', trusting({ AWS: `arn:aws:iam::${account}:root` })) };

  test('says who calls', async () => {
    const { execution } = await called({ resource: sdk('getCallerIdentity') });
    expect(execution.outcome).toMatchObject({
      output: { Account: account, Arn: `arn:aws:sts::${account}:assumed-role/caller-role/run` },
    });
  });

  test('assumes a role', async () => {
    const args = { RoleArn: target, RoleSessionName: 'task' };
    const may = [allow('sts:AssumeRole', target)];
    const { execution } = await called({ resource: sdk('assumeRole'), args, may, resources });
    expect(execution.outcome).toMatchObject({
      output: {
        AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/target/task` },
        Credentials: { Expiration: '2026-01-02T04:04:05.000Z', SessionToken: expect.any(String) as string },
      },
    });
    const denied = await called({ resource: sdk('assumeRole'), args, resources });
    expect(denied.execution.outcome).toMatchObject({ status: 'FAILED', error: 'Sts.StsException' });
  });
});
