import type { Waiver } from './waiver.ts';

/** Actions that X-Ray tracing needs in any function and state machine. */
const tracing = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** Actions that a state machine needs for log delivery and tracing. */
const logDelivery = [
  ...tracing,
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

/** Families of actions that the CDK writes when it grants a bucket or a key. */
const grantedFamilies = [
  's3:Abort\\*',
  's3:DeleteObject\\*',
  's3:GetBucket\\*',
  's3:GetObject\\*',
  's3:List\\*',
  'kms:GenerateDataKey\\*',
  'kms:ReEncrypt\\*',
];

const platform = { owner: 'platform', reviewAt: '1.0.0' } as const;
/** Common properties of waivers for what a building block needs, in any workload that uses the block. */
const block = { ...platform, ofBlock: true } as const;

const buildRoles = 'Crosswind/Pipeline*/*Role/DefaultPolicy/Resource';
const noResources = 'the services know no resources for these actions (service authorization reference)';

const pipelineWaivers: readonly Waiver[] = [
  ...grantedFamilies.map((action): Waiver => ({
    rule: `AwsSolutions-IAM5[Action::${action}]`,
    path: buildRoles,
    reason: 'CDK Pipelines grants its build projects the artifact bucket and its key with this family of actions',
    ...platform,
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::<Artifacts*.Arn>/\\*]',
    path: 'Crosswind/Pipeline*Role/DefaultPolicy/Resource',
    reason: 'the objects of the artifact bucket: their keys are made at run time',
    ...platform,
  },
  ...['', '/\\*'].map((objects): Waiver => ({
    rule: `AwsSolutions-IAM5[Resource::arn:*:s3:::crosswind-artifacts-*\\*${objects}]`,
    path: 'Crosswind/PipelineRole/DefaultPolicy/Resource',
    reason: 'replicas of the artifact bucket in other regions, of this account alone',
    ...platform,
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:kms:\\*:*:key/\\*]',
    path: 'Crosswind/PipelineRole/DefaultPolicy/Resource',
    reason: 'the keys of those replicas: their ids are generated, so the statement names their alias',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:logs:*:log-group:/aws/codebuild/*\\*]',
    path: buildRoles,
    reason: 'the logs of build projects, whose names are generated',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:codebuild:*:report-group/*\\*]',
    path: buildRoles,
    reason: 'the test reports of build projects, whose names are generated',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:codebuild:*:project/crosswind-\\*]',
    path: 'Crosswind/PipelineRole/DefaultPolicy/Resource',
    reason: 'the build projects of this pipeline: a list would grow with the waves',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:iam::\\*:role/cdk-crosswind-deploy-role-\\*]',
    path: 'Crosswind/PipelineRole/DefaultPolicy/Resource',
    reason: 'the deploy roles of the organization (aws:ResourceOrgID): a list would grow with the accounts',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:\\*:iam::*:role/\\*]',
    path: 'Crosswind/Pipeline/UpdatePipeline/SelfMutation/Role/DefaultPolicy/Resource',
    reason: 'roles of the pipeline account that carry the tag of a bootstrap role',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::\\*]',
    path: 'Crosswind/Pipeline/UpdatePipeline/SelfMutation/Role/DefaultPolicy/Resource',
    actions: ['cloudformation:DescribeStacks', 's3:ListBucket'],
    reason: 'CDK Pipelines lets the self-update look for its own stack and for the bootstrap bucket',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:iam::\\*:role/cdk-crosswind-file-publishing-role-\\*]',
    path: 'Crosswind/Pipeline/PublishingRole/DefaultPolicy/Resource',
    reason: 'the publishing roles of the organization (aws:ResourceOrgID): a list would grow with the accounts',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:kms:*:*:key/\\*]',
    path: 'Crosswind/Events/Role/DefaultPolicy/Resource',
    reason: 'the key of the topics in the monitoring account: its id is generated, and its policy names this role',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:iam::\\*:role/crosswind-\\*-runner]',
    path: 'Crosswind/PipelineEngine/*/Smoke_*/Role/DefaultPolicy/Resource',
    reason: 'the runner roles of the organization (aws:ResourceOrgID): a list would grow with the accounts',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:iam::\\*:role/crosswind-protector]',
    path: 'Crosswind/Pipeline/Protection/Role/DefaultPolicy/Resource',
    reason: 'that role in each account of the organization (aws:ResourceOrgID): a list would grow with the accounts',
    ...platform,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:iam::\\*:role/crosswind-viewer]',
    path: 'Crosswind/Pipeline/PreflightRole/DefaultPolicy/Resource',
    reason: 'that role in each account of the organization (aws:ResourceOrgID): a list would grow with the accounts',
    ...platform,
  },
];

/** Policy of the runner roles that only reads. */
const lookPolicy = 'Crosswind/*/Runner/Look/Resource';

/**
 * Waivers of the building blocks. Their paths end in the ids that the blocks themselves give, so that a workload may call
 * its constructs as it likes.
 */
const blockWaivers: readonly Waiver[] = [
  {
    rule: 'AwsSolutions-IAM5[Resource::\\*]',
    path: 'Crosswind/*/Role/DefaultPolicy/Resource',
    actions: tracing,
    reason: `tracing: ${noResources}`,
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::\\*]',
    path: 'Crosswind/*/Default/DefaultPolicy/Resource',
    actions: logDelivery,
    reason: `delivery of the logs and traces of a workflow that starts others: ${noResources}`,
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::\\*]',
    path: 'Crosswind/*/Resource/Role/DefaultPolicy/Resource',
    actions: logDelivery,
    reason: `delivery of the workflow's logs and traces: ${noResources}`,
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<*.Arn>:\\*]',
    path: 'Crosswind/*/Resource/Role/DefaultPolicy/Resource',
    reason: 'versions and aliases of functions that the role may invoke anyway; the CDK always grants both',
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*:\\*]',
    path: 'Crosswind/*/Resource/DistributedMapPolicy/Resource',
    reason: 'executions of the state machine itself: their names are made at run time',
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*:\\*]',
    path: 'Crosswind/*/Target/Resource/DefaultPolicy/Resource',
    reason: 'executions of the workflow that the role starts: their names are made at run time',
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*:\\*]',
    path: 'Crosswind/*/Probe/Resource/DefaultPolicy/Resource',
    reason: 'executions of the one workflow that probes look at: their names are made at run time',
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*:\\*]',
    path: 'Crosswind/*/Runner/Resource/DefaultPolicy/Resource',
    reason: 'executions of the one workflow that the role runs: their names are made at run time',
    ...block,
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:*:states:*:execution:*:\\*]',
    path: lookPolicy,
    reason: 'executions of the one workflow that the role watches: their names are made at run time',
    ...block,
  },
  ...['execution', 'express', 'mapRun'].map((kind): Waiver => ({
    rule: `AwsSolutions-IAM5[Resource::arn:*:states:*:${kind}:*/\\*:\\*]`,
    path: lookPolicy,
    reason: 'Map Runs of the one workflow that the role watches, and their children: their ids are generated',
    ...block,
  })),
  ...['lambda:*:function:*-\\*', 'logs:*:log-group:*-\\*:\\*'].map((pattern): Waiver => ({
    rule: `AwsSolutions-IAM5[Resource::arn:*:${pattern}]`,
    path: lookPolicy,
    reason:
      'functions of the stack of the stage, and their logs: their names are generated, and begin with that of the stack',
    ...block,
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::\\*]',
    path: lookPolicy,
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
    reason: `metrics of the account: ${noResources}`,
    ...block,
  },
  {
    rule: 'AwsSolutions-SQS3',
    path: 'Crosswind/*/Schedule/Failures/Resource',
    reason: 'it is a dead-letter queue itself; cdk-nag knows those of queues and functions only',
    ...block,
  },
];

/** Every finding that the template accepts. One of the platform that accepts nothing any more ends the synth. */
export const templateWaivers: readonly Waiver[] = [...pipelineWaivers, ...blockWaivers];
