import { describe, expect, test } from 'vitest';
import { account, called } from '../step-functions/calling.ts';

describe('aws-sdk:sts', () => {
  const sdk = (operation: string): string => `arn:aws:states:::aws-sdk:sts:${operation}`;

  test('says who calls', async () => {
    const { execution } = await called({ resource: sdk('getCallerIdentity') });
    expect(execution.outcome).toMatchObject({
      output: { Account: account, Arn: `arn:aws:sts::${account}:assumed-role/caller-role/run` },
    });
  });

  test('assumes no role, as AWS refuses the machine', async () => {
    await expect(
      called({ resource: sdk('assumeRole'), args: { RoleArn: 'arn', RoleSessionName: 'a' } }),
    ).rejects.toThrow('aws-sdk:sts has no action "assumeRole"');
  });
});
