import { createHash } from 'node:crypto';
import type { JsonObject } from '@crosswind/aws/json';
import { activityArn, machineArn, trustedArn } from './deployed.ts';

/** Subjects of the calls: executions, Map Runs, uploads and tokens that exist when they are made. */
export interface Subjects {
  /** One that has ended, with a Map Run. */
  readonly executionArn: string;
  readonly mapRunArn: string;
  /** One that failed. */
  readonly failedArn: string;
  /** One whose children wait for workers. */
  readonly openMapRunArn: string;
  /** Tokens of two of these children; more children wait. */
  readonly taskTokens: readonly string[];
  /** Uploads of the keys `whole` and `kept`. */
  readonly uploadIds: readonly string[];
}

/** A call of botocore: its client, operation and parameters. */
export type BotocoreCall = readonly [client: string, operation: string, parameters: JsonObject];

const metric = { Namespace: 'AWS/States', MetricName: 'ExecutionsSucceeded' };
const hours = { StartTime: '2026-01-02T03:00:00Z', EndTime: '2026-01-02T09:00:00Z' };

/** Every operation that answers over HTTP, at least once. */
export const callsOn = (subjects: Subjects): readonly BotocoreCall[] => [
  ...callsOfStepFunctions(subjects),
  ...callsOfCloudWatch,
  ['lambda', 'Invoke', { FunctionName: 'hello' }],
  ['lambda', 'Invoke', { FunctionName: 'hello', LogType: 'Tail' }],
  ['organizations', 'DescribeOrganization', {}],
  ['organizations', 'ListRoots', {}],
  ['organizations', 'ListOrganizationalUnitsForParent', { ParentId: 'r-sim1' }],
  ['organizations', 'ListAccountsForParent', { ParentId: 'ou-sim1-00000000' }],
  ['ssm', 'GetParameter', { Name: '/site' }],
  ['sts', 'GetCallerIdentity', {}],
  ['sts', 'AssumeRole', { RoleArn: trustedArn, RoleSessionName: 'shapes' }],
  ...callsOfS3(subjects),
];

const callsOfStepFunctions = ({
  executionArn,
  mapRunArn,
  failedArn,
  openMapRunArn,
  taskTokens: [first = '', second = ''],
}: Subjects): readonly BotocoreCall[] => [
  ['stepfunctions', 'DescribeActivity', { activityArn }],
  ['stepfunctions', 'DescribeExecution', { executionArn }],
  ['stepfunctions', 'DescribeExecution', { executionArn: failedArn }],
  ['stepfunctions', 'DescribeMapRun', { mapRunArn }],
  ['stepfunctions', 'DescribeMapRun', { mapRunArn: openMapRunArn }],
  ['stepfunctions', 'DescribeStateMachine', { stateMachineArn: machineArn }],
  ['stepfunctions', 'DescribeStateMachineForExecution', { executionArn }],
  ['stepfunctions', 'GetExecutionHistory', { executionArn }],
  ['stepfunctions', 'GetExecutionHistory', { executionArn, includeExecutionData: false }],
  ['stepfunctions', 'ListActivities', {}],
  ['stepfunctions', 'ListExecutions', { stateMachineArn: machineArn }],
  ['stepfunctions', 'ListExecutions', { mapRunArn }],
  ['stepfunctions', 'ListMapRuns', { executionArn }],
  ['stepfunctions', 'ListStateMachines', {}],
  ['stepfunctions', 'RedriveExecution', { executionArn: failedArn }],
  ['stepfunctions', 'StartExecution', { stateMachineArn: machineArn, name: 'two' }],
  ['stepfunctions', 'StopExecution', { executionArn: executionArn.replace(/one$/, 'two') }],
  ['stepfunctions', 'UpdateMapRun', { mapRunArn: openMapRunArn, maxConcurrency: 5 }],
  ['stepfunctions', 'GetActivityTask', { activityArn, workerName: 'botocore' }],
  ['stepfunctions', 'SendTaskHeartbeat', { taskToken: first }],
  ['stepfunctions', 'SendTaskSuccess', { taskToken: first, output: '{}' }],
  ['stepfunctions', 'SendTaskFailure', { taskToken: second, error: 'Storm', cause: 'wind' }],
  ['stepfunctions', 'ValidateStateMachineDefinition', { definition: '{"StartAt":"A","States":{}}' }],
];

const callsOfCloudWatch: readonly BotocoreCall[] = [
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
];

const breeze = 'breeze';
const ETag = createHash('md5').update(breeze).digest('hex');

function callsOfS3({ uploadIds: [abandoned = '', completed = ''] }: Subjects): readonly BotocoreCall[] {
  const object = { Bucket: 'winds', Key: 'a/b' };
  const whole = { Bucket: 'winds', Key: 'whole' };
  const kept = { Bucket: 'winds', Key: 'kept', UploadId: completed };
  const upload = { ...whole, UploadId: abandoned };
  return [
    ['s3', 'ListBuckets', {}],
    ['s3', 'HeadBucket', { Bucket: 'winds' }],
    ['s3', 'PutObject', { ...object, Body: breeze }],
    ['s3', 'ListObjects', { Bucket: 'winds', Prefix: '', Delimiter: '/' }],
    ['s3', 'ListObjectsV2', { Bucket: 'winds' }],
    ['s3', 'GetObject', { ...object, Range: 'bytes=0-1' }],
    ['s3', 'HeadObject', { ...object, ChecksumMode: 'ENABLED' }],
    ['s3', 'GetObjectTagging', object],
    ['s3', 'CopyObject', { Bucket: 'winds', Key: 'c', CopySource: 'winds/a/b' }],
    ['s3', 'CreateMultipartUpload', whole],
    ['s3', 'UploadPart', { ...upload, PartNumber: 1, Body: breeze }],
    ['s3', 'UploadPartCopy', { ...upload, PartNumber: 2, CopySource: 'winds/a/b' }],
    ['s3', 'ListParts', upload],
    ['s3', 'AbortMultipartUpload', upload],
    ['s3', 'UploadPart', { ...kept, PartNumber: 1, Body: breeze }],
    ['s3', 'CompleteMultipartUpload', { ...kept, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }],
    ['s3', 'DeleteObjects', { Bucket: 'winds', Delete: { Objects: [{ Key: 'a/b' }] } }],
    ['s3', 'DeleteObject', { Bucket: 'winds', Key: 'c' }],
  ];
}
