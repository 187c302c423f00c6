import { CloudFormationClient, CreateStackCommand, DetectStackDriftCommand } from '@aws-sdk/client-cloudformation';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GetActivityTaskCommand, ListMapRunsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { type Sandbox, openSandbox } from '../../src/sandbox.ts';
import { sandboxWith } from '../../src/testing/literals.ts';
import { clientOf, credentialsAs } from '../sts/callers.ts';
import { callsOn, notCalled, type Subjects } from './calls.ts';
import {
  account,
  activityArn,
  allArn,
  connectionArn,
  guard,
  machineArn,
  policyArn,
  resources,
  linkArn,
  sinkArn,
} from './deployed.ts';

/** The first Python that has botocore; Debian's package `python3-botocore` is for that of the system. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import botocore.session']).status === 0,
);
const organization = {
  id: 'o-simulated1',
  managementAccount: account,
  accounts: [{ id: account, name: 'one', email: 'one@example.com', unit: 'Workloads' }],
};

/** Botocore's name of a service where it is not the one that requests are signed for. */
const botocoreNames: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  servicequotas: 'service-quotas',
  states: 'stepfunctions',
};

/** A sandbox that is served until the test ends. */
async function served(): Promise<Sandbox> {
  const sandbox = await sandboxWith([{ account, resources: resources() }], { organization });
  sandbox.connections.set({ arn: connectionArn, name: 'one', provider: 'GitHub', status: 'AVAILABLE' });
  sandbox.observability.sinks = [{ arn: sinkArn, name: 'sink', account, region: 'us-east-1', properties: {} }];
  sandbox.observability.links = [{ arn: linkArn, account, sinkArn, resourceTypes: [], properties: {} }];
  sandbox.identities.setManagedPolicy(policyArn, { name: 'guard', document: guard });
  const over = new AbortController();
  const serving = sandbox.serve(over.signal);
  onTestFinished(async () => {
    over.abort();
    await serving;
  });
  return sandbox;
}

/** Executions that ended, failed and wait, and two uploads in parts. */
async function subjectsIn(sandbox: Sandbox): Promise<Subjects> {
  const client = new SFNClient(clientOf(sandbox, credentialsAs(sandbox, allArn)));
  const executionArn = await started(client, machineArn);
  const failedArn = await started(client, machineArn.replace(/machine$/, 'broken'));
  for (const arn of [executionArn, failedArn])
    await expect.poll(() => sandbox.executions.get(arn)?.outcome, { timeout: 30_000 }).toBeDefined();
  const openArn = await started(client, machineArn.replace(/machine$/, 'open'));
  const taskTokens: string[] = [];
  for (let worker = 0; worker < 2; worker += 1) {
    const { taskToken = '' } = await client.send(new GetActivityTaskCommand({ activityArn }));
    taskTokens.push(taskToken);
  }
  const owner = { kind: 'role', account, roleArn: allArn, sessionArn: 'session' } as const;
  const uploadIds = ['whole', 'kept'].map(
    (key) =>
      sandbox.storage.uploads.create(owner, { bucket: 'winds', key, headers: {}, announced: undefined }).uploadId,
  );
  const winds = 'arn:aws:logs:us-east-1:' + account + ':log-group:winds:*';
  sandbox.logGroups.write(winds, 'one', [{ timestamp: sandbox.simulation.now(), message: '{"a":1}' }]);
  const [mapRunArn, openMapRunArn] = [await mapRunOf(client, executionArn), await mapRunOf(client, openArn)];
  const driftDetectionId = await detectedDrift(sandbox);
  return { executionArn, failedArn, mapRunArn, openMapRunArn, taskTokens, uploadIds, driftDetectionId };
}

async function detectedDrift(sandbox: Sandbox): Promise<string> {
  const client = new CloudFormationClient(clientOf(sandbox, credentialsAs(sandbox, allArn)));
  const Resources = { Logs: { Type: 'AWS::Logs::LogGroup' } };
  const StackName = 'drifting';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await sandbox.cloudFormation.settled();
  const { StackDriftDetectionId = '' } = await client.send(new DetectStackDriftCommand({ StackName }));
  return StackDriftDetectionId;
}

async function started(client: SFNClient, stateMachineArn: string): Promise<string> {
  const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'one' }));
  return executionArn;
}

async function mapRunOf(client: SFNClient, executionArn: string): Promise<string> {
  const { mapRuns: [mapRun] = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
  return mapRun?.mapRunArn ?? '';
}

test('every operation of every service is called', async () => {
  const sandbox = await openSandbox();
  onTestFinished(() => sandbox.close());
  const answered = [...sandbox.operations].flatMap(([signed, operations]) =>
    operations.map((operation) => `${botocoreNames[signed] ?? signed} ${operation}`),
  );
  const arns = { executionArn: '', failedArn: '', mapRunArn: '', openMapRunArn: '' };
  const nothing = { ...arns, taskTokens: [], uploadIds: [], driftDetectionId: '' };
  const called = new Set(callsOn(nothing).map(([client, operation]) => `${client} ${operation}`));
  expect([...called, ...Object.keys(notCalled)].sort()).toEqual(answered.sort());
});

test.skipIf(python === undefined)(
  "every answer passes botocore's output shapes (skipped where botocore is not installed)",
  async () => {
    const sandbox = await served();
    const calls = callsOn(await subjectsIn(sandbox));
    const { accessKeyId, secretAccessKey, sessionToken } = credentialsAs(sandbox, allArn);
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: sandbox.endpointUrl,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    const output = await new Promise<string>((resolve) => {
      const script = join(import.meta.dirname, 'shapes.py');
      const child = execFile(python ?? '', [script], { env }, (_, stdout, stderr) => {
        resolve(stdout + stderr);
      });
      child.stdin?.end(JSON.stringify(calls));
    });
    expect(output).toBe(`${calls.length} answers\n`);
  },
);
