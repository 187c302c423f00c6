import { accounts, execution, managedPolicy, role } from '../decided.ts';
import {
  type GuardQuestion,
  type Call,
  asked,
  each,
  here,
  tooling,
  leftToIam,
  bootstrap,
  table,
  queue,
  machine,
  bounded,
  tag,
  passedTo,
  guardedRoles,
} from './asked.ts';

/** Resources of every service of the catalogue whose names begin like this. */
const named = (arn: typeof here, account: string, name: string): readonly Call[] => [
  ['s3:CreateBucket', `arn:aws:s3:::${name}a`],
  ['sns:CreateTopic', arn('sns', `${name}a`)],
  ['events:PutRule', arn('events', `rule/${name}a`)],
  ['events:PutRule', arn('events', `rule/bus/${name}a`)],
  ['cloudwatch:PutMetricAlarm', arn('cloudwatch', `alarm:${name}a`)],
  ['cloudwatch:PutDashboard', `arn:aws:cloudwatch::${account}:dashboard/${name}a`],
  ...['', '/aws/vendedlogs/states/', '/aws/lambda/', '/aws/codebuild/'].map((folder): Call => [
    'logs:CreateLogGroup',
    arn('logs', `log-group:${folder}${name}a`),
  ]),
];

/** Questions to the policy of CloudFormation's execution role. */
export const ofExecution: Readonly<Record<string, readonly GuardQuestion[]>> = {
  'CloudFormation changes what the catalogue names in a workload account': asked(execution(), 'allowed', [
    ...named(here, accounts.workload, 'crosswind-'),
    ['ssm:PutParameter', here('ssm', 'parameter/crosswind/a')],
    ['states:CreateStateMachine', machine],
    ['states:CreateActivity', here('states', 'activity:crosswind-a')],
    ['lambda:CreateFunction', here('lambda', 'function:crosswind-a')],
    ['sqs:CreateQueue', queue],
    ['dynamodb:CreateTable', table],
    ['scheduler:CreateSchedule', here('scheduler', 'schedule/default/crosswind-a')],
    ['scheduler:CreateScheduleGroup', here('scheduler', 'schedule-group/crosswind-a')],
    ...each(
      [
        'cloudwatch:DescribeAlarms',
        'cloudwatch:ListDashboards',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
      ],
      '*',
    ),
  ]),
  "CloudFormation changes what the catalogue names in the pipeline's account": asked(execution('pipeline'), 'allowed', [
    ...named(tooling, accounts.pipeline, 'crosswind'),
    ...named(tooling, accounts.pipeline, 'Crosswind-'),
    ...['crosswind', 'Crosswind-'].map((name): Call => ['codepipeline:CreatePipeline', tooling('codepipeline', name)]),
    ['codebuild:CreateProject', tooling('codebuild', 'project/crosswind-file-asset')],
    ['codebuild:CreateReportGroup', tooling('codebuild', 'report-group/crosswind-synth')],
    ['codeconnections:PassConnection', tooling('codeconnections', 'connection/1')],
    ['codestar-connections:PassConnection', tooling('codestar-connections', 'connection/1')],
  ]),
  'CloudFormation leaves everything else alone': asked(execution(), 'not allowed by identity', [
    ['s3:CreateBucket', 'arn:aws:s3:::payments'],
    ['states:UpdateStateMachine', here('states', 'stateMachine:payments')],
    ['codepipeline:UpdatePipeline', here('codepipeline', 'crosswind')],
    ['kms:CreateKey', '*'],
    ['kms:CreateKey', '*', tag('Resource')],
    ['kms:CreateAlias', here('kms', 'alias/payments')],
    ['iam:CreateRole', role('crosswind-a')],
    ['iam:CreateRole', role('payments'), bounded],
    ['iam:PassRole', role('crosswind-a'), passedTo('ec2')],
    ['iam:PassRole', role('payments'), passedTo('lambda')],
  ]),
  "CloudFormation leaves the builds of other pipelines in the pipeline's account alone": asked(
    execution('pipeline'),
    'not allowed by identity',
    [
      ['codebuild:UpdateProject', tooling('codebuild', 'project/PipelineUpdatePipelineSelfM-1')],
      ['codebuild:DeleteReportGroup', tooling('codebuild', 'report-group/PipelineTests')],
    ],
  ),
  'CloudFormation knows keys by their tag': [
    ...asked(execution(), 'allowed', [['kms:CreateKey', '*', tag('Request')]]),
    ...asked(
      execution(),
      'allowed',
      [
        ['kms:TagResource', here('kms', 'key/1'), tag('Request')],
        ['kms:PutKeyPolicy', here('kms', 'key/1'), tag('Resource')],
        ['kms:CreateAlias', here('kms', 'alias/crosswind-a')],
      ],
      { resource: leftToIam() },
    ),
    ...asked(
      execution(),
      'not allowed by identity',
      [
        ['kms:TagResource', here('kms', 'key/1'), { ...tag('Request'), ...tag('Resource', 'another') }],
        ['kms:TagResource', here('kms', 'key/1'), tag('Request', 'another')],
        ['kms:PutKeyPolicy', here('kms', 'key/1'), tag('Resource', 'another')],
      ],
      { resource: leftToIam() },
    ),
  ],
  'CloudFormation gives permissions to roles with the boundary': [
    ...asked(
      execution(),
      'allowed',
      each(
        [
          'iam:AttachRolePolicy',
          'iam:CreateRole',
          'iam:PutRolePermissionsBoundary',
          'iam:PutRolePolicy',
          'iam:UpdateAssumeRolePolicy',
          'iam:UpdateRole',
          'iam:UpdateRoleDescription',
        ],
        role('crosswind-a'),
      ),
      { context: bounded },
    ),
    ...asked(execution('pipeline'), 'allowed', [['iam:CreateRole', role('Crosswind-a', accounts.pipeline)]], {
      context: { 'iam:PermissionsBoundary': managedPolicy('crosswind-boundary', accounts.pipeline) },
    }),
  ],
  'CloudFormation reads and deletes roles, and passes them to known services': [
    ...asked(
      execution(),
      'allowed',
      each(
        [
          'iam:DeleteRole',
          'iam:DeleteRolePolicy',
          'iam:DetachRolePolicy',
          'iam:GetRole',
          'iam:GetRolePolicy',
          'iam:ListAttachedRolePolicies',
          'iam:ListRolePolicies',
          'iam:ListRoleTags',
          'iam:TagRole',
          'iam:UntagRole',
        ],
        role('crosswind-a'),
      ),
    ),
    ...asked(
      execution(),
      'allowed',
      ['events', 'lambda', 'scheduler', 'states'].map((name): Call => [
        'iam:PassRole',
        role('crosswind-a'),
        passedTo(name),
      ]),
    ),
    ...asked(execution('pipeline'), 'allowed', [
      ['iam:GetRole', role('Crosswind-a', accounts.pipeline)],
      ...['codebuild', 'codepipeline'].map((name): Call => [
        'iam:PassRole',
        role('Crosswind-a', accounts.pipeline),
        passedTo(name),
      ]),
    ]),
  ],
  'CloudFormation reads the bootstrap': asked(execution(), 'allowed', [
    ...each(['ssm:GetParameter', 'ssm:GetParameters'], here('ssm', 'parameter/cdk-bootstrap/crosswind/version')),
    ...each(
      ['s3:GetObject', 's3:GetObjectVersion'],
      'arn:aws:s3:::cdk-crosswind-assets-444444444444-us-east-1/code.zip',
    ),
  ]),
  'CloudFormation leaves the guards alone': [
    ...asked(execution(), 'NotTheGuards', [
      ['iam:CreatePolicyVersion', managedPolicy('crosswind-deployment')],
      ['iam:CreatePolicyVersion', managedPolicy('crosswind-boundary')],
      ['iam:GetRole', bootstrap('deploy')],
      ...guardedRoles.map((name): Call => ['iam:GetRole', role(name)]),
    ]),
    ...asked(execution(), 'BoundariesStay', [['iam:DeleteRolePermissionsBoundary', role('crosswind-a'), bounded]]),
    ...asked(execution(), 'NoPeople', [
      ...each(
        ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateUser'],
        'arn:aws:iam::444444444444:user/crosswind-me',
      ),
      ['iam:CreateOpenIDConnectProvider', 'arn:aws:iam::444444444444:oidc-provider/tokens.example.com'],
      ['iam:CreateSAMLProvider', 'arn:aws:iam::444444444444:saml-provider/crosswind'],
    ]),
  ],
};
