import type { JsonObject } from '@crosswind/aws/json';
import { allow, bucket, key, lambda, role, states, trusting, type Resources } from '../../../src/testing/literals.ts';
import { account, region } from './client.ts';

/** A resource type in two versions, an update in place apart, and what CloudFormation must be allowed to do with it. */
export interface Subject {
  readonly one: JsonObject;
  readonly two: JsonObject;
  /** Property that differs between the versions, as the service gives it back. */
  readonly differs: string;
  /** The action that each operation needs. */
  readonly needs: Readonly<Record<'create' | 'update' | 'delete', string>>;
  /**
   * Resources that have to be there before.
   *
   * @default - nothing
   */
  readonly ground?: Resources;
  /**
   * Logical ids of the ground whose ARNs are exported under these names.
   *
   * @default - none
   */
  readonly exported?: readonly string[];
}

const document = (...actions: readonly string[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: [allow(actions, '*')],
});

const shared = (principal: string, resource: string, ...actions: readonly string[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: resource }],
});

const here = (service: string, name: string): string => `arn:aws:${service}:${region}:${account}:${name}`;
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const root = `arn:aws:iam::${account}:root`;
const topicArn = here('sns', 'ground');

/** Actions that are the service's verb with the noun: `Create`, `Update` and `Delete`. */
const plain = (service: string, noun: string): Subject['needs'] => ({
  create: `${service}:Create${noun}`,
  update: `${service}:Update${noun}`,
  delete: `${service}:Delete${noun}`,
});

const same = (action: string): Subject['needs'] => ({ create: action, update: action, delete: action });

/** A subject whose versions differ in one property. */
const versions = (
  needs: Subject['needs'],
  common: JsonObject,
  differs: string,
  [one, two]: readonly [JsonObject[string], JsonObject[string]],
  ground?: Resources,
  exported?: readonly string[],
): Subject => ({
  needs,
  differs,
  one: { ...common, [differs]: one },
  two: { ...common, [differs]: two },
  ground,
  exported,
});

const alarm = {
  AlarmName: 'subject',
  Namespace: 'Winds',
  MetricName: 'Gusts',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};

const dashboard = (markdown: string): string =>
  JSON.stringify({ widgets: [{ type: 'text', width: 6, height: 2, properties: { markdown } }] });

const stages = (provider: string): JsonObject[string] => [
  {
    Name: 'Source',
    Actions: [{ Name: 'Source', ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'S3', Version: '1' } }],
  },
  {
    Name: 'Approve',
    Actions: [
      { Name: provider, ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' } },
    ],
  },
];

const serviceRole = (service: string) => trusting({ Service: `${service}.amazonaws.com` });

/** Answers every request. */
const provider = `exports.handler = async ({ PhysicalResourceId, ResponseURL }) => {
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: PhysicalResourceId ?? 'subject' });
  await fetch(ResponseURL, { method: 'PUT', body });
};`;

const functionProperties = {
  Role: roleArn('function'),
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Code: { ZipFile: provider },
};

const definition = (result: string): string =>
  JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Pass', Result: result, End: true } } });

/** The types that the sandbox handles, and those that the platform and the bootstrap of the CDK have besides. */
export const subjects: Readonly<Record<string, Subject>> = {
  'AWS::CloudWatch::Alarm': versions(
    { create: 'cloudwatch:PutMetricAlarm', update: 'cloudwatch:PutMetricAlarm', delete: 'cloudwatch:DeleteAlarms' },
    alarm,
    'Threshold',
    [1, 2],
  ),
  'AWS::CloudWatch::CompositeAlarm': versions(
    {
      create: 'cloudwatch:PutCompositeAlarm',
      update: 'cloudwatch:PutCompositeAlarm',
      delete: 'cloudwatch:DeleteAlarms',
    },
    { AlarmName: 'subject', AlarmRule: 'ALARM("ground")' },
    'AlarmDescription',
    ['one', 'two'],
    { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...alarm, AlarmName: 'ground', Threshold: 1 } } },
  ),
  'AWS::CloudWatch::Dashboard': versions(
    { create: 'cloudwatch:PutDashboard', update: 'cloudwatch:PutDashboard', delete: 'cloudwatch:DeleteDashboards' },
    { DashboardName: 'subject' },
    'DashboardBody',
    [dashboard('one'), dashboard('two')],
  ),
  'AWS::CodeBuild::Project': versions(
    plain('codebuild', 'Project'),
    {
      Name: 'subject',
      ServiceRole: roleArn('builder'),
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Environment: {
        Type: 'LINUX_CONTAINER',
        ComputeType: 'BUILD_GENERAL1_SMALL',
        Image: 'aws/codebuild/standard:7.0',
      },
      Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' },
    },
    'Description',
    ['one', 'two'],
    { Builder: role('builder', serviceRole('codebuild')) },
  ),
  'AWS::CodePipeline::Pipeline': versions(
    plain('codepipeline', 'Pipeline'),
    { Name: 'subject', RoleArn: roleArn('pipeline'), ArtifactStore: { Type: 'S3', Location: 'artifacts' } },
    'Stages',
    [stages('One'), stages('Two')],
    { Role: role('pipeline', serviceRole('codepipeline')) },
  ),
  'AWS::ECR::Repository': versions(
    { ...plain('ecr', 'Repository'), update: 'ecr:PutImageTagMutability' },
    { RepositoryName: 'subject' },
    'ImageTagMutability',
    ['MUTABLE', 'IMMUTABLE'],
  ),
  'AWS::IAM::ManagedPolicy': versions(
    { create: 'iam:CreatePolicy', update: 'iam:CreatePolicyVersion', delete: 'iam:DeletePolicy' },
    { ManagedPolicyName: 'subject' },
    'PolicyDocument',
    [document('s3:GetObject'), document('s3:PutObject')],
  ),
  'AWS::IAM::Policy': versions(
    { create: 'iam:PutRolePolicy', update: 'iam:PutRolePolicy', delete: 'iam:DeleteRolePolicy' },
    { PolicyName: 'subject', Roles: ['worker'] },
    'PolicyDocument',
    [document('s3:GetObject'), document('s3:PutObject')],
    { Worker: role('worker', lambda) },
  ),
  'AWS::IAM::Role': versions(
    { ...plain('iam', 'Role'), update: 'iam:UpdateAssumeRolePolicy' },
    { RoleName: 'subject' },
    'AssumeRolePolicyDocument',
    [
      { Version: '2012-10-17', Statement: [lambda] },
      { Version: '2012-10-17', Statement: [states] },
    ],
  ),
  'AWS::KMS::Alias': versions(
    plain('kms', 'Alias'),
    { AliasName: 'alias/subject' },
    'TargetKeyId',
    [{ 'Fn::ImportValue': 'One' }, { 'Fn::ImportValue': 'Two' }],
    { One: key(account), Two: key(account) },
    ['One', 'Two'],
  ),
  'AWS::KMS::Key': versions(
    { create: 'kms:CreateKey', update: 'kms:UpdateKeyDescription', delete: 'kms:ScheduleKeyDeletion' },
    { KeyPolicy: shared(root, '*', 'kms:*') },
    'Description',
    ['one', 'two'],
  ),
  'AWS::Lambda::Function': versions(
    { ...plain('lambda', 'Function'), update: 'lambda:UpdateFunctionConfiguration' },
    { ...functionProperties, FunctionName: 'subject' },
    'Timeout',
    [3, 6],
    { Role: role('function', lambda) },
  ),
  'AWS::Logs::LogGroup': versions(
    { create: 'logs:CreateLogGroup', update: 'logs:PutRetentionPolicy', delete: 'logs:DeleteLogGroup' },
    { LogGroupName: 'subject' },
    'RetentionInDays',
    [7, 14],
  ),
  'AWS::Oam::Link': versions(
    plain('oam', 'Link'),
    { LabelTemplate: '$AccountName', SinkIdentifier: { 'Fn::ImportValue': 'Sink' } },
    'ResourceTypes',
    [['AWS::CloudWatch::Metric'], ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup']],
    { Sink: { Type: 'AWS::Oam::Sink', Properties: { Name: 'ground' } } },
    ['Sink'],
  ),
  'AWS::Oam::Sink': versions(
    { create: 'oam:CreateSink', update: 'oam:PutSinkPolicy', delete: 'oam:DeleteSink' },
    { Name: 'subject' },
    'Policy',
    [shared(root, '*', 'oam:CreateLink'), shared(root, '*', 'oam:CreateLink', 'oam:UpdateLink')],
  ),
  'AWS::S3::Bucket': versions(
    { create: 's3:CreateBucket', update: 's3:PutBucketVersioning', delete: 's3:DeleteBucket' },
    { BucketName: 'subject' },
    'VersioningConfiguration',
    [{ Status: 'Suspended' }, { Status: 'Enabled' }],
  ),
  'AWS::S3::BucketPolicy': versions(
    { create: 's3:PutBucketPolicy', update: 's3:PutBucketPolicy', delete: 's3:DeleteBucketPolicy' },
    { Bucket: 'ground' },
    'PolicyDocument',
    [shared(root, 'arn:aws:s3:::ground/*', 's3:GetObject'), shared(root, 'arn:aws:s3:::ground/*', 's3:PutObject')],
    { Bucket: bucket('ground') },
  ),
  'AWS::Events::Rule': versions(
    { create: 'events:PutRule', update: 'events:PutRule', delete: 'events:DeleteRule' },
    { Name: 'subject', EventPattern: { source: ['aws.codepipeline'] }, State: 'ENABLED' },
    'Description',
    ['one', 'two'],
  ),
  'AWS::SNS::Subscription': versions(
    { create: 'sns:Subscribe', update: 'sns:SetSubscriptionAttributes', delete: 'sns:Unsubscribe' },
    { TopicArn: topicArn, Protocol: 'email', Endpoint: 'one@example.com' },
    'FilterPolicy',
    [{ wind: ['one'] }, { wind: ['two'] }],
    { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'ground' } } },
  ),
  'AWS::SNS::Topic': versions(
    { ...plain('sns', 'Topic'), update: 'sns:SetTopicAttributes' },
    { TopicName: 'subject' },
    'DisplayName',
    ['one', 'two'],
  ),
  'AWS::SNS::TopicPolicy': versions(
    same('sns:SetTopicAttributes'),
    { Topics: [topicArn] },
    'PolicyDocument',
    [shared(root, topicArn, 'sns:Publish'), shared(root, topicArn, 'sns:Subscribe')],
    { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'ground' } } },
  ),
  'AWS::SQS::Queue': versions(
    { ...plain('sqs', 'Queue'), update: 'sqs:SetQueueAttributes' },
    { QueueName: 'subject' },
    'DelaySeconds',
    [1, 2],
  ),
  'AWS::SQS::QueuePolicy': versions(
    same('sqs:SetQueueAttributes'),
    { Queues: [`https://sqs.${region}.amazonaws.com/${account}/ground`] },
    'PolicyDocument',
    [shared(root, here('sqs', 'ground'), 'sqs:SendMessage'), shared(root, here('sqs', 'ground'), 'sqs:ReceiveMessage')],
    { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ground' } } },
  ),
  'AWS::SSM::Parameter': versions(
    { create: 'ssm:PutParameter', update: 'ssm:PutParameter', delete: 'ssm:DeleteParameter' },
    { Name: '/subject', Type: 'String' },
    'Value',
    ['one', 'two'],
  ),
  'AWS::Scheduler::Schedule': versions(
    plain('scheduler', 'Schedule'),
    {
      Name: 'subject',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: here('states', 'stateMachine:winds'), RoleArn: roleArn('scheduler') },
    },
    'ScheduleExpression',
    ['rate(1 day)', 'rate(2 days)'],
    { Role: role('scheduler', serviceRole('scheduler')) },
  ),
  'AWS::StepFunctions::Activity': versions(
    { ...plain('states', 'Activity'), update: 'states:TagResource' },
    { Name: 'subject' },
    'Tags',
    [[{ Key: 'version', Value: 'one' }], [{ Key: 'version', Value: 'two' }]],
  ),
  'AWS::StepFunctions::StateMachine': versions(
    plain('states', 'StateMachine'),
    { StateMachineName: 'subject', RoleArn: roleArn('machine') },
    'DefinitionString',
    [definition('one'), definition('two')],
    { Role: role('machine', states) },
  ),
  'Custom::Subject': versions(
    same('lambda:InvokeFunction'),
    { ServiceToken: here('lambda', 'function:provider') },
    'Version',
    ['one', 'two'],
    {
      Role: role('function', lambda),
      Provider: {
        Type: 'AWS::Lambda::Function',
        Properties: { ...functionProperties, FunctionName: 'provider', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      },
    },
  ),
};
