import { CloudFormationClient, CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAdminRole, adminRoleName } from '@crosswind/sandbox/iam/operator-role';
import { type DeniedCall, openSandbox, type Sandbox } from '@crosswind/sandbox/sandbox';
import { allow } from '@crosswind/sandbox/testing/literals';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { settings } from '../clients.ts';
import type { Credentials } from '../served-sandbox.ts';
import { app, cdk as runCdk, type FinishedCdk } from './cdk.ts';

const accounts = ['111111111111', '222222222222'] as const;
const [account, narrow] = accounts;
const region = 'us-east-1';

let sandbox: Sandbox;
const denied: DeniedCall[] = [];
const over = new AbortController();
let serving: Promise<void>;

/** Variables of a process of an administrator of the account. */
function adminOf(id: string): Credentials {
  const sessionArn = `arn:aws:sts::${id}:assumed-role/${adminRoleName}/person`;
  const roleArn = `arn:aws:iam::${id}:role/${adminRoleName}`;
  const credentials = sandbox.sessions.credentials({ kind: 'role', roleArn, sessionArn, account: id });
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: sandbox.endpointUrl,
  };
}

const cdk = (id: string, ...args: readonly string[]): Promise<FinishedCdk> => runCdk(adminOf(id), ...args);

beforeAll(async () => {
  sandbox = await openSandbox({ onDenied: (call) => denied.push(call) });
  for (const id of accounts) addAdminRole(sandbox.identities, { account: id, partition: 'aws' });
  serving = sandbox.serve(over.signal);
});

afterAll(async () => {
  over.abort();
  await serving;
  await sandbox.close();
});

const stackNamed = (name: string, id: string = account) =>
  sandbox.cloudFormation.stacks.find({ account: id, region }, name);
const physicalId = (stack: string, prefix: string, id?: string): string | undefined =>
  [...(stackNamed(stack, id)?.resources.values() ?? [])].find(({ logicalId }) => logicalId.startsWith(prefix))
    ?.physicalId;

/** Policy of the deployments in the second account. */
const policyArn = `arn:aws:iam::${narrow}:policy/deployment`;

/** Makes that policy, or changes it. */
async function writePolicy(...statements: readonly object[]): Promise<void> {
  const client = new CloudFormationClient(settings(adminOf(narrow)));
  const PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const Policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'deployment', PolicyDocument } };
  const input = {
    StackName: 'Policies',
    TemplateBody: JSON.stringify({ Resources: { Policy } }),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  };
  await client.send(stackNamed('Policies', narrow) ? new UpdateStackCommand(input) : new CreateStackCommand(input));
  await sandbox.cloudFormation.settled();
  client.destroy();
}

/** All that a deployment of the stack `Data` does but write its parameter. */
const data = [allow(['dynamodb:*', 'sqs:*', 'ssm:GetParameters'])];

describe('the unmodified command line of the CDK', { timeout: 60_000 }, () => {
  test.each([
    [account, []],
    [narrow, ['--cloudformation-execution-policies', policyArn]],
  ])('bootstraps the empty account %s', async (id, options) => {
    if (id === narrow) await writePolicy(...data);
    const { code, output } = await cdk(id, 'bootstrap', `aws://${id}/${region}`, ...options);
    expect(output).toContain(`Environment aws://${id}/${region} bootstrapped`);
    expect(code).toBe(0);
  });

  const assembly = temporaryDirectory();
  const same = ['--app', assembly];
  const unattended = ['--require-approval', 'never'];

  test('deploys an app of two stacks, whose workflow runs', async () => {
    const { code, output } = await cdk(account, 'deploy', '--all', ...unattended, '--app', app, '--output', assembly);
    expect(output).toMatch(/✅ {2}Data[^]*✅ {2}Work/);
    expect(code).toBe(0);
    const stateMachineArn = stackNamed('Work')?.outputs[0]?.value ?? '';
    const started = sandbox.executions.start({ stateMachineArn, name: 'run', input: {} });
    if (!started.ok) throw new Error(started.message);
    await expect.poll(() => started.execution.outcome, { timeout: 20_000 }).toBeDefined();
    expect(started.execution.outcome).toMatchObject({ output: { table: physicalId('Data', 'Winds') } });
  });

  test('deploys the same app again, and nothing changes', async () => {
    const { code, output } = await cdk(account, 'deploy', '--all', ...unattended, ...same);
    expect(output).toMatch(/Data \(no changes\)[^]*Work \(no changes\)/);
    expect(code).toBe(0);
  });

  const otherAssembly = temporaryDirectory();
  const changed = ['--app', otherAssembly];

  test.each([
    ['without a difference', same, 0],
    ['with one', ['--context', 'key=name', '--context', 'seconds=60', '--app', app, '--output', otherAssembly], 1],
  ])('has the exit code of a difference: %s', async (_, options, code) => {
    expect((await cdk(account, 'diff', '--fail', ...options)).code).toBe(code);
  });

  test('does not replace a resource while another stack imports its name', async () => {
    const before = physicalId('Data', 'Winds');
    const { code, output } = await cdk(account, 'deploy', '--all', ...unattended, '--exclusively', ...changed);
    expect(output).toMatch(/Export Data:ExportsOutputRefWinds\w+ cannot be updated as it is in use by Work/);
    expect(code).toBe(1);
    expect(stackNamed('Data')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(physicalId('Data', 'Winds')).toBe(before);
  });

  test('finds drift once somebody has changed a resource past CloudFormation', async () => {
    const still = await cdk(account, 'drift', '--fail', ...same);
    expect(still).toMatchObject({ code: 0 });
    const client = new SSMClient(settings(adminOf(account)));
    await client.send(new PutParameterCommand({ Name: '/letters/unit', Value: 'mph', Overwrite: true }));
    client.destroy();
    const { code, output } = await cdk(account, 'drift', '--fail', ...same);
    expect(output).toMatch(/Unit[^]*knots[^]*mph/);
    expect(code).toBe(1);
  });

  test('destroys what it has deployed', async () => {
    const { code, output } = await cdk(account, 'destroy', '--all', '--force', ...same);
    expect(output).toMatch(/Work: destroyed[^]*Data: destroyed/);
    expect(code).toBe(0);
    expect([stackNamed('Data'), stackNamed('Work')]).toEqual([undefined, undefined]);
  });

  const narrowAssembly = temporaryDirectory();

  test('fails with the action that the policy of deployments lacks, and leaves nothing', async () => {
    const options = ['--app', app, '--output', narrowAssembly];
    const { code, output } = await cdk(narrow, 'deploy', 'Data', ...unattended, ...options);
    const role = `cdk-hnb659fds-cfn-exec-role-${narrow}-${region}`;
    expect(output).toContain(
      `User: arn:aws:sts::${narrow}:assumed-role/${role}/AWSCloudFormation is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:${region}:${narrow}:parameter/letters/unit because no identity-based policy allows the ssm:PutParameter action`,
    );
    expect(output).toMatch(/❌ {2}Data failed to deploy\n.*Resource updates failed:/);
    expect(code).toBe(1);
    expect(stackNamed('Data', narrow)?.status).toBe('ROLLBACK_COMPLETE');
  });

  test('succeeds once that policy has the statements that the sandbox reports', async () => {
    const missing = denied.flatMap(({ denied: decision }) => (decision.kind === 'implicit deny' ? decision.mends : []));
    await writePolicy(...data, ...missing.map(({ statement }) => statement));
    const { code } = await cdk(narrow, 'deploy', 'Data', ...unattended, '--app', narrowAssembly);
    expect(code).toBe(0);
    expect(stackNamed('Data', narrow)?.status).toBe('CREATE_COMPLETE');
  });

  test('replaces a resource that no other stack imports', async () => {
    const before = physicalId('Data', 'Winds', narrow);
    const { code, output } = await cdk(narrow, 'deploy', 'Data', ...unattended, '--context', 'key=name', '--app', app);
    expect(output).toMatch(/DELETE_COMPLETE +\| AWS::DynamoDB::Table[^]*✅ {2}Data/);
    expect(code).toBe(0);
    expect(physicalId('Data', 'Winds', narrow)).not.toBe(before);
  });
});
