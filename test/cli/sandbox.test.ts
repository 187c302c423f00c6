import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { ended, settings } from './clients.ts';
import { crosswind, crosswindIn } from './crosswind.ts';
import { type Credentials, type ServedSandbox, servedSandbox, spawnedSandbox } from './served-sandbox.ts';

const file = ['--file', platformFile];
const parentAccount = '333333333333';
const childAccount = '444444444444';
const parentMachine = `arn:aws:states:us-east-1:${parentAccount}:stateMachine:crosswind-word-count-parent`;
const childMachine = `arn:aws:states:us-east-1:${childAccount}:stateMachine:crosswind-word-count-child`;

describe('crosswind sandbox', () => {
  let served: ServedSandbox;
  let parent: Credentials;
  let child: Credentials;
  beforeAll(async () => {
    served = await servedSandbox();
    parent = await served.credentials('word-parent-dev');
    child = await served.credentials(childAccount);
  });
  afterAll(() => served.stop());

  test('says in one line that it is ready, and on standard error how to get credentials', () => {
    expect(served.stdout()).toBe(`ready at ${served.url}\n`);
    expect(served.stderr()).toContain('generated 210 texts');
    const { port } = new URL(served.url);
    expect(served.stderr()).toContain(`eval "$(npx crosswind credentials word-parent-dev --port ${port})"`);
  });

  test('runs nothing by itself', async () => {
    for (const [variables, stateMachineArn] of [
      [parent, parentMachine],
      [child, childMachine],
    ] as const) {
      const client = new SFNClient(settings(variables));
      expect((await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions).toEqual([]);
    }
  });

  test('knows who has which credentials', async () => {
    const whoAmI = async (account: string, ...role: readonly string[]) => {
      const client = new STSClient(settings(await served.credentials(account, ...role)));
      return (await client.send(new GetCallerIdentityCommand({}))).Arn;
    };
    const session = (account: string, role: string) => `arn:aws:sts::${account}:assumed-role/${role}/crosswind`;
    expect(await whoAmI('monitoring')).toBe(session('222222222222', 'crosswind-sandbox-operator'));
    expect(await whoAmI(childAccount, 'crosswind-word-count-target')).toBe(
      session(childAccount, 'crosswind-word-count-target'),
    );
    await expect(whoAmI(childAccount, 'nobody')).rejects.toThrow(
      /has no role "nobody"; expected one of these:\n.*crosswind-sandbox-operator/s,
    );
  });

  test('lets clients run the parent, follow the child and fetch the results', async () => {
    const { status } = await ended(new SFNClient(settings(parent)), parentMachine);
    expect(status).toBe('SUCCEEDED');
    const states = new SFNClient(settings(child));
    const { executions: [execution] = [] } = await states.send(
      new ListExecutionsCommand({ stateMachineArn: childMachine }),
    );
    const { mapRuns: [mapRun] = [] } = await states.send(
      new ListMapRunsCommand({ executionArn: execution?.executionArn }),
    );
    const { itemCounts } = await states.send(new DescribeMapRunCommand({ mapRunArn: mapRun?.mapRunArn }));
    expect(itemCounts).toMatchObject({ total: 210, succeeded: 210 });
    const s3 = new S3Client(settings(child));
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const Bucket = Buckets.find(({ Name = '' }) => Name.includes('childresults'))?.Name;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'executions/' }));
    const Key = Contents.find(({ Key: key = '' }) => key.endsWith('/summary.json'))?.Key;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({ objects: 210 });
  });

  test('denies what the policies deny, in the form of AWS', async () => {
    const client = new SFNClient(settings(child));
    const start = client.send(new StartExecutionCommand({ stateMachineArn: parentMachine }));
    await expect(start).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: states:StartExecution') as string,
    });
  });

  test("lets the pipeline's account run a tenant as the pipeline does", async () => {
    const operator = { ...(await served.credentials('tooling')) };
    const { code, stdout } = await crosswindIn(operator, 'run', 'word-count', '--wave', 'dev', '--sample', ...file);
    expect(stdout).toContain('map run: 0 of 0 items');
    expect(code).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind on %s', async (signal) => {
    const another = await spawnedSandbox('--objects', '20');
    const left = () => readdirSync(another.temporary).filter((name) => name.startsWith('crosswind-'));
    expect(left()).toHaveLength(1);
    expect(await another.stop(signal)).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(left()).toEqual([]);
    await expect(fetch(another.url)).rejects.toThrow();
  });
});

describe('crosswind sandbox', () => {
  test('with --json says where in JSON', async () => {
    const served = await servedSandbox('--objects', '20', '--json');
    const { port } = new URL(served.url);
    expect(served.stdout()).toMatch(/^.*\n$/);
    expect(JSON.parse(served.stdout())).toEqual({ simulated: true, url: served.url, port: Number(port) });
    await served.stop();
  });

  test('serves a platform from which a permission was taken', async () => {
    const served = await servedSandbox('--objects', '20', '--break', 'trust');
    const { status, cause } = await ended(
      new SFNClient(settings(await served.credentials('word-parent-dev'))),
      parentMachine,
    );
    expect([status, cause]).toEqual(['FAILED', expect.stringContaining('not authorized to assume')]);
    await served.stop();
  });

  test('says at once that a port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await crosswind(
      ...['sandbox', ...file, '--port', String(port), '--assembly', inject('assembly')],
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`port ${port} of 127.0.0.1 is taken: give another one, or --port 0 for any that is free\n`);
    await new Promise((resolve) => other.close(resolve));
  });

  test.each([
    ['where a run is written, as it runs none', ['--out', 'x'], "unknown option '--out'"],
    ['generated texts and another at once', ['--objects', '3', '--text', 'word'], 'give one of them'],
    ['what is no port', ['--port', 'http'], 'It must be a port, 0 to 65535'],
    ['nothing', ['--port', ''], 'It must be a port, 0 to 65535'],
    ['too large a port', ['--port', '65536'], 'It must be a port, 0 to 65535'],
  ])('refuses %s', async (_, args, message) => {
    const { code, stdout, stderr } = await crosswind('sandbox', ...file, '--port', '0', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
