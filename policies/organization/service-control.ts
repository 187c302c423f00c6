import { type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import { buildNamePrefix, pipelineName } from '../../config/pipeline-name.ts';
import {
  administrators,
  anyRole,
  bootstrapRoles,
  guardArns,
  type Guarded,
  type GuardPolicy,
  type GuardStatement,
  pipelineRoles,
  stackArns,
} from './guarded.ts';

/**
 * Service control policy of accounts of a kind: the guards are changed by administrators alone, and the platform's
 * resources by its pipeline. It does not bind the management account and service-linked roles. Reading and running
 * belong to roles, so it leaves them alone.
 */
export const serviceControlPolicy = (guarded: Guarded, kind: AccountKind): GuardPolicy => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'StayAndKeepTrails',
      Effect: 'Deny',
      Action: [
        'account:CloseAccount',
        'cloudtrail:DeleteTrail',
        'cloudtrail:PutEventSelectors',
        'cloudtrail:StopLogging',
        'cloudtrail:UpdateTrail',
        'organizations:LeaveOrganization',
      ],
      Resource: '*',
      Condition: exceptFor(administrators(guarded)),
    },
    guardsAreAdministrators(guarded),
    onlyThePipelineChanges(guarded),
    {
      Sid: 'DeletionIsBreakGlass',
      Effect: 'Deny',
      Action: 'cloudformation:DeleteStack',
      Resource: stackArns(guarded),
      Condition: exceptFor(administrators(guarded)),
    },
    ...(jobsOf(kind).includes('pipeline') ? pipelineStatements(guarded) : []),
  ],
});

const exceptFor = (principals: readonly string[]) => ({ ArnNotLike: { 'aws:PrincipalArn': principals } });

const guardsAreAdministrators = (guarded: Guarded): GuardStatement => ({
  Sid: 'GuardsAreAdministrators',
  Effect: 'Deny',
  Action: [
    'iam:AttachRolePolicy',
    'iam:CreatePolicy',
    'iam:CreatePolicyVersion',
    'iam:CreateRole',
    'iam:DeletePolicy',
    'iam:DeletePolicyVersion',
    'iam:DeleteRole*',
    'iam:DetachRolePolicy',
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
    'iam:SetDefaultPolicyVersion',
    'iam:UpdateAssumeRolePolicy',
    'oam:DeleteLink',
    'oam:DeleteSink',
    'oam:PutSinkPolicy',
    'oam:UpdateLink',
  ],
  Resource: [...guardArns(guarded), `arn:${guarded.partition}:oam:*:*:*`],
  Condition: exceptFor(administrators(guarded)),
});

const onlyThePipelineChanges = (guarded: Guarded): GuardStatement => {
  const arn = (rest: string): string => `arn:${guarded.partition}:${rest}`;
  return {
    Sid: 'OnlyThePipelineChangesCrosswind',
    Effect: 'Deny',
    Action: [
      'cloudformation:ContinueUpdateRollback',
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:RollbackStack',
      'cloudformation:UpdateStack',
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePermissionsBoundary',
      'iam:PassRole',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
      'lambda:AddPermission',
      'lambda:DeleteFunction',
      'lambda:UpdateFunction*',
      's3:DeleteBucket*',
      's3:PutBucketPolicy',
      'states:DeleteStateMachine',
      'states:UpdateStateMachine',
    ],
    Resource: [
      ...stackArns(guarded),
      ...['crosswind-*', 'Crosswind-*'].map((name) => anyRole(guarded, name)),
      arn('lambda:*:*:function:crosswind-*'),
      arn('s3:::crosswind-*'),
      arn('states:*:*:stateMachine:crosswind-*'),
    ],
    Condition: exceptFor([
      bootstrapRoles(guarded, 'cfn-exec-role'),
      bootstrapRoles(guarded, 'deploy-role'),
      ...administrators(guarded),
    ]),
  };
};

/** In the pipeline's account, which every other account trusts by the names of these roles. */
const pipelineStatements = (guarded: Guarded): readonly GuardStatement[] => [
  {
    Sid: 'BootstrapRolesForThePipeline',
    Effect: 'Deny',
    Action: 'sts:AssumeRole',
    Resource: bootstrapRoles(guarded),
    Condition: exceptFor([
      ...pipelineRoles(guarded, 'pipeline', 'publishing', 'selfMutation'),
      ...administrators(guarded),
    ]),
  },
  {
    // Builds act as the roles that accounts trust: a build with other commands is a deployment by hand.
    Sid: 'BuildsBelongToThePipeline',
    Effect: 'Deny',
    Action: [
      'codebuild:RetryBuild*',
      'codebuild:StartBuild*',
      'codebuild:UpdateProject*',
      'codepipeline:DeletePipeline',
      'codepipeline:UpdatePipeline',
    ],
    Resource: [`codebuild:*:*:project/${buildNamePrefix}*`, `codepipeline:*:*:${pipelineName}`].map(
      (rest) => `arn:${guarded.partition}:${rest}`,
    ),
    Condition: exceptFor([
      bootstrapRoles(guarded, 'cfn-exec-role'),
      ...pipelineRoles(guarded, 'pipeline'),
      ...administrators(guarded),
    ]),
  },
];
