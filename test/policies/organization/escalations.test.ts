import { describe, expect, test } from 'vitest';
import {
  accounts,
  administrator,
  type Asked,
  decided,
  execution,
  foreign,
  managedPolicy,
  role,
  roleOfStack,
  trusting,
} from './decided.ts';

const own = execution();
const worker = roleOfStack('crosswind-wind-speed-child');
const person = administrator('AWSReservedSSO_Administrator');
const stackSets = administrator('stacksets-exec-1234');
const breakGlass = administrator('crosswind-break-glass');
const boundaryArn = managedPolicy('crosswind-boundary');
const bounded = { 'iam:PermissionsBoundary': boundaryArn };
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const key = 'arn:aws:kms:us-east-1:444444444444:key/1';
const stack = 'arn:aws:cloudformation:us-east-1:444444444444:stack/crosswind-wind-speed-child/1';
const machine = 'arn:aws:states:us-east-1:444444444444:stateMachine:crosswind-wind-speed-child';
const bootstrap = (kind: string) => role(`cdk-crosswind-${kind}-role-444444444444-us-east-1`);
const workflow = role('crosswind-wind-speed-child');

/** A call that would give somebody more than they have, and what denies it. */
interface Escalation extends Asked {
  readonly denial: string;
  /** The honest call that resembles it. */
  readonly twin: Partial<Asked>;
  readonly honest: string;
}

const attaching = (name: string): Escalation => ({
  by: own,
  action: 'iam:AttachRolePolicy',
  on: workflow,
  context: { 'iam:PolicyARN': aws(name) },
  denial: 'not allowed by identity',
  twin: { context: { 'iam:PolicyARN': aws(name), ...bounded } },
  honest: 'where the boundary limits the role',
});

const escalations: Readonly<Record<string, Escalation>> = {
  'the execution role creates a role without boundary': {
    by: own,
    action: 'iam:CreateRole',
    on: workflow,
    denial: 'not allowed by identity',
    twin: { context: bounded },
    honest: 'with the boundary',
  },
  'the execution role creates a role with a boundary that bounds nothing': {
    by: own,
    action: 'iam:CreateRole',
    on: workflow,
    context: { 'iam:PermissionsBoundary': aws('AdministratorAccess') },
    denial: 'not allowed by identity',
    twin: { action: 'iam:PutRolePermissionsBoundary', context: bounded },
    honest: 'the boundary is put on a role that was without',
  },
  'the execution role gives a role without boundary an inline policy that allows everything': {
    by: own,
    action: 'iam:PutRolePolicy',
    on: workflow,
    denial: 'not allowed by identity',
    twin: { context: bounded },
    honest: 'to a role with the boundary',
  },
  'the execution role attaches AdministratorAccess': attaching('AdministratorAccess'),
  'the execution role attaches IAMFullAccess': attaching('IAMFullAccess'),
  'the execution role attaches PowerUserAccess': attaching('PowerUserAccess'),
  'the execution role lets a role without boundary trust another account': {
    by: own,
    action: 'iam:UpdateAssumeRolePolicy',
    on: workflow,
    denial: 'not allowed by identity',
    twin: { context: bounded },
    honest: 'it changes the trust of a role with the boundary',
  },
  'an account outside assumes a role that trusts it': {
    by: administrator('anybody', foreign),
    action: 'sts:AssumeRole',
    on: role('crosswind-wind-speed-target'),
    of: accounts.workload,
    resource: trusting(foreign, accounts.monitoring),
    denial: 'OnlyTheOrganization',
    twin: { by: administrator('anybody', accounts.monitoring) },
    honest: 'one of the organization does',
  },
  'the execution role passes a role to a service that no stack uses': {
    by: own,
    action: 'iam:PassRole',
    on: workflow,
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    denial: 'not allowed by identity',
    twin: { context: { 'iam:PassedToService': 'states.amazonaws.com' } },
    honest: 'to Step Functions',
  },
  'the execution role passes a role of the bootstrap to a function': {
    by: own,
    action: 'iam:PassRole',
    on: bootstrap('cfn-exec'),
    context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
    denial: 'NotTheGuards',
    twin: { on: workflow },
    honest: 'it passes a role of a stack',
  },
  'the execution role widens the boundary': {
    by: own,
    action: 'iam:CreatePolicyVersion',
    on: boundaryArn,
    denial: 'NotTheGuards',
    twin: { by: stackSets },
    honest: 'StackSets bring a new version of it',
  },
  'the execution role deletes its own policy': {
    by: own,
    action: 'iam:DeletePolicy',
    on: managedPolicy('crosswind-deployment'),
    denial: 'NotTheGuards',
    twin: { by: breakGlass },
    honest: 'the role for emergencies does',
  },
  'the execution role gives the viewer a policy': {
    by: own,
    action: 'iam:PutRolePolicy',
    on: role('crosswind-viewer'),
    context: bounded,
    denial: 'NotTheGuards',
    twin: { on: role('crosswind-viewer-of-tenant') },
    honest: 'it gives one to a role of a stack',
  },
  'the execution role deletes the protector': {
    by: own,
    action: 'iam:DeleteRole',
    on: role('crosswind-protector'),
    denial: 'NotTheGuards',
    twin: { on: role('crosswind-wind-speed-runner') },
    honest: 'it deletes a role of a stack',
  },
  'the execution role lets others assume the deploy role': {
    by: own,
    action: 'iam:UpdateAssumeRolePolicy',
    on: bootstrap('deploy'),
    context: bounded,
    denial: 'NotTheGuards',
    twin: { by: stackSets },
    honest: 'StackSets change the trust',
  },
  'the execution role takes the boundary away': {
    by: own,
    action: 'iam:DeleteRolePermissionsBoundary',
    on: workflow,
    context: bounded,
    denial: 'BoundariesStay',
    twin: { action: 'iam:DeleteRolePolicy' },
    honest: 'it takes a policy away',
  },
  'the execution role creates a user': {
    by: own,
    action: 'iam:CreateUser',
    on: 'arn:aws:iam::444444444444:user/crosswind-me',
    context: bounded,
    denial: 'NoPeople',
    twin: { action: 'iam:CreateRole', on: workflow },
    honest: 'it creates a role',
  },
  'the execution role creates an access key': {
    by: own,
    action: 'iam:CreateAccessKey',
    on: 'arn:aws:iam::444444444444:user/somebody',
    denial: 'NoPeople',
    twin: { action: 'iam:GetRole', on: workflow },
    honest: 'it reads a role',
  },
  'the execution role lets an identity provider vouch for people': {
    by: own,
    action: 'iam:CreateSAMLProvider',
    on: 'arn:aws:iam::444444444444:saml-provider/crosswind',
    denial: 'NoPeople',
    twin: { action: 'iam:TagRole', on: workflow },
    honest: 'it tags a role',
  },
  'the execution role trusts the tokens of a provider': {
    by: own,
    action: 'iam:CreateOpenIDConnectProvider',
    on: 'arn:aws:iam::444444444444:oidc-provider/tokens.example.com',
    denial: 'NoPeople',
    twin: { action: 'iam:UpdateRole', on: workflow, context: bounded },
    honest: 'it describes a role',
  },
  'the execution role deletes a bucket of others': {
    by: own,
    action: 's3:DeleteBucket',
    on: 'arn:aws:s3:::accounting',
    denial: 'not allowed by identity',
    twin: { on: 'arn:aws:s3:::crosswind-wind-speed-results' },
    honest: 'one of the platform',
  },
  'the execution role deletes a key of another platform': {
    by: own,
    action: 'kms:ScheduleKeyDeletion',
    on: key,
    resource: [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444444444444:root' }, Action: 'kms:*', Resource: '*' },
    ],
    denial: 'not allowed by identity',
    twin: { context: { 'aws:ResourceTag/platform': 'crosswind' } },
    honest: 'one with the tag of this one',
  },
  'a role of a stack creates a role': {
    by: worker,
    action: 'iam:CreateRole',
    on: workflow,
    context: bounded,
    denial: 'OnlyThePipelineChangesCrosswind',
    twin: { by: own },
    honest: 'CloudFormation creates it',
  },
  'a role of a stack rewrites its own state machine': {
    by: worker,
    action: 'states:UpdateStateMachine',
    on: machine,
    denial: 'NeverChangeTheStack',
    twin: { action: 'states:StartExecution' },
    honest: 'it starts it',
  },
  'a role of a stack opens its bucket': {
    by: worker,
    action: 's3:PutBucketPolicy',
    on: 'arn:aws:s3:::crosswind-wind-speed-results',
    denial: 'NeverChangeTheStack',
    twin: { action: 's3:PutObject', on: 'arn:aws:s3:::crosswind-wind-speed-results/2026.csv' },
    honest: 'it writes an object',
  },
  'a role of a stack assumes a role of the bootstrap': {
    by: worker,
    action: 'sts:AssumeRole',
    on: bootstrap('deploy'),
    resource: trusting(accounts.workload),
    denial: 'not allowed by boundary',
    twin: { on: role('crosswind-wind-speed-child-target') },
    honest: 'it assumes the target of the stage that it calls',
  },
  'a role of a stack assumes a role outside': {
    by: worker,
    action: 'sts:AssumeRole',
    on: role('crosswind-outside-target', foreign),
    of: foreign,
    resource: trusting(accounts.workload),
    denial: 'StayInTheOrganization',
    twin: { on: role('crosswind-wind-speed-child-target', accounts.monitoring), of: accounts.monitoring },
    honest: 'one of the organization',
  },
  'a role of a stack reads a bucket outside': {
    by: worker,
    action: 's3:GetObject',
    on: 'arn:aws:s3:::lure/script',
    of: foreign,
    resource: open('lure'),
    denial: 'ReadPublicBucketsAlone',
    twin: { on: 'arn:aws:s3:::noaa-isd-pds/2026.gz', resource: open('noaa-isd-pds') },
    honest: 'the public one of the file',
  },
  'a role of a stack carries data out through the public bucket': {
    by: worker,
    action: 's3:PutObject',
    on: 'arn:aws:s3:::noaa-isd-pds/secret',
    of: foreign,
    resource: open('noaa-isd-pds'),
    denial: 'NeverWriteToThem',
    twin: { action: 's3:ListBucket', on: 'arn:aws:s3:::noaa-isd-pds' },
    honest: 'it lists it',
  },
  'a person deploys a stack of the platform by hand': {
    by: person,
    action: 'cloudformation:CreateChangeSet',
    on: stack,
    denial: 'OnlyThePipelineChangesCrosswind',
    twin: { by: administrator('cdk-crosswind-deploy-role-444444444444-us-east-1') },
    honest: 'the deploy role does',
  },
  'a person deletes a stack of the platform': {
    by: person,
    action: 'cloudformation:DeleteStack',
    on: stack,
    denial: 'DeletionIsBreakGlass',
    twin: { by: breakGlass },
    honest: 'with the role for emergencies',
  },
  'a person assumes a role of the bootstrap from the account of the pipeline': {
    by: administrator('AWSReservedSSO_Administrator', accounts.pipeline),
    action: 'sts:AssumeRole',
    on: bootstrap('deploy'),
    of: accounts.workload,
    resource: trusting(accounts.pipeline),
    denial: 'BootstrapRolesForThePipeline',
    twin: { by: roleOfStack('crosswind-pipeline', 'pipeline') },
    honest: 'the pipeline does',
  },
  'a person takes the account out of the organization': {
    by: person,
    action: 'organizations:LeaveOrganization',
    on: '*',
    denial: 'StayAndKeepTrails',
    twin: { action: 'organizations:DescribeOrganization' },
    honest: 'they look at the organization',
  },
};

/** Policy of a bucket that everybody reads and writes. */
function open(name: string): Asked['resource'] {
  return [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    },
  ];
}

describe('an escalation is denied', () => {
  test.each(Object.entries(escalations))('%s', (_, { denial, ...asked }) => {
    expect(decided(asked)).toBe(denial);
  });
});

describe('the honest call that resembles it is allowed', () => {
  test.each(Object.entries(escalations).map(([what, { honest, ...asked }]) => [what, honest, asked] as const))(
    'not %s, but %s',
    (_, __, { twin, ...asked }) => {
      expect(decided({ ...asked, ...twin })).toBe('allowed');
    },
  );
});
