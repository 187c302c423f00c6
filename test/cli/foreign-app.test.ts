import { spawnSync } from 'node:child_process';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws } from './aws.ts';
import { ended, settings } from './clients.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';
import { backAccount, existingRoleArn, frontAccount, machineArn, synthesizeForeignApp } from './foreign-app.ts';
import { type Credentials, type ServedSandbox, servedApp } from './served-sandbox.ts';

const file = ['--file', platformFile];
const assembly = temporaryDirectory();
const table = `AWS can, the sandbox cannot: AWS::DynamoDB::Table Greetings in ${backAccount}`;

describe('an app that is not this platform', () => {
  let served: ServedSandbox;
  let front: Credentials;
  let back: Credentials;
  beforeAll(async () => {
    synthesizeForeignApp(assembly);
    served = await servedApp(assembly);
    front = await served.credentials(frontAccount);
    back = await served.credentials(backAccount);
  });
  afterAll(() => served.stop());

  test('is served without a pipeline and a platform.yaml', () => {
    expect(served.stdout()).toBe(`ready at ${served.url}\n`);
    expect(served.stderr()).toContain('deployed 3 stacks to 2 simulated accounts');
  });

  test('names once what the sandbox cannot simulate', () => {
    const named = served
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('AWS can, the sandbox cannot'));
    expect(named).toEqual([
      table,
      `AWS can, the sandbox cannot: AWS::Lambda::Function Python in ${backAccount}: the sandbox runs Node.js only, not the runtime python3.13`,
      expect.stringContaining('AWS::StepFunctions::StateMachine storing in 222222222222: state "Put"') as string,
      `AWS can, the sandbox cannot: AWS::IAM::Policy Existing/Policy in ${backAccount}: the role ${existingRoleArn} exists outside this assembly`,
      `AWS can, the sandbox cannot: AWS::DynamoDB::Table Elsewhere in ${frontAccount}`,
    ]);
  });

  test('has a stated account and region for a stack that leaves them open', () => {
    expect(served.stderr()).toContain(
      'stack Anywhere leaves account or region open: it runs in 111111111111 and us-east-1',
    );
  });

  test('has the region of its stacks in credentials by account id', () => {
    expect([front.AWS_REGION, back.AWS_REGION]).toEqual(['eu-west-1', 'eu-west-1']);
  });

  test('starts a workflow in another account, which calls a function whose code is in the template', async () => {
    const { status, output } = await ended(new SFNClient(settings(front)), machineArn(frontAccount, 'front'), {
      name: 'wind',
    });
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toMatchObject({ Output: { greeting: 'hello wind' } });
  });

  test.each([
    ['a table', 'storing', table],
    ['a function of another runtime', 'snake', 'AWS can, the sandbox cannot: AWS::Lambda::Function Python in'],
  ])('fails with the name of %s when a task reaches it', async (_, name, cause) => {
    expect(await ended(new SFNClient(settings(back)), machineArn(backAccount, name))).toMatchObject({
      status: 'FAILED',
      error: 'Sandbox.NotSimulated',
      cause: expect.stringContaining(cause) as string,
    });
  });

  test('answers for one account only', async () => {
    const client = new SFNClient(settings(front));
    const other = new DescribeStateMachineCommand({ stateMachineArn: machineArn(backAccount, 'greeter') });
    await expect(client.send(other)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  const isInstalled = spawnSync('aws', ['--version']).status === 0;
  test.skipIf(!isInstalled)('answers the AWS CLI: a table is named, or the permission that is missing', async () => {
    await expect(aws(back, 'dynamodb', 'describe-table', '--table-name', 'greetings')).rejects.toThrow(table);
    const put = aws(back, 'dynamodb', 'put-item', '--table-name', 'greetings', '--item', '{}');
    await expect(put).rejects.toThrow(/not authorized to perform: dynamodb:PutItem on resource: .*:table\/greetings/);
  });
});

describe('crosswind sandbox --assembly of another app', () => {
  test('with --strict refuses what the sandbox cannot simulate', async () => {
    const { code, stdout, stderr } = await crosswind(
      ...['sandbox', ...file, '--assembly', assembly, '--port', '0', '--strict'],
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'the deployment was refused: Back/Greetings/Resource (AWS::DynamoDB::Table) in account 222222222222: NotSupported: the sandbox does not know the type AWS::DynamoDB::Table',
    );
  });

  test.each([
    ['options of a workload', ['--objects', '5'], "unknown option '--objects'"],
    ['a tenant', ['--tenant', 'word-count'], '--tenant is for this platform, and'],
    ['a wave', ['--wave', 'dev'], '--wave is for this platform, and'],
    ['a fault', ['--break', 'trust'], '--break is for this platform, and'],
  ])('refuses %s, which belong to the platform', async (_, args, message) => {
    const { code, stderr } = await crosswind('sandbox', ...file, '--assembly', assembly, '--port', '0', ...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test('is the way that crosswind start names for it', async () => {
    const { code, stderr } = await crosswind('start', ...file, '--assembly', assembly, '--out', temporaryDirectory());
    expect(code).toBe(1);
    expect(stderr).toContain(
      'is not this platform: expected a pipeline named crosswind; `crosswind sandbox --assembly`',
    );
  });
});
