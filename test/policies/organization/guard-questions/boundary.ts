import { accounts, foreign, role, trusting } from '../decided.ts';
import {
  type GuardQuestion,
  type Call,
  asked,
  each,
  forEach,
  arnIn,
  here,
  tooling,
  outside,
  open,
  leftToIam,
  openTrust,
  worker,
  watcher,
  pipeline,
  bootstrap,
  object,
  bucket,
  table,
  queue,
  logGroup,
  machine,
} from './asked.ts';

const telemetryAndKeys = (arn: typeof here): readonly Call[] => [
  ['cloudwatch:PutMetricData', '*'],
  ['logs:PutLogEvents', arn('logs', 'log-group:crosswind-a:log-stream:1')],
  ...each(['xray:GetSamplingRules', 'xray:PutTraceSegments'], '*'),
  ...each(
    ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptTo'],
    arn('kms', 'key/1'),
  ),
  ['sns:Publish', arn('sns', 'crosswind-page')],
];

/** Questions to the boundary of roles of stacks. */
export const ofBoundary: Readonly<Record<string, readonly GuardQuestion[]>> = {
  'a role of a workload uses its services': [
    ...asked(worker, 'allowed', telemetryAndKeys(here), { resource: leftToIam() }),
    ...asked(worker, 'allowed', [
      ['dynamodb:PutItem', table],
      ...each(
        ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        here('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
      ),
      ['events:PutEvents', here('events', 'event-bus/default')],
      ['lambda:InvokeFunction', here('lambda', 'function:crosswind-a')],
      ['lambda:GetFunctionConfiguration', here('lambda', 'function:crosswind-a')],
      ...each(['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'], '*'),
      ...each(
        ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
        role('crosswind-a-target'),
      ),
      ['s3:PutObject', object],
      ['sqs:SendMessage', queue],
      ['ssm:GetParametersByPath', here('ssm', 'parameter/crosswind/a')],
      ['states:StartExecution', machine],
    ]),
    ...asked(
      worker,
      'allowed',
      ['target', 'probe'].map((kind) => ['sts:AssumeRole', role(`crosswind-a-${kind}`)] as const),
      { resource: trusting(accounts.workload) },
    ),
  ],
  'a role of a workload reads no other role, and changes no target role': [
    ...asked(worker, 'not allowed by boundary', [['iam:GetRolePolicy', role('crosswind-a-runner')]]),
    ...asked(worker, 'OnlyThePipelineChangesCrosswind', [['iam:PutRolePolicy', role('crosswind-a-target')]]),
  ],
  'a role of monitoring uses its services': asked(watcher, 'allowed', telemetryAndKeys(arnIn(accounts.monitoring)), {
    resource: leftToIam(accounts.monitoring),
  }),
  'the pipeline uses its services': [
    ...asked(pipeline, 'allowed', telemetryAndKeys(tooling), { resource: leftToIam(accounts.pipeline) }),
    ...asked(pipeline, 'allowed', [
      ['codebuild:StartBuild', tooling('codebuild', 'project/crosswind-file-asset')],
      ['codeconnections:UseConnection', tooling('codeconnections', 'connection/1')],
      ['codestar-connections:UseConnection', tooling('codestar-connections', 'connection/1')],
      ['cloudformation:DescribeStacks', tooling('cloudformation', 'stack/Crosswind/1')],
      ...each(['s3:PutObject', 's3:PutObjectAcl'], 'arn:aws:s3:::crosswind-artifacts-1/1'),
    ]),
    ...asked(
      pipeline,
      'allowed',
      forEach(
        [
          ...['deploy', 'file-publishing', 'lookup'].map((kind) => bootstrap(kind)),
          ...['crosswind-a-runner', 'crosswind-viewer', 'crosswind-protector'].map((name) => role(name)),
        ],
        'sts:AssumeRole',
      ),
      { of: accounts.workload, resource: openTrust },
    ),
  ],
  'a role of a workload stays in the organization': [
    ...asked(
      worker,
      'StayInTheOrganization',
      [
        ['dynamodb:PutItem', outside('dynamodb', 'table/crosswind-a')],
        ['kms:Encrypt', outside('kms', 'key/1')],
        ['sns:Publish', outside('sns', 'crosswind-page')],
        ['sqs:SendMessage', outside('sqs', 'crosswind-a')],
      ],
      { of: foreign, resource: open },
    ),
    ...asked(worker, 'StayInTheOrganization', [['sts:AssumeRole', role('crosswind-a-target', foreign)]], {
      of: foreign,
      resource: openTrust,
    }),
    ...asked(worker, 'ReadPublicBucketsAlone', [['s3:GetObject', 'arn:aws:s3:::lure/script']], {
      of: foreign,
      resource: open,
    }),
  ],
  'a role of a workload reads public buckets': asked(
    worker,
    'allowed',
    [
      ['s3:ListBucket', 'arn:aws:s3:::noaa-isd-pds'],
      ['s3:GetObject', 'arn:aws:s3:::noaa-isd-pds/2026.gz'],
    ],
    { of: foreign, resource: open },
  ),
  'a role of a workload never writes to them': asked(
    worker,
    'NeverWriteToThem',
    [
      ['s3:CreateBucketMetadataTableConfiguration', 'arn:aws:s3:::noaa-isd-pds'],
      ...each(
        ['s3:DeleteObject', 's3:PutObject', 's3:ReplicateObject', 's3:RestoreObject'],
        'arn:aws:s3:::noaa-isd-pds/secret',
      ),
    ],
    { of: foreign, resource: open },
  ),
  'a role of a workload writes to a public bucket of its own organization': asked(
    worker,
    'allowed',
    [['s3:PutObject', 'arn:aws:s3:::noaa-isd-pds/copy']],
    { of: accounts.workload },
  ),
  'a role of a workload never changes its stack': asked(worker, 'NeverChangeTheStack', [
    ...each(
      [
        'dynamodb:CreateTable',
        'dynamodb:DeleteResourcePolicy',
        'dynamodb:DeleteTable',
        'dynamodb:PutResourcePolicy',
        'dynamodb:UpdateTable',
      ],
      table,
    ),
    ...each(['logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:PutSubscriptionFilter'], logGroup),
    ['logs:DeleteLogStream', `${logGroup}:log-stream:1`],
    ['logs:PutDestinationPolicy', here('logs', 'destination:crosswind-a')],
    ...each(['s3:CreateAccessPoint', 's3:PutAccessPointPolicy'], here('s3', 'accesspoint/crosswind-a')),
    ...each(['s3:DeleteBucketPolicy', 's3:PutLifecycleConfiguration', 's3:PutBucketAcl'], bucket),
    ['s3:PutObjectAcl', object],
    ...each(['sqs:AddPermission', 'sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes'], queue),
    ...each(['states:CreateStateMachine', 'states:DeleteStateMachine', 'states:UpdateStateMachine'], machine),
  ]),
};
