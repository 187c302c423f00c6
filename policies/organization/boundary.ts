import { type AccountJob, type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import {
  anyRole,
  bootstrapRoles,
  type Guarded,
  type GuardPolicy,
  type GuardStatement,
  rolesForPipeline,
} from './guarded.ts';

/**
 * Permissions boundary of every role that CloudFormation creates in accounts of a kind: the most that a role can do,
 * whatever its own policies say. Of IAM it allows only to read target roles.
 */
export const boundary = (guarded: Guarded, kind: AccountKind): GuardPolicy => ({
  Version: '2012-10-17',
  Statement: [
    ...jobsOf(kind).flatMap((job) => allowed[job](guarded)),
    ...stayInTheOrganization(guarded),
    neverChangeTheStack(kind),
  ],
});

const allowed: Readonly<Record<AccountJob, (guarded: Guarded) => readonly GuardStatement[]>> = {
  workload: (guarded) => [
    {
      Sid: 'ServicesOfWorkloads',
      Effect: 'Allow',
      Action: [
        ...telemetry,
        ...keyUse,
        // What says why a run is slow: metrics of the account, and timeout and memory of functions.
        'cloudwatch:GetMetricData',
        'cloudwatch:ListMetrics',
        'dynamodb:*',
        // Step Functions starts other workflows by a rule that it manages (service-integration-iam-templates).
        'events:DescribeRule',
        'events:PutEvents',
        'events:PutRule',
        'events:PutTargets',
        'lambda:GetFunctionConfiguration',
        'lambda:InvokeFunction',
        's3:*',
        'sns:Publish',
        'sqs:*',
        'ssm:GetParameter*',
        'states:*',
      ],
      Resource: '*',
    },
    assume([anyRole(guarded, 'crosswind-*-target'), anyRole(guarded, 'crosswind-*-probe')]),
    {
      // The policies of target roles say why a parent waits for a child that has ended.
      Sid: 'ReadTargetRoles',
      Effect: 'Allow',
      Action: ['iam:GetRole*', 'iam:List*RolePolicies'],
      Resource: anyRole(guarded, 'crosswind-*-target'),
    },
  ],
  monitoring: () => [
    { Sid: 'ServicesOfMonitoring', Effect: 'Allow', Action: [...telemetry, ...keyUse, 'sns:Publish'], Resource: '*' },
  ],
  pipeline: (guarded) => [
    {
      Sid: 'ServicesOfThePipeline',
      Effect: 'Allow',
      Action: [
        ...telemetry,
        ...keyUse,
        'codebuild:*',
        'codeconnections:UseConnection',
        'codestar-connections:UseConnection',
        'cloudformation:DescribeStacks',
        's3:*',
        'sns:Publish',
      ],
      Resource: '*',
    },
    assume([
      ...['deploy-role', 'file-publishing-role', 'lookup-role'].map((kind) => bootstrapRoles(guarded, kind)),
      ...rolesForPipeline(guarded),
    ]),
  ],
};

const telemetry = ['cloudwatch:PutMetricData', 'logs:*', 'xray:Get*', 'xray:Put*'];
const keyUse = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

const assume = (roles: readonly string[]): GuardStatement => ({
  Sid: 'AssumeOurRoles',
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: roles,
});

function stayInTheOrganization({ partition, organizationId, publicBuckets }: Guarded): readonly GuardStatement[] {
  const outside = { StringNotEqualsIfExists: { 'aws:ResourceOrgID': organizationId } };
  const excepted = publicBuckets.flatMap((name) => [
    `arn:${partition}:s3:::${name}`,
    `arn:${partition}:s3:::${name}/*`,
  ]);
  return [
    {
      Sid: 'StayInTheOrganization',
      Effect: 'Deny',
      Action: ['dynamodb:*', 'kms:*', 'sns:*', 'sqs:*', 'sts:AssumeRole'],
      Resource: '*',
      Condition: outside,
    },
    {
      Sid: 'ReadPublicBucketsAlone',
      Effect: 'Deny',
      Action: 's3:*',
      ...(excepted.length > 0 ? { NotResource: excepted } : { Resource: '*' }),
      Condition: outside,
    },
    ...(excepted.length > 0
      ? [
          {
            Sid: 'NeverWriteToThem',
            Effect: 'Deny',
            Action: ['s3:Create*', 's3:Delete*', 's3:Put*', 's3:Replicate*', 's3:Restore*'],
            Resource: excepted,
            Condition: outside,
          } as const,
        ]
      : []),
  ];
}

/** Denies the work of CloudFormation: a running workload does not rewrite itself, nor who may reach its data. */
const neverChangeTheStack = (kind: AccountKind): GuardStatement => ({
  Sid: 'NeverChangeTheStack',
  Effect: 'Deny',
  Action: [
    'dynamodb:CreateTable',
    'dynamodb:Delete*Policy',
    'dynamodb:DeleteTable',
    'dynamodb:Put*Policy',
    'dynamodb:UpdateTable*',
    'logs:DeleteLogGroup',
    'logs:DeleteLogStream',
    'logs:PutDestination*',
    'logs:PutRetentionPolicy',
    'logs:PutSubscriptionFilter',
    's3:CreateAccessPoint*',
    's3:DeleteBucket*',
    's3:Put*Configuration',
    's3:PutAccessPoint*',
    's3:PutBucket*',
    // CodePipeline sets an ACL on what its source action writes (aws/aws-cdk#13557).
    ...(jobsOf(kind).includes('pipeline') ? [] : ['s3:PutObjectAcl']),
    'sqs:*Permission',
    'sqs:CreateQueue',
    'sqs:DeleteQueue',
    'sqs:SetQueueAttributes',
    'states:Create*',
    'states:Delete*',
    'states:Update*',
  ],
  Resource: '*',
});
