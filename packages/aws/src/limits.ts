/** A limit of AWS on what one deployment may hold, known before it is deployed. */
export interface Limit {
  /** Thing that is limited, as a noun. */
  readonly what: string;
  /** Largest value that AWS takes. */
  readonly most: number;
  readonly unit: Unit;
  /** Where the values are added up. */
  readonly scope: string;
  /** True if AWS raises it on request. */
  readonly isAdjustable: boolean;
  /** Page of AWS's documentation that states it. */
  readonly source: string;
}

export type Unit = 'bytes' | 'characters' | 'items';

const guide = 'https://docs.aws.amazon.com';
const pages = {
  alarm: `${guide}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`,
  bucketPolicy: `${guide}/AmazonS3/latest/userguide/bucket-policies.html`,
  bucketNames: `${guide}/AmazonS3/latest/userguide/bucketnamingrules.html`,
  cloudFormation: `${guide}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`,
  cloudWatch: `${guide}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`,
  codePipeline: `${guide}/codepipeline/latest/userguide/limits.html`,
  dashboard: `${guide}/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html`,
  dashboardBody: `${guide}/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html`,
  iam: `${guide}/IAM/latest/UserGuide/reference_iam-quotas.html`,
  kms: `${guide}/kms/latest/developerguide/resource-limits.html`,
  lambda: `${guide}/lambda/latest/dg/gettingstarted-limits.html`,
  logGroup: `${guide}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html`,
  logs: `${guide}/step-functions/latest/dg/cw-logs.html`,
  metricsInsights: `${guide}/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html`,
  queue: `${guide}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html`,
  rule: `${guide}/eventbridge/latest/APIReference/API_PutRule.html`,
  schedule: `${guide}/scheduler/latest/APIReference/API_CreateSchedule.html`,
  search: `${guide}/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html`,
  sns: `${guide}/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html`,
  sqs: `${guide}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html`,
  stepFunctions: `${guide}/step-functions/latest/dg/service-quotas.html`,
  topic: `${guide}/sns/latest/api/API_CreateTopic.html`,
} as const;

type Numbers = readonly [what: string, most: number, unit: Unit, scope: string, page: keyof typeof pages];

const fixed = ([what, most, unit, scope, page]: Numbers): Limit => ({
  what,
  most,
  unit,
  scope,
  isAdjustable: false,
  source: pages[page],
});
const adjustable = (...numbers: Numbers): Limit => ({ ...fixed(numbers), isAdjustable: true });
const hard = (...numbers: Numbers): Limit => fixed(numbers);
const nameOf = (kind: string, most: number, page: keyof typeof pages): Limit =>
  fixed([`name of ${kind}`, most, 'characters', 'resource', page]);

/**
 * Limits on what a synthesized platform holds, as of 2026-11: AWS's defaults per account and region. KB and MB count as
 * 1,024 bytes where AWS's API says so; a template's 1 MB counts as 1,000,000, the smaller reading, as cfn-lint does.
 * The metrics of a dashboard are in older copies of the page only, and in no newer one with another value.
 */
export const limits = {
  templateBytes: hard('template', 1_000_000, 'bytes', 'stack', 'cloudFormation'),
  templateResources: hard('resources of a template', 500, 'items', 'stack', 'cloudFormation'),
  templateOutputs: hard('outputs of a template', 200, 'items', 'stack', 'cloudFormation'),
  templateParameters: hard('parameters of a template', 200, 'items', 'stack', 'cloudFormation'),
  templateMappings: hard('mappings of a template', 200, 'items', 'stack', 'cloudFormation'),
  stackName: nameOf('a stack', 128, 'cloudFormation'),
  stacks: adjustable('stacks', 2_000, 'items', 'account and region', 'cloudFormation'),

  pipelineStages: hard('stages of a pipeline', 50, 'items', 'pipeline', 'codePipeline'),
  pipelineActions: hard('actions of a pipeline', 1_000, 'items', 'pipeline', 'codePipeline'),
  stageActions: hard('actions of a stage of a pipeline', 50, 'items', 'stage', 'codePipeline'),
  pipelineName: nameOf('a pipeline', 100, 'codePipeline'),
  stageName: nameOf('a stage of a pipeline', 100, 'codePipeline'),
  actionName: nameOf('an action of a pipeline', 100, 'codePipeline'),
  actionConfiguration: hard('value in the configuration of an action', 1_000, 'characters', 'action', 'codePipeline'),
  inputArtifact: hard('artifact of the synthesized platform', 256 * 1_048_576, 'bytes', 'pipeline', 'codePipeline'),

  dashboardMetrics: hard('metrics of a dashboard', 2_500, 'items', 'dashboard', 'cloudWatch'),
  widgetMetrics: hard('metrics of a widget', 500, 'items', 'widget', 'cloudWatch'),
  dashboardWidgets: hard('widgets of a dashboard', 500, 'items', 'dashboard', 'dashboardBody'),
  widgetSearches: hard('SEARCH expressions of a widget', 100, 'items', 'widget', 'search'),
  searchExpression: hard('SEARCH expression', 1_024, 'characters', 'expression', 'search'),
  widgetQueries: hard('Metrics Insights queries of a widget', 1, 'items', 'widget', 'metricsInsights'),
  alarmActions: hard('actions of an alarm for one state', 5, 'items', 'alarm', 'alarm'),
  alarmMetrics: hard('metrics of an alarm', 10, 'items', 'alarm', 'cloudWatch'),

  sinks: hard('sinks of OAM', 1, 'items', 'account and region', 'cloudWatch'),
  linksOfAccount: hard('links of OAM', 5, 'items', 'account and region', 'cloudWatch'),
  linksOfSink: hard('links to a sink of OAM', 100_000, 'items', 'organization and region', 'cloudWatch'),

  managedPolicy: hard('managed policy', 6_144, 'characters', 'policy', 'iam'),
  inlinePolicies: hard('inline policies of a role', 10_240, 'characters', 'role', 'iam'),
  attachedPolicies: adjustable('managed policies of a role', 10, 'items', 'role', 'iam'),
  trustPolicy: adjustable('trust policy of a role', 2_048, 'characters', 'role', 'iam'),
  roleName: nameOf('a role', 64, 'iam'),
  policyName: nameOf('a managed policy', 128, 'iam'),

  bucketPolicy: hard('policy of a bucket', 20_480, 'bytes', 'bucket', 'bucketPolicy'),
  keyPolicy: hard('policy of a KMS key', 32_768, 'bytes', 'key', 'kms'),
  topicPolicy: hard('policy of an SNS topic', 30_720, 'bytes', 'topic', 'sns'),
  queuePolicy: hard('policy of an SQS queue', 8_192, 'bytes', 'queue', 'sqs'),
  logPolicy: hard('resource policy of CloudWatch Logs', 5_120, 'characters', 'policy', 'logs'),
  logPolicies: hard('resource policies of CloudWatch Logs', 10, 'items', 'account and region', 'logs'),

  definition: hard('definition of a state machine', 1_048_576, 'bytes', 'state machine', 'stepFunctions'),
  stateMachineName: nameOf('a state machine', 80, 'stepFunctions'),
  functionEnvironment: hard('environment variables of a function', 4_096, 'bytes', 'function', 'lambda'),
  functionName: nameOf('a function', 64, 'lambda'),
  bucketName: nameOf('a bucket', 63, 'bucketNames'),
  queueName: nameOf('a queue', 80, 'queue'),
  topicName: nameOf('a topic', 256, 'topic'),
  alarmName: nameOf('an alarm', 255, 'alarm'),
  dashboardName: nameOf('a dashboard', 255, 'dashboard'),
  logGroupName: nameOf('a log group', 512, 'logGroup'),
  scheduleName: nameOf('a schedule', 64, 'schedule'),
  ruleName: nameOf('a rule of EventBridge', 64, 'rule'),
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof limits;

export const limitNames = Object.keys(limits) as readonly LimitName[];
