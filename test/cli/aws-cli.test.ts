import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { aws } from './aws.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Credentials, type ServedSandbox, servedSandbox } from './served-sandbox.ts';

const isInstalled = spawnSync('aws', ['--version']).status === 0;
const childAccount = '444444444444';
const parentMachine = 'arn:aws:states:us-east-1:333333333333:stateMachine:crosswind-word-count-parent';
const childMachine = `arn:aws:states:us-east-1:${childAccount}:stateMachine:crosswind-word-count-child`;

describe.skipIf(!isInstalled)('the AWS CLI (skipped where `aws` is not installed)', () => {
  let served: ServedSandbox;
  let parent: Credentials;
  let child: Credentials;
  beforeAll(async () => {
    served = await servedSandbox();
    parent = await served.credentials('word-parent-dev');
    child = await served.credentials('word-child-dev');
  });
  afterAll(() => served.stop());

  const text = (variables: Credentials, query: string, ...args: readonly string[]) =>
    aws(variables, ...args, '--query', query, '--output', 'text');

  test('knows who it is', async () => {
    expect(await text(child, 'Account', 'sts', 'get-caller-identity')).toBe(childAccount);
  });

  test('starts the parent, waits, reads history and Map Run, and fetches the results', async () => {
    const start = ['stepfunctions', 'start-execution', '--state-machine-arn', parentMachine];
    const execution = await text(parent, 'executionArn', ...start);
    const status = () => text(parent, 'status', 'stepfunctions', 'describe-execution', '--execution-arn', execution);
    while ((await status()) === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await status()).toBe('SUCCEEDED');
    const history = ['stepfunctions', 'get-execution-history', '--execution-arn', execution];
    expect((await text(parent, 'events[].type', ...history)).split('\t')).toContain('TaskSubmitted');

    const list = ['stepfunctions', 'list-executions', '--state-machine-arn', childMachine];
    const started = await text(child, 'executions[0].executionArn', ...list);
    const mapRuns = ['stepfunctions', 'list-map-runs', '--execution-arn', started];
    const mapRun = await text(child, 'mapRuns[0].mapRunArn', ...mapRuns);
    const describeRun = ['stepfunctions', 'describe-map-run', '--map-run-arn', mapRun];
    expect(await text(child, 'itemCounts.succeeded', ...describeRun)).toBe('210');

    const bucket = /\S+childresults\S+/.exec(await aws(child, 's3', 'ls'))?.[0] ?? '';
    const folder = temporaryDirectory();
    await aws(child, 's3', 'sync', `s3://${bucket}/executions`, folder);
    const listed = await aws(child, 's3', 'ls', '--recursive', `s3://${bucket}/executions/`);
    const [file = ''] = /\S+summary\.json/.exec(listed) ?? [];
    expect(JSON.parse(readFileSync(join(folder, file.replace('executions/', '')), 'utf8'))).toMatchObject({
      objects: 210,
    });
  });

  test('finds the logs of state machine and functions, also as `logs tail` of version 2 asks for them', async () => {
    const groups = await text(child, 'logGroups[].logGroupName', 'logs', 'describe-log-groups');
    const machineGroup = '/aws/vendedlogs/states/crosswind-word-count-child';
    expect(groups.split('\t')).toContain(machineGroup);
    const functionGroup = groups.split('\t').find((name) => name.startsWith('crosswind-word-count-child-')) ?? '';
    const streams = ['logs', 'describe-log-streams', '--log-group-name', functionGroup];
    const stream = await text(child, 'logStreams[0].logStreamName', ...streams);
    const get = ['logs', 'get-log-events', '--log-group-name', functionGroup, '--log-stream-name', stream];
    expect(await text(child, 'events[0].message', ...get, '--start-from-head')).toMatch(/^START RequestId: /);
    const filter = ['logs', 'filter-log-events', '--log-group-name', machineGroup];
    const pattern = ['--filter-pattern', '{ $.type = "MapRunSucceeded" }'];
    expect(await text(child, 'length(events)', ...filter, ...pattern)).toBe('1');
    const since = ['--interleaved', '--start-time', String(Date.now() - 86_400_000)];
    expect(await aws(child, ...filter, ...since)).toContain('ExecutionSucceeded');
    await expect(aws(child, 'logs', 'filter-log-events', '--log-group-name', 'none')).rejects.toThrow(
      /\(ResourceNotFoundException\)/,
    );
  });

  test('reads in parts what is large, and is denied what it may not', async () => {
    const bucket = /\S+childsource\S+/.exec(await aws(child, 's3', 'ls'))?.[0] ?? '';
    const folder = temporaryDirectory();
    const listed = await aws(child, 's3', 'ls', '--recursive', `s3://${bucket}/texts/`);
    const key = /texts\/\S+/.exec(listed)?.[0] ?? '';
    const config = join(folder, 'config');
    writeFileSync(config, '[default]\ns3 =\n  multipart_threshold = 16KB\n  multipart_chunksize = 16KB\n');
    const copy = join(folder, 'copy');
    await aws({ ...child, AWS_CONFIG_FILE: config }, 's3', 'cp', `s3://${bucket}/${key}`, copy);
    expect(readFileSync(copy, 'utf8').split('\n').length).toBeGreaterThan(300);
    await expect(aws(child, 's3', 'cp', copy, `s3://${bucket}/mine`)).rejects.toThrow(
      /\(AccessDenied\).*s3:PutObject/s,
    );
    await expect(aws(child, 'stepfunctions', 'start-execution', '--state-machine-arn', parentMachine)).rejects.toThrow(
      /\(AccessDeniedException\).*is not authorized to perform: states:StartExecution/s,
    );
    const guessed = { ...child, AWS_SECRET_ACCESS_KEY: 'guessed' };
    await expect(aws(guessed, 's3', 'ls')).rejects.toThrow('(SignatureDoesNotMatch)');
    await expect(aws(guessed, 'sts', 'get-caller-identity')).rejects.toThrow('(SignatureDoesNotMatch)');
    await expect(aws(guessed, 'stepfunctions', 'list-state-machines')).rejects.toThrow('(InvalidSignatureException)');
  });

  test('writes where it may: files large and small, each once', async () => {
    const sandbox = await openSandbox({ port: 0 });
    onTestFinished(() => sandbox.close());
    const { identities, sessions, storage } = sandbox;
    const arn = `arn:aws:iam::${childAccount}:role/writer`;
    const role = identities.addRole({ arn, name: 'writer', account: childAccount, trust: { Statement: [] } });
    role.policies.push({ name: 'all', document: { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } } });
    const sessionArn = `arn:aws:sts::${childAccount}:assumed-role/writer/test`;
    const session = sessions.credentials({ kind: 'role', roleArn: arn, sessionArn, account: childAccount });
    storage.createBucket({ name: 'winds', account: childAccount, region: 'us-east-1' });
    const writer = {
      ...child,
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
      AWS_ENDPOINT_URL: sandbox.endpointUrl,
    };
    const folder = temporaryDirectory();
    // Above 8 MB the AWS CLI uploads and downloads in parts.
    writeFileSync(join(folder, 'large'), Buffer.alloc(9_000_000, 'wind'));
    writeFileSync(join(folder, "ä b+(1)'"), 'breeze');
    const sync = () => aws(writer, 's3', 'sync', folder, 's3://winds/tree', '--no-progress');
    expect((await sync()).split('\n')).toHaveLength(2);
    expect(await sync()).toBe('');
    const { objects } = storage.bucket('winds') ?? {};
    expect(objects?.get('tree/large')?.digest?.parts).toBe(2);
    const back = temporaryDirectory();
    await aws(writer, 's3', 'cp', '--recursive', 's3://winds/tree', back);
    for (const name of ['large', "ä b+(1)'"]) {
      expect(readFileSync(join(back, name)).equals(readFileSync(join(folder, name)))).toBe(true);
    }
    await aws(writer, 's3', 'rm', '--recursive', 's3://winds/tree');
    expect(objects?.size).toBe(0);
  });
});
