import {
  CloseAccountCommand,
  DescribeOrganizationCommand,
  ListAccountsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Sandbox, openSandbox } from '../../src/sandbox.ts';
import type { SimulatedOrganization } from '../../src/organizations/simulated-organization.ts';

const management = '999999999999';
const organization: SimulatedOrganization = {
  id: 'o-simulated1',
  managementAccount: management,
  accounts: Array.from({ length: 45 }, (_, index) => ({
    id: String(index).padStart(12, '0'),
    name: `n${index}`,
    email: `n${index}@example.com`,
    unit: index < 25 ? '' : 'Workloads/Dev',
  })),
};

async function sandboxWith(served: SimulatedOrganization | undefined): Promise<Sandbox> {
  const sandbox = await openSandbox(served ? { organization: served } : {});
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Credentials of a role in `account` that may do these actions. */
function credentialsIn(cloud: Sandbox, account: string, ...actions: readonly string[]) {
  const arn = `arn:aws:iam::${account}:role/reader`;
  const role = cloud.identities.addRole({ arn, name: 'reader', account, trust: { Statement: [] } });
  const statements = [{ Effect: 'Allow', Action: [...actions], Resource: '*' } as const];
  role.policies.push({ name: 'read', document: { Version: '2012-10-17', Statement: statements } });
  const sessionArn = `arn:aws:sts::${account}:assumed-role/reader/test`;
  return cloud.sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account });
}

function clientOf(sandbox: Sandbox, credentials: ReturnType<typeof credentialsIn>): OrganizationsClient {
  const client = new OrganizationsClient({
    region: 'us-east-1',
    endpoint: sandbox.endpointUrl,
    credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

async function reader(): Promise<OrganizationsClient> {
  const sandbox = await sandboxWith(organization);
  return clientOf(sandbox, credentialsIn(sandbox, management, 'organizations:*'));
}

describe('the simulated AWS Organizations', () => {
  test('describes its organization and its accounts, 20 on a page', async () => {
    const client = await reader();
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ Id: 'o-simulated1', MasterAccountId: management });
    const { Roots: [root] = [] } = await client.send(new ListRootsCommand({}));
    expect(root?.PolicyTypes).toEqual([{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }]);
    const ParentId = root?.Id;
    const first = await client.send(new ListAccountsForParentCommand({ ParentId }));
    const second = await client.send(new ListAccountsForParentCommand({ ParentId, NextToken: first.NextToken }));
    expect([first.Accounts?.length, second.Accounts?.length, second.NextToken]).toEqual([20, 5, undefined]);
    expect(first.Accounts?.[0]).toMatchObject({ Id: '000000000000', Name: 'n0', State: 'ACTIVE', Status: 'ACTIVE' });
  });

  test.each([
    ['a parent that is not there', { ParentId: 'ou-none' }, 'ParentNotFoundException'],
    ['a page that is too large', { ParentId: 'r-sim1', MaxResults: 21 }, 'InvalidInputException'],
    ['a token that it did not give', { ParentId: 'r-sim1', NextToken: 'mine' }, 'InvalidInputException'],
  ])('refuses %s', async (_, input, name) => {
    const client = await reader();
    await expect(client.send(new ListAccountsForParentCommand(input))).rejects.toMatchObject({ name });
  });

  test('refuses by name what it does not do, and changes nothing', async () => {
    const client = await reader();
    const closing = client.send(new CloseAccountCommand({ AccountId: '000000000001' }));
    await expect(closing).rejects.toThrow('CloseAccount is not implemented by the simulated AWS Organizations');
  });

  test.each([
    ['a role without the permission', management, 'organizations:DescribeOrganization'],
    ['a role of another account', '000000000001', 'organizations:*'],
  ])('denies %s the list of accounts', async (_, account, action) => {
    const sandbox = await sandboxWith(organization);
    const client = clientOf(sandbox, credentialsIn(sandbox, account, action));
    const denied = client.send(new ListRootsCommand({}));
    await expect(denied).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('describes itself to every member that may ask, and to nobody else', async () => {
    const sandbox = await sandboxWith(organization);
    const asked = (account: string, action = 'organizations:DescribeOrganization') =>
      clientOf(sandbox, credentialsIn(sandbox, account, action)).send(new DescribeOrganizationCommand({}));
    expect((await asked('000000000001')).Organization).toMatchObject({ Id: 'o-simulated1' });
    await expect(asked('000000000002', 's3:*')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(asked('111111111111')).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  });

  test('knows no caller that the sandbox gave no credentials', async () => {
    const sandbox = await sandboxWith(organization);
    const stranger = { accessKeyId: 'ASIASTRANGER', secretAccessKey: 'x', sessionToken: 'x' };
    const unknown = clientOf(sandbox, stranger).send(new DescribeOrganizationCommand({}));
    await expect(unknown).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  test('says so where the accounts are in no organization', async () => {
    const sandbox = await sandboxWith(undefined);
    const client = clientOf(sandbox, credentialsIn(sandbox, management, 'organizations:*'));
    const nothing = client.send(new DescribeOrganizationCommand({}));
    await expect(nothing).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  });

  test('leaves S3 to S3 on the same port', async () => {
    const sandbox = await sandboxWith(organization);
    const credentials = credentialsIn(sandbox, management, 's3:*');
    const client = new S3Client({
      region: 'us-east-1',
      endpoint: sandbox.endpointUrl,
      credentials,
      forcePathStyle: true,
    });
    await expect(client.send(new HeadBucketCommand({ Bucket: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
    client.destroy();
  });
});
