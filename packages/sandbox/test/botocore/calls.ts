import { createHash } from 'node:crypto';
import type { JsonObject } from '@crosswind/aws/json';
import {
  account,
  activityArn,
  allArn,
  connectionArn,
  machineArn,
  linkArn,
  policyArn,
  sinkArn,
  trustedArn,
} from './deployed.ts';

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
  /** A detection of a stack's drift that has ended. */
  readonly driftDetectionId: string;
}

/** A call of botocore: its client, operation and parameters. */
export type BotocoreCall = readonly [client: string, operation: string, parameters: JsonObject];

const metric = { Namespace: 'AWS/States', MetricName: 'ExecutionsSucceeded' };
const hours = { StartTime: '2026-01-02T03:00:00Z', EndTime: '2026-01-02T09:00:00Z' };

/** Operations that are not called, and why. */
export const notCalled: Readonly<Record<string, string>> = {
  'cloudformation ContinueUpdateRollback': 'its answer is empty, and needs a stack whose rollback failed',
  'cloudformation GetTemplate': 'botocore reads the template in it',
  'cloudformation RollbackStack': 'it needs a stack that failed and kept what succeeded',
  'iam CreateRole': 'botocore reads the policy in it',
  'iam GetPolicyVersion': 'botocore reads the policy in it',
  'iam GetRole': 'botocore reads the policy in it',
  'iam GetRolePolicy': 'botocore reads the policy in it',
  's3 GetBucketLocation': 'botocore reads the answer of us-east-1 as null',
  's3 GetBucketPolicy': 'the body is the policy itself',
};

/** Every other operation that answers over HTTP, at least once. */
export const callsOn = (subjects: Subjects): readonly BotocoreCall[] => [
  ...callsOfStepFunctions(subjects),
  ...callsOfCloudWatch,
  ...callsOfCloudFormation(subjects),
  ...callsOfIam,
  ...callsOfAttributes,
  ...callsThatLook,
  ['lambda', 'Invoke', { FunctionName: 'hello' }],
  ['lambda', 'Invoke', { FunctionName: 'hello', LogType: 'Tail' }],
  ...callsOfOrganizations,
  ...callsOfParameterStore,
  ['scheduler', 'GetSchedule', { Name: 'monthly' }],
  ['scheduler', 'ListSchedules', { NamePrefix: 'm', State: 'ENABLED', MaxResults: 5 }],
  ['sts', 'GetCallerIdentity', {}],
  ['sts', 'AssumeRole', { RoleArn: trustedArn, RoleSessionName: 'shapes' }],
  ...callsOfS3(subjects),
];

const policyOf = (statement: JsonObject): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

const guard = { PolicyId: 'p-sim1000000' };
const serviceControl = 'SERVICE_CONTROL_POLICY';

const callsOfOrganizations: readonly BotocoreCall[] = [
  ['organizations', 'DescribeOrganization', {}],
  ['organizations', 'EnablePolicyType', { RootId: 'r-sim1', PolicyType: 'RESOURCE_CONTROL_POLICY' }],
  ['organizations', 'ListRoots', {}],
  ['organizations', 'ListOrganizationalUnitsForParent', { ParentId: 'r-sim1' }],
  ['organizations', 'ListAccountsForParent', { ParentId: 'ou-sim1-00000000' }],
  [
    'organizations',
    'CreatePolicy',
    {
      Name: 'guard',
      Description: '',
      Type: serviceControl,
      Content: policyOf({ Effect: 'Deny', Action: 's3:*', Resource: '*' }),
    },
  ],
  ['organizations', 'UpdatePolicy', { ...guard, Description: 'guards' }],
  ['organizations', 'DescribePolicy', guard],
  ['organizations', 'ListPolicies', { Filter: serviceControl }],
  ['organizations', 'AttachPolicy', { ...guard, TargetId: 'r-sim1' }],
  ['organizations', 'ListTargetsForPolicy', guard],
  ['organizations', 'ListPoliciesForTarget', { TargetId: 'r-sim1', Filter: serviceControl }],
  ['organizations', 'DetachPolicy', { ...guard, TargetId: 'r-sim1' }],
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
  ['stepfunctions', 'UpdateStateMachine', { stateMachineArn: machineArn, tracingConfiguration: { enabled: true } }],
  ['stepfunctions', 'ValidateStateMachineDefinition', { definition: '{"StartAt":"A","States":{}}' }],
];

const oneWidget = '{"widgets":[{"type":"text","properties":{"markdown":"x"}}]}';

const callsOfCloudWatch: readonly BotocoreCall[] = [
  ['cloudwatch', 'DescribeAlarms', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }],
  ['cloudwatch', 'DescribeAlarmHistory', {}],
  ['cloudwatch', 'DescribeAlarmContributors', { AlarmName: 'one' }],
  ['cloudwatch', 'GetDashboard', { DashboardName: 'fleet' }],
  [
    'cloudwatch',
    'GetMetricData',
    { ...hours, MetricDataQueries: [{ Id: 'm', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } }] },
  ],
  ['cloudwatch', 'GetMetricStatistics', { ...hours, ...metric, Period: 60, Statistics: ['Sum'] }],
  ['cloudwatch', 'ListDashboards', {}],
  ['cloudwatch', 'ListMetrics', { IncludeLinkedAccounts: true }],
  ['cloudwatch', 'DisableAlarmActions', { AlarmNames: ['one'] }],
  ['cloudwatch', 'EnableAlarmActions', { AlarmNames: ['one'] }],
  [
    'cloudwatch',
    'PutMetricAlarm',
    {
      AlarmName: 'new',
      ...metric,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1.5,
      ComparisonOperator: 'GreaterThanThreshold',
      Dimensions: [{ Name: 'StateMachineArn', Value: machineArn }],
      ActionsEnabled: false,
    },
  ],
  ['cloudwatch', 'PutDashboard', { DashboardName: 'new', DashboardBody: oneWidget }],
  ['cloudwatch', 'DeleteDashboards', { DashboardNames: ['new'] }],
  ['cloudwatch', 'DeleteAlarms', { AlarmNames: ['both'] }],
];

const RoleName = 'trusted';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const inline = { RoleName, PolicyName: 'inline' };
const trust = { Effect: 'Allow', Principal: { AWS: allArn }, Action: 'sts:AssumeRole' };

const callsOfIam: readonly BotocoreCall[] = [
  ['iam', 'TagRole', { RoleName, Tags: [{ Key: 'a', Value: '1' }] }],
  ['iam', 'ListRoleTags', { RoleName }],
  ['iam', 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: readOnly }],
  ['iam', 'DeleteRolePermissionsBoundary', { RoleName }],
  ['iam', 'UntagRole', { RoleName, TagKeys: ['a'] }],
  ['iam', 'UpdateRole', { RoleName, Description: 'trusted' }],
  ['iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument: policyOf(trust) }],
  ['iam', 'PutRolePolicy', { ...inline, PolicyDocument: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }],
  ['iam', 'ListRolePolicies', { RoleName }],
  ['iam', 'DeleteRolePolicy', inline],
  ['iam', 'AttachRolePolicy', { RoleName, PolicyArn: readOnly }],
  ['iam', 'ListAttachedRolePolicies', { RoleName }],
  ['iam', 'DetachRolePolicy', { RoleName, PolicyArn: readOnly }],
];

const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${account}/letters`;
const TopicArn = `arn:aws:sns:us-east-1:${account}:news`;

const callsOfAttributes: readonly BotocoreCall[] = [
  ['sqs', 'GetQueueUrl', { QueueName: 'letters' }],
  ['sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '60' } }],
  ['sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }],
  ['sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'letters' }],
  ['sns', 'GetTopicAttributes', { TopicArn }],
  ['logs', 'PutRetentionPolicy', { logGroupName: 'winds', retentionInDays: 7 }],
  ['logs', 'DescribeLogGroups', { logGroupNamePrefix: 'w' }],
  ['logs', 'DescribeLogStreams', { logGroupName: 'winds', orderBy: 'LastEventTime', descending: true }],
  ['logs', 'GetLogEvents', { logGroupName: 'winds', logStreamName: 'one', startFromHead: true }],
  ['logs', 'FilterLogEvents', { logGroupName: 'winds', filterPattern: '{ $.a = 1 }' }],
  ['logs', 'DeleteRetentionPolicy', { logGroupName: 'winds' }],
  [
    'lambda',
    'UpdateFunctionConfiguration',
    { FunctionName: 'hello', Timeout: 9, Environment: { Variables: { A: 'b' } } },
  ],
  ['lambda', 'GetFunctionConfiguration', { FunctionName: 'hello' }],
];

/** Calls of `crosswind preflight`. */
const callsThatLook: readonly BotocoreCall[] = [
  ['codeconnections', 'GetConnection', { ConnectionArn: connectionArn }],
  ['codestar-connections', 'GetConnection', { ConnectionArn: connectionArn }],
  ['iam', 'GetPolicy', { PolicyArn: policyArn }],
  ['lambda', 'GetAccountSettings', {}],
  ['oam', 'GetSink', { Identifier: sinkArn }],
  ['oam', 'ListLinks', {}],
  ['oam', 'ListSinks', {}],
  ['oam', 'DeleteLink', { Identifier: linkArn }],
  ['oam', 'DeleteSink', { Identifier: sinkArn }],
  ['service-quotas', 'GetAWSDefaultServiceQuota', { ServiceCode: 'iam', QuotaCode: 'L-FE177D64' }],
  ['service-quotas', 'GetServiceQuota', { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' }],
  ['sns', 'ListSubscriptionsByTopic', { TopicArn }],
];

const newParameter = { ResourceType: 'Parameter', ResourceId: '/new' };

const callsOfParameterStore: readonly BotocoreCall[] = [
  ['ssm', 'GetParameter', { Name: '/site' }],
  ['ssm', 'GetParameters', { Names: ['/site', '/none'] }],
  ['ssm', 'GetParametersByPath', { Path: '/' }],
  ['ssm', 'PutParameter', { Name: '/new', Value: 'x', Type: 'String' }],
  ['ssm', 'AddTagsToResource', { ...newParameter, Tags: [{ Key: 'a', Value: '1' }] }],
  ['ssm', 'ListTagsForResource', newParameter],
  ['ssm', 'RemoveTagsFromResource', { ...newParameter, TagKeys: ['a'] }],
  ['ssm', 'DeleteParameter', { Name: '/new' }],
  ['ssm', 'DeleteParameters', { Names: ['/new'] }],
];

/** A template with a parameter of Parameter Store, which others import. */
const templateOf = (value: string): string =>
  JSON.stringify({
    Description: 'letters',
    Parameters: { Unit: { Type: 'String', Default: value, NoEcho: true } },
    Resources: {
      Measure: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/unit', Type: 'String', Value: { Ref: 'Unit' } } },
    },
    Outputs: { Name: { Value: { Ref: 'Measure' }, Export: { Name: 'unit' }, Description: 'name' } },
  });
const importing = JSON.stringify({
  Resources: {
    Copy: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'unit' } } },
  },
});
const StackName = 'letters';
const changeSet = { StackName, ChangeSetName: 'change' };

const callsOfCloudFormation = ({ driftDetectionId }: Subjects): readonly BotocoreCall[] => [
  ['cloudformation', 'ValidateTemplate', { TemplateBody: templateOf('knots') }],
  ['cloudformation', 'GetTemplateSummary', { TemplateBody: templateOf('knots') }],
  ['cloudformation', 'CreateStack', { StackName, TemplateBody: templateOf('knots'), Tags: [{ Key: 'a', Value: 'b' }] }],
  ['cloudformation', 'CreateStack', { StackName: 'importer', TemplateBody: importing }],
  ['cloudformation', 'UpdateStack', { StackName, TemplateBody: templateOf('mph') }],
  ['cloudformation', 'CreateChangeSet', { ...changeSet, TemplateBody: templateOf('km/h') }],
  ['cloudformation', 'DescribeChangeSet', { ...changeSet, IncludePropertyValues: true }],
  ['cloudformation', 'ListChangeSets', { StackName }],
  ['cloudformation', 'DeleteChangeSet', changeSet],
  ['cloudformation', 'CreateChangeSet', { ...changeSet, TemplateBody: templateOf('m/s') }],
  ['cloudformation', 'ExecuteChangeSet', changeSet],
  ['cloudformation', 'DescribeStacks', {}],
  ['cloudformation', 'ListStacks', {}],
  ['cloudformation', 'DescribeStackEvents', { StackName }],
  ['cloudformation', 'DescribeEvents', { StackName, Filters: { FailedEvents: false } }],
  ['cloudformation', 'DescribeStackResource', { StackName, LogicalResourceId: 'Measure' }],
  ['cloudformation', 'DescribeStackResources', { StackName }],
  ['cloudformation', 'ListStackResources', { StackName }],
  ['cloudformation', 'ListExports', {}],
  ['cloudformation', 'ListImports', { ExportName: 'unit' }],
  ['cloudformation', 'DetectStackDrift', { StackName }],
  ['cloudformation', 'DetectStackResourceDrift', { StackName, LogicalResourceId: 'Measure' }],
  ['cloudformation', 'DescribeStackDriftDetectionStatus', { StackDriftDetectionId: driftDetectionId }],
  ['cloudformation', 'DescribeStackResourceDrifts', { StackName }],
  ['cloudformation', 'UpdateTerminationProtection', { StackName, EnableTerminationProtection: false }],
  ['cloudformation', 'DeleteStack', { StackName: 'importer' }],
];

const publicRead = JSON.stringify({
  Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::winds/*' },
});
const encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };

const callsOfConfiguration: readonly BotocoreCall[] = [
  ['s3', 'PutBucketPolicy', { Bucket: 'winds', Policy: publicRead }],
  ['s3', 'DeleteBucketPolicy', { Bucket: 'winds' }],
  ['s3', 'PutBucketEncryption', { Bucket: 'winds', ServerSideEncryptionConfiguration: encryption }],
  ['s3', 'GetBucketEncryption', { Bucket: 'winds' }],
  ['s3', 'DeleteBucketEncryption', { Bucket: 'winds' }],
  ['s3', 'PutBucketTagging', { Bucket: 'winds', Tagging: { TagSet: [{ Key: 'a', Value: '1' }] } }],
  ['s3', 'GetBucketTagging', { Bucket: 'winds' }],
  ['s3', 'DeleteBucketTagging', { Bucket: 'winds' }],
  ['s3', 'PutBucketVersioning', { Bucket: 'winds', VersioningConfiguration: { Status: 'Enabled' } }],
  ['s3', 'GetBucketVersioning', { Bucket: 'winds' }],
  ['s3', 'PutPublicAccessBlock', { Bucket: 'winds', PublicAccessBlockConfiguration: { BlockPublicAcls: true } }],
  ['s3', 'GetPublicAccessBlock', { Bucket: 'winds' }],
  ['s3', 'DeletePublicAccessBlock', { Bucket: 'winds' }],
  ['s3', 'DeleteBucket', { Bucket: 'empty' }],
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
    ...callsOfConfiguration,
    ['s3', 'PutObject', { ...object, Body: breeze }],
    ['s3', 'ListObjects', { Bucket: 'winds', Prefix: '', Delimiter: '/' }],
    ['s3', 'ListObjectsV2', { Bucket: 'winds' }],
    ['s3', 'ListObjectVersions', { Bucket: 'winds' }],
    ['s3', 'GetObject', { ...object, Range: 'bytes=0-1' }],
    ['s3', 'HeadObject', { ...object, ChecksumMode: 'ENABLED' }],
    ['s3', 'PutObjectTagging', { ...object, Tagging: { TagSet: [{ Key: 'kind', Value: 'wind' }] } }],
    ['s3', 'GetObjectTagging', object],
    ['s3', 'DeleteObjectTagging', object],
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
