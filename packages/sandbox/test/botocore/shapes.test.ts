import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DescribeMapRunCommand, ListMapRunsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  bucket,
  lambda,
  lambdaFunction,
  type Resources,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';
import { atOne, countMetric } from '../cloudwatch/alarm/watching.ts';
import { clientOf, credentialsAs } from '../sts/callers.ts';

/** The first Python that has botocore; Debian's package `python3-botocore` is for that of the system. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import botocore.session']).status === 0,
);
const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:machine`;
const activityArn = `arn:aws:states:us-east-1:${account}:activity:work`;
const organization = {
  id: 'o-simulated1',
  managementAccount: account,
  accounts: [{ id: account, name: 'one', email: 'one@example.com', unit: 'Workloads' }],
};

const items = {
  Type: 'Map',
  Label: 'items',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Item',
    States: { Item: { Type: 'Pass', End: true } },
  },
  Items: [1, 2],
  Next: 'Call',
};
const call = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'hello', Payload: {} },
  Next: 'List',
};
const list = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
  Arguments: { Bucket: 'winds' },
  End: true,
};

const resources = (): Resources => ({
  All: role('all', lambda, allow('*')),
  MachineRole: role('machine', states, allow('*')),
  FunctionRole: role('function', lambda, allow('*')),
  Hello: lambdaFunction('hello', 'export const handler = () => "hello";'),
  Machine: stateMachine('machine', { Items: items, Call: call, List: list }),
  Work: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'work' } },
  Winds: bucket('winds'),
  Site: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/site', Type: 'String', Value: 'hill' } },
  One: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'one', ...countMetric, ...atOne } },
  Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'both', AlarmRule: 'ALARM(one)' } },
  Fleet: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: 'fleet',
      DashboardBody: '{"widgets":[{"type":"text","properties":{"markdown":"x"}}]}',
    },
  },
});

const upload = { Bucket: 'winds', Key: 'whole' };
const metric = { Namespace: 'AWS/States', MetricName: 'ExecutionsSucceeded' };
const hours = { StartTime: '2026-01-02T03:00:00Z', EndTime: '2026-01-02T09:00:00Z' };

/** A call of every operation that answers over HTTP. */
const callsOn = (
  executionArn: string,
  mapRunArn: string,
  UploadId: string,
): readonly [string, string, JsonObject][] => [
  ['stepfunctions', 'DescribeActivity', { activityArn }],
  ['stepfunctions', 'DescribeExecution', { executionArn }],
  ['stepfunctions', 'DescribeMapRun', { mapRunArn }],
  ['stepfunctions', 'DescribeStateMachine', { stateMachineArn: machineArn }],
  ['stepfunctions', 'DescribeStateMachineForExecution', { executionArn }],
  ['stepfunctions', 'GetExecutionHistory', { executionArn }],
  ['stepfunctions', 'GetExecutionHistory', { executionArn, includeExecutionData: false }],
  ['stepfunctions', 'ListActivities', {}],
  ['stepfunctions', 'ListExecutions', { stateMachineArn: machineArn }],
  ['stepfunctions', 'ListExecutions', { mapRunArn }],
  ['stepfunctions', 'ListMapRuns', { executionArn }],
  ['stepfunctions', 'ListStateMachines', {}],
  ['stepfunctions', 'StartExecution', { stateMachineArn: machineArn, name: 'two' }],
  ['stepfunctions', 'StopExecution', { executionArn: executionArn.replace(/one$/, 'two') }],
  ['stepfunctions', 'ValidateStateMachineDefinition', { definition: '{"StartAt":"A","States":{}}' }],
  ['cloudwatch', 'DescribeAlarms', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }],
  ['cloudwatch', 'DescribeAlarmHistory', {}],
  ['cloudwatch', 'GetDashboard', { DashboardName: 'fleet' }],
  [
    'cloudwatch',
    'GetMetricData',
    { ...hours, MetricDataQueries: [{ Id: 'm', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } }] },
  ],
  ['cloudwatch', 'GetMetricStatistics', { ...hours, ...metric, Period: 60, Statistics: ['Sum'] }],
  ['cloudwatch', 'ListDashboards', {}],
  ['cloudwatch', 'ListMetrics', { IncludeLinkedAccounts: true }],
  ['lambda', 'Invoke', { FunctionName: 'hello' }],
  ['organizations', 'DescribeOrganization', {}],
  ['organizations', 'ListRoots', {}],
  ['organizations', 'ListOrganizationalUnitsForParent', { ParentId: 'r-sim1' }],
  ['organizations', 'ListAccountsForParent', { ParentId: 'ou-sim1-00000000' }],
  ['ssm', 'GetParameter', { Name: '/site' }],
  ['sts', 'GetCallerIdentity', {}],
  ['s3', 'ListBuckets', {}],
  ['s3', 'HeadBucket', { Bucket: 'winds' }],
  ['s3', 'PutObject', { Bucket: 'winds', Key: 'a/b', Body: 'breeze' }],
  ['s3', 'ListObjects', { Bucket: 'winds', Prefix: '', Delimiter: '/' }],
  ['s3', 'ListObjectsV2', { Bucket: 'winds' }],
  ['s3', 'GetObject', { Bucket: 'winds', Key: 'a/b', Range: 'bytes=0-1' }],
  ['s3', 'HeadObject', { Bucket: 'winds', Key: 'a/b', ChecksumMode: 'ENABLED' }],
  ['s3', 'GetObjectTagging', { Bucket: 'winds', Key: 'a/b' }],
  ['s3', 'CopyObject', { Bucket: 'winds', Key: 'c', CopySource: 'winds/a/b' }],
  ['s3', 'CreateMultipartUpload', upload],
  ['s3', 'UploadPart', { ...upload, UploadId, PartNumber: 1, Body: 'breeze' }],
  ['s3', 'UploadPartCopy', { ...upload, UploadId, PartNumber: 2, CopySource: 'winds/a/b' }],
  ['s3', 'ListParts', { ...upload, UploadId }],
  ['s3', 'AbortMultipartUpload', { ...upload, UploadId }],
  ['s3', 'DeleteObjects', { Bucket: 'winds', Delete: { Objects: [{ Key: 'a/b' }] } }],
  ['s3', 'DeleteObject', { Bucket: 'winds', Key: 'c' }],
];

/** A served sandbox in which a machine with a Map Run has ended. */
async function served(): Promise<{ sandbox: Sandbox; executionArn: string; mapRunArn: string; UploadId: string }> {
  const sandbox = await sandboxWith([{ account, resources: resources() }], { organization });
  const over = new AbortController();
  const serving = sandbox.serve(over.signal);
  onTestFinished(async () => {
    over.abort();
    await serving;
  });
  const client = new SFNClient(clientOf(sandbox, credentialsAs(sandbox, `arn:aws:iam::${account}:role/all`)));
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one' }),
  );
  while (sandbox.executions.get(executionArn)?.outcome === undefined)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const { mapRuns: [mapRun] = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
  const { mapRunArn = '' } = await client.send(new DescribeMapRunCommand({ mapRunArn: mapRun?.mapRunArn }));
  const owner = { kind: 'role', account, roleArn: `arn:aws:iam::${account}:role/all`, sessionArn: 'session' } as const;
  const { Bucket, Key: key } = upload;
  const UploadId = sandbox.storage.uploads.create(owner, { bucket: Bucket, key, headers: {}, announced: undefined });
  return { sandbox, executionArn, mapRunArn, UploadId };
}

test.skipIf(python === undefined)(
  "every answer passes botocore's output shapes (skipped where botocore is not installed)",
  async () => {
    const { sandbox, executionArn, mapRunArn, UploadId } = await served();
    const { accessKeyId, secretAccessKey, sessionToken } = credentialsAs(sandbox, `arn:aws:iam::${account}:role/all`);
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
    const calls = callsOn(executionArn, mapRunArn, UploadId);
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
