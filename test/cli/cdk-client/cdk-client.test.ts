import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import { openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { temporaryDirectory } from '../../temporary-directory.ts';

const accounts = ['111111111111', '222222222222'] as const;
const [account] = accounts;
const region = 'us-east-1';
const root = join(import.meta.dirname, '../../..');

let sandbox: Sandbox;
const over = new AbortController();
let serving: Promise<void>;

const credentialsIn = (id: string) => {
  const sessionArn = `arn:aws:sts::${id}:assumed-role/${adminRoleName}/person`;
  const roleArn = `arn:aws:iam::${id}:role/${adminRoleName}`;
  return sandbox.sessions.credentials({ kind: 'role', roleArn, sessionArn, account: id });
};

/** Runs the CDK's command line as an administrator of the account. */
async function cdk(
  id: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsIn(id);
  const app = `node --import tsx ${join(import.meta.dirname, 'app.ts')}`;
  const out = temporaryDirectory();
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args, '--no-notices', '--app', app, '--output', out],
    {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOME: out,
        CI: 'true',
        NODE_NO_WARNINGS: '1',
        AWS_ENDPOINT_URL: sandbox.endpointUrl,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      },
    },
  );
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? -1);
    });
  });
  const [code, ...output] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: output.join('') };
}

beforeAll(async () => {
  sandbox = await openSandbox();
  for (const id of accounts) addAdminRole(sandbox.identities, { account: id, partition: 'aws' });
  serving = sandbox.serve(over.signal);
});

afterAll(async () => {
  over.abort();
  await serving;
  await sandbox.close();
});

const stackNamed = (name: string) => sandbox.cloudFormation.stacks.find({ account, region }, name);
const physicalId = (stack: string, prefix: string): string | undefined =>
  [...(stackNamed(stack)?.resources.values() ?? [])].find(({ logicalId }) => logicalId.startsWith(prefix))?.physicalId;

describe('the unmodified command line of the CDK', { timeout: 60_000 }, () => {
  test.each(accounts)('bootstraps the empty account %s', async (id) => {
    const { code, output } = await cdk(id, 'bootstrap', `aws://${id}/${region}`);
    expect(output).toContain(`Environment aws://${id}/${region} bootstrapped`);
    expect(code).toBe(0);
  });

  test('deploys an app of two stacks, whose workflow runs', async () => {
    const { code, output } = await cdk(account, 'deploy', '--all', '--require-approval', 'never');
    expect(output).toMatch(/✅ {2}Data[^]*✅ {2}Work/);
    expect(code).toBe(0);
    const stateMachineArn = stackNamed('Work')?.outputs[0]?.value ?? '';
    const started = sandbox.executions.start({ stateMachineArn, name: 'run', input: {} });
    if (!started.ok) throw new Error(started.message);
    await expect.poll(() => started.execution.outcome, { timeout: 20_000 }).toBeDefined();
    expect(started.execution.outcome).toMatchObject({ output: { table: physicalId('Data', 'Winds') } });
  });

  test('deploys the same app again, and nothing changes', async () => {
    const { code, output } = await cdk(account, 'deploy', '--all', '--require-approval', 'never');
    expect(output).toMatch(/Data \(no changes\)[^]*Work \(no changes\)/);
    expect(code).toBe(0);
  });

  const changed = ['--context', 'key=name', '--context', 'seconds=60'];

  test.each([
    ['without a difference', [], 0],
    ['with one', changed, 1],
  ])('has the exit code of a difference: %s', async (_, more, code) => {
    expect((await cdk(account, 'diff', '--fail', ...more)).code).toBe(code);
  });

  test('replaces a resource, and what refers to it follows', async () => {
    const before = physicalId('Data', 'Winds');
    const { code } = await cdk(account, 'deploy', '--all', '--require-approval', 'never', '--exclusively', ...changed);
    // The export of a table's name cannot change while another stack imports it.
    expect(code).toBe(1);
    expect(stackNamed('Data')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(physicalId('Data', 'Winds')).toBe(before);
  });

  test('finds drift once somebody has changed a resource past CloudFormation', async () => {
    const still = await cdk(account, 'drift', '--fail');
    expect(still).toMatchObject({ code: 0 });
    const client = new SSMClient({ region, endpoint: sandbox.endpointUrl, credentials: credentialsIn(account) });
    await client.send(new PutParameterCommand({ Name: '/letters/unit', Value: 'mph', Overwrite: true }));
    const { code, output } = await cdk(account, 'drift', '--fail');
    expect(output).toMatch(/Unit[^]*knots[^]*mph/);
    expect(code).toBe(1);
  });

  test('destroys what it has deployed', async () => {
    const { code, output } = await cdk(account, 'destroy', '--all', '--force');
    expect(output).toMatch(/Work: destroyed[^]*Data: destroyed/);
    expect(code).toBe(0);
    expect([stackNamed('Data'), stackNamed('Work')]).toEqual([undefined, undefined]);
  });
});
