import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settings } from '../clients.ts';
import { type Credentials, type ServedSandbox, servedEmpty } from '../served-sandbox.ts';
import { cdk } from './cdk.ts';

const account = '333333333333';
const bootstrapRole = (name: string): string => `cdk-hnb659fds-${name}-role-${account}-us-east-1`;
const [deployRole, executionRole] = [bootstrapRole('deploy'), bootstrapRole('cfn-exec')];

let served: ServedSandbox;
let admin: Credentials;
beforeAll(async () => {
  served = await servedEmpty();
  admin = await served.credentials('word-parent-dev', 'admin');
});
afterAll(() => served.stop());

const credentials = (role: string): Promise<Credentials> => served.credentials('word-parent-dev', role);

/** Who the service says that it is. */
async function whoIs(variables: Credentials): Promise<string | undefined> {
  const client = new STSClient(settings(variables));
  return (await client.send(new GetCallerIdentityCommand({}))).Arn;
}

/** Assumes a role of the account as its administrator. */
const assumed = (role: string) =>
  new STSClient(settings(admin)).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'me' }),
  );

describe('credentials of the roles of a bootstrap', { timeout: 60_000 }, () => {
  test('are refused before it, with the roles that are there', async () => {
    await expect(credentials(deployRole)).rejects.toThrow(
      `account "word-parent-dev" of the sandbox has no role "${deployRole}"; expected one of these:\n  OrganizationAccountAccessRole\n  crosswind-sandbox-admin\n  crosswind-sandbox-operator`,
    );
  });

  test('are given after it, to whom the sandbox knows then', async () => {
    expect(await cdk(admin, 'bootstrap', `aws://${account}/us-east-1`)).toMatchObject({ code: 0 });
    for (const role of [deployRole, executionRole]) {
      expect(await whoIs(await credentials(role))).toBe(`arn:aws:sts::${account}:assumed-role/${role}/crosswind`);
    }
    await expect(credentials(deployRole.replace('deploy', 'deploi'))).rejects.toThrow(
      `(did you mean "${deployRole}"?)`,
    );
  });

  test('are given by STS as the trust policy of each says', async () => {
    expect((await assumed(deployRole)).AssumedRoleUser?.Arn).toContain(`assumed-role/${deployRole}/me`);
    await expect(assumed(executionRole)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('are refused again once its stack is deleted', async () => {
    const client = new CloudFormationClient(settings(admin));
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
    await client.send(new DeleteStackCommand({ StackName: 'CDKToolkit' }));
    const status = async () =>
      (await client.send(new DescribeStacksCommand({ StackName: stack?.StackId }))).Stacks?.[0]?.StackStatus;
    await expect.poll(status).toBe('DELETE_COMPLETE');
    await expect(credentials(deployRole)).rejects.toThrow(`has no role "${deployRole}"`);
    await expect(whoIs(await credentials('crosswind-sandbox-operator'))).resolves.toContain(
      'crosswind-sandbox-operator',
    );
  });
});
