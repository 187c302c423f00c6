import { describe, expect, test } from 'vitest';
import { type ChangingResource, deploymentCalls, type Operation } from '../../src/deployment/deployment.ts';

const account = '111111111111';
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
const role = `arn:aws:iam::${account}:role/example`;
const key = arn('kms', 'key/11111111-2222-3333-4444-555555555555');
const tags = [{ Key: 'team', Value: 'wind' }];

/** AWS's pages, not those that the table names. */
const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg/';
const s3 = 'https://docs.aws.amazon.com/AmazonS3/latest/API/';
const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
const kms = 'https://docs.aws.amazon.com/kms/latest/';
const steps = 'https://docs.aws.amazon.com/step-functions/latest/dg/';
const links =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account-Setup.html';

type Properties = ChangingResource['properties'];
type Row = readonly [type: string, properties: Properties, action: string, resource: string, page: string];

/** Properties, and the call that AWS's page says they need when the resource is created. */
const onCreate: readonly Row[] = [
  ['AWS::Lambda::Function', { Role: role }, 'iam:PassRole', role, `${lambda}lambda-intro-execution-role.html`],
  [
    'AWS::Lambda::Function',
    { Code: { S3Bucket: 'assets', S3Key: 'a/code.zip' } },
    's3:GetObject',
    'arn:aws:s3:::assets/a/code.zip',
    `${lambda}configuration-function-zip.html`,
  ],
  [
    'AWS::Lambda::Function',
    { Code: { ImageUri: `${account}.dkr.ecr.eu-west-1.amazonaws.com/team/image:1` } },
    'ecr:BatchGetImage',
    arn('ecr', 'repository/team/image'),
    `${lambda}images-create.html`,
  ],
  [
    'AWS::Lambda::Function',
    { Tags: tags },
    'lambda:TagResource',
    arn('lambda', 'function:example'),
    `${lambda}configuration-tags.html`,
  ],
  [
    'AWS::Lambda::Function',
    { ReservedConcurrentExecutions: 5 },
    'lambda:PutFunctionConcurrency',
    arn('lambda', 'function:example'),
    `${lambda}configuration-concurrency.html`,
  ],
  [
    'AWS::Lambda::Function',
    { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
    'ec2:DescribeSecurityGroups',
    '*',
    `${lambda}configuration-vpc.html`,
  ],
  [
    'AWS::Lambda::Function',
    { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
    'ec2:DescribeSubnets',
    '*',
    `${lambda}configuration-vpc.html`,
  ],
  [
    'AWS::Lambda::Function',
    { Layers: [`arn:aws:lambda:eu-west-1:222222222222:layer:shared:3`] },
    'lambda:GetLayerVersion',
    'arn:aws:lambda:eu-west-1:222222222222:layer:shared:3',
    `${lambda}adding-layers.html`,
  ],
  [
    'AWS::Lambda::Function',
    { KmsKeyArn: key },
    'kms:CreateGrant',
    key,
    `${lambda}configuration-envvars-encryption.html`,
  ],
  [
    'AWS::S3::Bucket',
    { AccessControl: 'LogDeliveryWrite' },
    's3:PutBucketAcl',
    'arn:aws:s3:::example',
    `${s3}API_CreateBucket.html`,
  ],
  [
    'AWS::S3::Bucket',
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    's3:PutBucketOwnershipControls',
    'arn:aws:s3:::example',
    `${s3}API_CreateBucket.html`,
  ],
  [
    'AWS::S3::Bucket',
    { ObjectLockEnabled: true },
    's3:PutBucketObjectLockConfiguration',
    'arn:aws:s3:::example',
    `${s3}API_CreateBucket.html`,
  ],
  [
    'AWS::S3::Bucket',
    { ObjectLockEnabled: true },
    's3:PutBucketVersioning',
    'arn:aws:s3:::example',
    `${s3}API_CreateBucket.html`,
  ],
  [
    'AWS::S3::Bucket',
    { BucketEncryption: { ServerSideEncryptionConfiguration: [] } },
    's3:PutEncryptionConfiguration',
    'arn:aws:s3:::example',
    `${s3}API_PutBucketEncryption.html`,
  ],
  [
    'AWS::S3::Bucket',
    { LifecycleConfiguration: { Rules: [] } },
    's3:PutLifecycleConfiguration',
    'arn:aws:s3:::example',
    `${s3}API_PutBucketLifecycleConfiguration.html`,
  ],
  [
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
    's3:PutBucketPublicAccessBlock',
    'arn:aws:s3:::example',
    `${s3}API_PutPublicAccessBlock.html`,
  ],
  [
    'AWS::S3::Bucket',
    { ReplicationConfiguration: { Role: role } },
    'iam:PassRole',
    role,
    `${s3}API_PutBucketReplication.html`,
  ],
  ['AWS::IAM::Role', { Tags: tags }, 'iam:TagRole', role, `${iam}id_tags_roles.html`],
  [
    'AWS::IAM::Role',
    { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    'iam:AttachRolePolicy',
    role,
    `${iam}access_policies_manage-attach-detach.html`,
  ],
  ['AWS::KMS::Key', { Tags: tags }, 'kms:TagResource', '*', `${kms}APIReference/API_CreateKey.html`],
  [
    'AWS::KMS::Key',
    { EnableKeyRotation: true },
    'kms:EnableKeyRotation',
    arn('kms', 'key/example'),
    `${kms}developerguide/rotating-keys-enable.html`,
  ],
  ['AWS::KMS::Alias', { TargetKeyId: key }, 'kms:CreateAlias', key, `${kms}developerguide/alias-access.html`],
  [
    'AWS::StepFunctions::StateMachine',
    { RoleArn: role },
    'iam:PassRole',
    role,
    `${steps}procedure-create-iam-role.html`,
  ],
  [
    'AWS::StepFunctions::StateMachine',
    { Tags: tags },
    'states:TagResource',
    arn('states', 'stateMachine:example'),
    `${steps}tag-based-policies.html`,
  ],
  [
    'AWS::StepFunctions::StateMachine',
    { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: key } },
    'kms:GenerateDataKey',
    key,
    `${steps}encryption-at-rest.html`,
  ],
  ['AWS::Oam::Link', { ResourceTypes: ['AWS::CloudWatch::Metric'] }, 'cloudwatch:Link', '*', links],
  ['AWS::Oam::Link', { ResourceTypes: ['AWS::Logs::LogGroup'] }, 'logs:Link', '*', links],
  ['AWS::Oam::Link', { ResourceTypes: ['AWS::XRay::Trace'] }, 'xray:Link', '*', links],
  [
    'AWS::Scheduler::Schedule',
    { Target: { RoleArn: role } },
    'iam:PassRole',
    role,
    'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html',
  ],
  [
    'AWS::Events::Rule',
    { Targets: [{ Id: 'a', Arn: arn('states', 'stateMachine:m'), RoleArn: role }] },
    'iam:PassRole',
    role,
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html',
  ],
  [
    'AWS::CodeBuild::Project',
    { ServiceRole: role },
    'iam:PassRole',
    role,
    'https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html',
  ],
  [
    'AWS::CodePipeline::Pipeline',
    { Stages: [{ Actions: [{ Configuration: { ConnectionArn: arn('codeconnections', 'connection/1') } }] }] },
    'codeconnections:PassConnection',
    arn('codeconnections', 'connection/1'),
    'https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_id-based-policy-examples-connections.html',
  ],
  [
    'AWS::SSM::Parameter',
    { Tags: { team: 'wind' } },
    'ssm:AddTagsToResource',
    arn('ssm', 'parameter/example'),
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html',
  ],
  [
    'AWS::SQS::Queue',
    { Tags: tags },
    'sqs:TagQueue',
    arn('sqs', 'example'),
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  ],
  [
    'AWS::SNS::Topic',
    { Tags: tags },
    'sns:TagResource',
    arn('sns', 'example'),
    'https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html',
  ],
  [
    'AWS::Logs::LogGroup',
    { Tags: tags },
    'logs:TagResource',
    arn('logs', 'log-group:example'),
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html',
  ],
  [
    'AWS::CloudWatch::Alarm',
    { Tags: tags },
    'cloudwatch:TagResource',
    arn('cloudwatch', 'alarm:example'),
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  ],
  [
    'AWS::ECR::Repository',
    { EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: key } },
    'kms:CreateGrant',
    key,
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
  ],
];

const place = { partition: 'aws', account, region: 'eu-west-1', name: 'example', arn: arn('oam', 'link/1') };

const made = (type: string, operation: Operation, resource: Omit<ChangingResource, keyof typeof place>): string[] =>
  (deploymentCalls(type, operation, { ...place, ...resource }) ?? []).map((call) => `${call.action} ${call.resource}`);

describe("calls that AWS's documentation names", () => {
  test('are at least thirty, each from a page of AWS', () => {
    expect(onCreate.length).toBeGreaterThanOrEqual(30);
    expect(onCreate.filter(([, , , , page]) => !page.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
  });

  test.each(onCreate)('%s with %j needs %s on %s', (type, properties, action, resource) => {
    expect(made(type, 'create', { properties })).toContain(`${action} ${resource}`);
  });

  test.each(onCreate)('%s without %j does not need %s on %s', (type, _, action, resource) => {
    expect(made(type, 'create', { properties: {} })).not.toContain(`${action} ${resource}`);
  });
});

describe('an update', () => {
  test.each([
    ['AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }, 's3:PutBucketVersioning'],
    ['AWS::S3::Bucket', { WebsiteConfiguration: {} }, 's3:PutBucketWebsite'],
    ['AWS::IAM::Role', { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/b' }, 'iam:PutRolePermissionsBoundary'],
    ['AWS::IAM::Role', { AssumeRolePolicyDocument: {} }, 'iam:UpdateAssumeRolePolicy'],
    ['AWS::Lambda::Function', { Code: { S3Bucket: 'assets', S3Key: 'b.zip' } }, 'lambda:UpdateFunctionCode'],
    ['AWS::Lambda::Function', { Timeout: 10 }, 'lambda:UpdateFunctionConfiguration'],
    ['AWS::Logs::LogGroup', { RetentionInDays: 7 }, 'logs:PutRetentionPolicy'],
    ['AWS::KMS::Key', { KeyPolicy: { Statement: [] } }, 'kms:PutKeyPolicy'],
    ['AWS::KMS::Key', { Enabled: false }, 'kms:DisableKey'],
    ['AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }, 'dynamodb:UpdateTable'],
    ['AWS::SNS::Topic', { DisplayName: 'Pager' }, 'sns:SetTopicAttributes'],
    ['AWS::CodeBuild::Project', { Triggers: { Webhook: true } }, 'codebuild:CreateWebhook'],
  ])('of %s to %j calls %s, and without a change does not', (type, properties, action) => {
    const actions = (before: ChangingResource['properties']): readonly string[] =>
      made(type, 'update', { properties, before }).map((call) => call.split(' ')[0] ?? '');
    expect(actions({})).toContain(action);
    expect(actions(properties)).not.toContain(action);
  });

  test.each([
    ['AWS::S3::Bucket', { WebsiteConfiguration: {} }, 's3:DeleteBucketWebsite'],
    ['AWS::S3::Bucket', { BucketEncryption: {} }, 's3:PutEncryptionConfiguration'],
    [
      'AWS::IAM::Role',
      { PermissionsBoundary: 'arn:aws:iam::111111111111:policy/b' },
      'iam:DeleteRolePermissionsBoundary',
    ],
    ['AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, 'iam:DetachRolePolicy'],
    ['AWS::IAM::Role', { Policies: [{ PolicyName: 'inline', PolicyDocument: {} }] }, 'iam:DeleteRolePolicy'],
    ['AWS::Lambda::Function', { ReservedConcurrentExecutions: 5 }, 'lambda:DeleteFunctionConcurrency'],
    ['AWS::Logs::LogGroup', { RetentionInDays: 7 }, 'logs:DeleteRetentionPolicy'],
    ['AWS::KMS::Key', { EnableKeyRotation: true }, 'kms:DisableKeyRotation'],
    ['AWS::KMS::Key', { Enabled: false }, 'kms:EnableKey'],
    ['AWS::SQS::Queue', { Tags: tags }, 'sqs:UntagQueue'],
    ['AWS::DynamoDB::Table', { ResourcePolicy: {} }, 'dynamodb:DeleteResourcePolicy'],
  ])('of %s that drops %j calls %s, and one that keeps it does not', (type, before, action) => {
    const actions = (properties: ChangingResource['properties']): readonly string[] =>
      made(type, 'update', { properties, before }).map((call) => call.split(' ')[0] ?? '');
    expect(actions({})).toContain(action);
    expect(actions(before)).not.toContain(action);
  });
});
