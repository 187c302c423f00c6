import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { type AccountJob, type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import { platformTag } from '../../config/platform-tag.ts';
import { catalogueStatements } from './catalogue.ts';
import { anyBoundary, anyRole, guardArns, type Guarded, type GuardPolicy, type GuardStatement } from './guarded.ts';

/** Services that roles of an account are passed to. */
const passedTo: Readonly<Record<AccountJob, readonly string[]>> = {
  workload: ['events', 'lambda', 'scheduler', 'states'],
  monitoring: ['events'],
  pipeline: ['codebuild', 'codepipeline', 'events'],
};

/** Actions on a role that give it permissions, or others the role. IAM knows the boundary of the role in all of them. */
const grantingActions = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
];

/** Actions on a role that read it, name it or take something away from it, so that roles of old stacks can go. */
const otherActions = [
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
];

/**
 * Policy of CloudFormation's execution role in accounts of a kind. A role that it creates has the boundary, or is not
 * created: whatever a template gives it, it can do no more than the boundary allows.
 */
export function executionPolicy(guarded: Guarded, kind: AccountKind): GuardPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      ...catalogueStatements(guarded, kind),
      ...keyStatements(guarded),
      ...roleStatements(guarded, kind),
      ...bootstrapStatements(guarded),
      ...(jobsOf(kind).includes('pipeline') ? [connectionStatement(guarded)] : []),
      ...guardStatements(guarded),
    ],
  };
}

function keyStatements({ partition }: Guarded): readonly GuardStatement[] {
  const { key, value } = platformTag;
  return [
    {
      Sid: 'NewKeysAreTagged',
      Effect: 'Allow',
      Action: ['kms:CreateKey', 'kms:TagResource'],
      Resource: '*',
      Condition: {
        StringEquals: { [`aws:RequestTag/${key}`]: value },
        // The tag makes a key ours, so a key of another platform must not get it.
        StringEqualsIfExists: { [`aws:ResourceTag/${key}`]: value },
      },
    },
    {
      Sid: 'OwnKeys',
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: `arn:${partition}:kms:*:*:key/*`,
      Condition: { StringEquals: { [`aws:ResourceTag/${key}`]: value } },
    },
    {
      Sid: 'OwnAliases',
      Effect: 'Allow',
      Action: 'kms:*Alias',
      Resource: `arn:${partition}:kms:*:*:alias/crosswind-*`,
    },
  ];
}

function roleStatements(guarded: Guarded, kind: AccountKind): readonly GuardStatement[] {
  const roles = [
    anyRole(guarded, 'crosswind-*'),
    ...(jobsOf(kind).includes('pipeline') ? [anyRole(guarded, 'Crosswind-*')] : []),
  ];
  const passed = [...new Set(jobsOf(kind).flatMap((job) => passedTo[job]))];
  return [
    {
      Sid: 'RolesWithBoundary',
      Effect: 'Allow',
      Action: grantingActions,
      Resource: roles,
      Condition: { ArnLike: { 'iam:PermissionsBoundary': anyBoundary(guarded) } },
    },
    { Sid: 'Roles', Effect: 'Allow', Action: otherActions, Resource: roles },
    {
      Sid: 'PassToKnownServices',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: roles,
      Condition: { StringEquals: { 'iam:PassedToService': passed.map((name) => `${name}.amazonaws.com`) } },
    },
  ];
}

const bootstrapStatements = ({ partition }: Guarded): readonly GuardStatement[] => [
  {
    Sid: 'BootstrapVersion',
    Effect: 'Allow',
    Action: ['ssm:GetParameter', 'ssm:GetParameters'],
    Resource: `arn:${partition}:ssm:*:*:parameter/cdk-bootstrap/${bootstrapQualifier}/*`,
  },
  {
    Sid: 'Assets',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: `arn:${partition}:s3:::cdk-${bootstrapQualifier}-assets-*`,
  },
];

const connectionStatement = ({ partition }: Guarded): GuardStatement => ({
  Sid: 'Connection',
  Effect: 'Allow',
  // The service was renamed; connections of both names exist.
  Action: ['codeconnections:PassConnection', 'codestar-connections:PassConnection'],
  Resource: ['codeconnections', 'codestar-connections'].map((name) => `arn:${partition}:${name}:*:*:connection/*`),
});

const guardStatements = (guarded: Guarded): readonly GuardStatement[] => [
  {
    Sid: 'NotTheGuards',
    Effect: 'Deny',
    Action: 'iam:*',
    Resource: guardArns(guarded),
  },
  { Sid: 'BoundariesStay', Effect: 'Deny', Action: 'iam:DeleteRolePermissionsBoundary', Resource: '*' },
  {
    Sid: 'NoPeople',
    Effect: 'Deny',
    Action: [
      'iam:CreateAccessKey',
      'iam:CreateLoginProfile',
      'iam:CreateUser',
      'iam:*OpenIDConnectProvider*',
      'iam:*SAMLProvider*',
    ],
    Resource: '*',
  },
];
