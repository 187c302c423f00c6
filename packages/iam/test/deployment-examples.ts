import type { ChangingResource } from '@crosswind/aws/deployment';

type Properties = ChangingResource['properties'];

/** A resource with every property that a row of the table names. */
interface Example {
  /** Properties that it always has. */
  readonly fixed?: Properties;
  /** Properties that it may have. */
  readonly more?: Properties;
  /** Properties that exclude others of `more`. */
  readonly instead?: Properties;
  readonly arn?: string;
  readonly name?: string;
}

const account = '111111111111';
const region = 'eu-west-1';
const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;
const role = `arn:aws:iam::${account}:role/example`;
const key = arn('kms', 'key/11111111-2222-3333-4444-555555555555');
const name = 'example';
const functionName = { FunctionName: name };
const tags = { Tags: [{ Key: 'team', Value: 'wind' }] };

/** One example per type of the table. */
export const examples: Readonly<Record<string, Example>> = {
  'AWS::CDK::Metadata': {},
  'AWS::CloudFormation::CustomResource': { fixed: { ServiceToken: arn('lambda', 'function:example') } },
  'Custom::OfTopic': { fixed: { ServiceToken: arn('sns', 'example') } },
  'AWS::CloudFormation::WaitConditionHandle': {},
  'AWS::CloudWatch::Alarm': { more: { AlarmActions: [arn('sns', 'example')], ...tags } },
  'AWS::CloudWatch::CompositeAlarm': { more: { AlarmActions: [arn('sns', 'example')], ...tags } },
  'AWS::CloudWatch::Dashboard': {},
  'AWS::CodeBuild::Project': {
    fixed: { ServiceRole: role },
    more: {
      BuildBatchConfig: { ServiceRole: role },
      Visibility: 'PUBLIC_READ',
      Triggers: { Webhook: true, FilterGroups: [] },
      ...tags,
    },
  },
  'AWS::CodePipeline::Pipeline': {
    fixed: { RoleArn: role, RestartExecutionOnUpdate: true },
    more: {
      Stages: [
        {
          Actions: [
            { Configuration: { ConnectionArn: arn('codeconnections', 'connection/11111111') } },
            { Configuration: { ConnectionArn: arn('codestar-connections', 'connection/11111111') } },
          ],
        },
      ],
      DisableInboundStageTransitions: [{ StageName: 'prod', Reason: 'frozen' }],
      ...tags,
    },
  },
  'AWS::DynamoDB::Table': {
    more: {
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, KMSMasterKeyId: key },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      ContributorInsightsSpecification: { Enabled: true },
      KinesisStreamSpecification: { StreamArn: arn('kinesis', 'stream/example') },
      ResourcePolicy: { PolicyDocument: {} },
      ...tags,
    },
  },
  'AWS::ECR::Repository': {
    more: {
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: key },
      RepositoryPolicyText: {},
      LifecyclePolicy: {},
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      ...tags,
    },
  },
  'AWS::Events::Rule': {
    more: { RoleArn: role, Targets: [{ Id: 'first', Arn: arn('sqs', 'example'), RoleArn: role }], ...tags },
  },
  'AWS::IAM::ManagedPolicy': {
    more: { PolicyDocument: {}, Roles: ['example'], Users: ['example'], Groups: ['example'] },
  },
  'AWS::IAM::Policy': { more: { PolicyDocument: {}, Roles: ['example'], Users: ['example'], Groups: ['example'] } },
  'AWS::IAM::Role': {
    fixed: { Path: '/service/' },
    more: {
      AssumeRolePolicyDocument: {},
      Description: 'an example',
      MaxSessionDuration: 3600,
      Policies: [{ PolicyName: 'inline', PolicyDocument: {} }],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      PermissionsBoundary: `arn:aws:iam::${account}:policy/boundary`,
      ...tags,
    },
  },
  'AWS::KMS::Alias': { name: 'alias/example', fixed: { TargetKeyId: key }, more: { TargetKeyId: '22222222' } },
  'AWS::KMS::Key': {
    more: {
      KeyPolicy: {},
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Description: 'an example',
      Enabled: false,
      EnableKeyRotation: true,
      ...tags,
    },
  },
  'AWS::Lambda::Alias': {
    fixed: functionName,
    more: { FunctionVersion: '1', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } },
  },
  'AWS::Lambda::EventSourceMapping': {
    arn: arn('lambda', 'event-source-mapping:11111111-2222-3333-4444-555555555555'),
    fixed: functionName,
    more: { KmsKeyArn: key, ...tags },
  },
  'AWS::Lambda::Function': {
    fixed: { Role: role },
    more: {
      Code: {
        S3Bucket: 'example',
        S3Key: 'code.zip',
        S3ObjectVersion: '1',
        ImageUri: `${account}.dkr.ecr.${region}.amazonaws.com/example/image:latest`,
      },
      CodeSigningConfigArn: arn('lambda', 'code-signing-config:csc-11111111'),
      KmsKeyArn: key,
      Layers: [arn('lambda', 'layer:example:1')],
      RecursiveLoop: 'Allow',
      ReservedConcurrentExecutions: 1,
      RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto' },
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      ...tags,
    },
    instead: { Code: { S3Bucket: 'example', S3Key: 'code.zip' } },
  },
  'AWS::Lambda::LayerVersion': {
    arn: arn('lambda', 'layer:example:1'),
    more: { Content: { S3Bucket: 'example', S3Key: 'layer.zip', S3ObjectVersion: '1' } },
    instead: { Content: { S3Bucket: 'example', S3Key: 'layer.zip' } },
  },
  'AWS::Lambda::Permission': {
    fixed: { ...functionName, Principal: 'sns.amazonaws.com', FunctionUrlAuthType: 'AWS_IAM' },
  },
  'AWS::Lambda::Url': { fixed: { TargetFunctionArn: arn('lambda', 'function:example'), AuthType: 'AWS_IAM' } },
  'AWS::Lambda::Version': {
    arn: arn('lambda', 'function:example:1'),
    fixed: functionName,
    more: {
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
      RuntimePolicy: { UpdateRuntimeOn: 'Auto' },
    },
  },
  'AWS::Logs::LogGroup': { more: { RetentionInDays: 30, KmsKeyId: key, DataProtectionPolicy: {}, ...tags } },
  'AWS::Oam::Link': {
    arn: arn('oam', 'link/11111111'),
    fixed: { SinkIdentifier: `arn:aws:oam:${region}:222222222222:sink/11111111` },
    more: {
      ResourceTypes: [
        'AWS::CloudWatch::Metric',
        'AWS::Logs::LogGroup',
        'AWS::XRay::Trace',
        'AWS::ApplicationInsights::Application',
        'AWS::InternetMonitor::Monitor',
      ],
      Tags: { team: 'wind' },
    },
  },
  'AWS::Oam::Sink': { arn: arn('oam', 'sink/11111111'), more: { Policy: {}, Tags: { team: 'wind' } } },
  'AWS::S3::Bucket': {
    more: {
      AccelerateConfiguration: {},
      AccessControl: 'Private',
      AnalyticsConfigurations: [],
      BucketEncryption: {},
      CorsConfiguration: {},
      IntelligentTieringConfigurations: [],
      InventoryConfigurations: [],
      LifecycleConfiguration: {},
      LoggingConfiguration: {},
      MetricsConfigurations: [],
      NotificationConfiguration: {},
      ObjectLockConfiguration: {},
      ObjectLockEnabled: true,
      OwnershipControls: {},
      PublicAccessBlockConfiguration: {},
      ReplicationConfiguration: { Role: role },
      VersioningConfiguration: {},
      WebsiteConfiguration: {},
      ...tags,
    },
  },
  'AWS::S3::BucketPolicy': { fixed: { Bucket: 'example' } },
  'AWS::SNS::Subscription': {
    fixed: { TopicArn: arn('sns', 'example'), Protocol: 'firehose', Endpoint: arn('firehose', 'deliverystream/x') },
    more: { SubscriptionRoleArn: role },
  },
  'AWS::SNS::Topic': {
    more: {
      DataProtectionPolicy: {},
      DeliveryStatusLogging: [{ SuccessFeedbackRoleArn: role, FailureFeedbackRoleArn: role }],
      DisplayName: 'an example',
      Subscription: [{ Protocol: 'email', Endpoint: 'wind@example.com' }],
      ...tags,
    },
  },
  'AWS::SNS::TopicPolicy': { fixed: { Topics: [arn('sns', 'example')] } },
  'AWS::SQS::Queue': { more: { DelaySeconds: 1, ...tags } },
  'AWS::SQS::QueuePolicy': {
    fixed: { Queues: [`https://sqs.${region}.amazonaws.com/${account}/example`] },
  },
  'AWS::SSM::Parameter': { name: '/platform/example', more: { Value: 'x', Tags: { team: 'wind' } } },
  'AWS::Scheduler::Schedule': { fixed: { Target: { RoleArn: role } } },
  'AWS::Scheduler::ScheduleGroup': { more: { ...tags } },
  'AWS::StepFunctions::Activity': {
    more: { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: key }, ...tags },
  },
  'AWS::StepFunctions::StateMachine': {
    fixed: { RoleArn: role },
    more: {
      DefinitionS3Location: { Bucket: 'example', Key: 'definition.json', Version: '1' },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: key },
      ...tags,
    },
    instead: { DefinitionS3Location: { Bucket: 'example', Key: 'definition.json' } },
  },
};

/** The example as a resource: with all of its properties, with those that exclude others, and with the fixed ones. */
export function resourcesOf(type: string): Readonly<Record<'full' | 'other' | 'bare', ChangingResource>> {
  const { fixed = {}, more, instead, ...example } = examples[type] ?? {};
  const bare = { partition: 'aws', account, region, name, ...example, properties: fixed };
  return {
    bare,
    full: { ...bare, properties: { ...fixed, ...more } },
    other: { ...bare, properties: { ...fixed, ...instead } },
  };
}
