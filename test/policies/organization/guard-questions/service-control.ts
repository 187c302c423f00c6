import { accounts, administrator, managedPolicy, role } from '../decided.ts';
import {
  guardedRoles,
  type GuardQuestion,
  type Call,
  asked,
  each,
  administratorsIn,
  forEach,
  here,
  tooling,
  person,
  inTooling,
  bootstrap,
  bucket,
  machine,
  passedTo,
  assumed,
} from './asked.ts';

const trails: readonly Call[] = [
  ...each(['account:CloseAccount'], '*'),
  ...each(
    ['cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail'],
    here('cloudtrail', 'trail/organization'),
  ),
  ['organizations:LeaveOrganization', '*'],
];

/** A baseline that a StackSet has deployed. */
const ofStackSet = 'StackSet-crosswind-baseline-us-east-1-1';

const guardChanges: readonly Call[] = [
  ...each(
    [
      'iam:CreatePolicy',
      'iam:CreatePolicyVersion',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:SetDefaultPolicyVersion',
    ],
    managedPolicy('crosswind-boundary'),
  ),
  ['iam:DeletePolicy', managedPolicy('crosswind-deployment')],
  ...each(
    [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
    ],
    bootstrap('deploy'),
  ),
  ...forEach(
    guardedRoles.map((name) => role(name)),
    'iam:DetachRolePolicy',
  ),
  ...each(['oam:DeleteLink', 'oam:UpdateLink'], here('oam', 'link/1')),
  ...each(['oam:DeleteSink', 'oam:PutSinkPolicy'], here('oam', 'sink/1')),
];

const platformChanges: readonly Call[] = [
  ...each(
    [
      'cloudformation:ContinueUpdateRollback',
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:RollbackStack',
      'cloudformation:UpdateStack',
    ],
    here('cloudformation', 'stack/crosswind-a/1'),
  ),
  ['cloudformation:UpdateStack', tooling('cloudformation', 'stack/Crosswind/1')],
  ['cloudformation:UpdateStack', here('cloudformation', `stack/${ofStackSet}/1`)],
  ...each(
    [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePermissionsBoundary',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
    ],
    role('crosswind-a'),
  ),
  ['iam:PutRolePolicy', role('Crosswind-a')],
  ['iam:PassRole', role('crosswind-a'), passedTo('lambda')],
  ...each(
    ['lambda:AddPermission', 'lambda:DeleteFunction', 'lambda:UpdateFunctionConfiguration'],
    here('lambda', 'function:crosswind-a'),
  ),
  ...each(['s3:DeleteBucketPolicy', 's3:PutBucketPolicy'], bucket),
  ...each(['states:DeleteStateMachine', 'states:UpdateStateMachine'], machine),
];

const builds: readonly Call[] = [
  ...each(
    ['codebuild:RetryBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProjectVisibility'],
    tooling('codebuild', 'project/crosswind-file-asset'),
  ),
  ...each(['codepipeline:DeletePipeline', 'codepipeline:UpdatePipeline'], tooling('codepipeline', 'crosswind')),
];

/** Questions to the service control policies, which bind everybody but the pipeline and administrators. */
export const ofServiceControl: Readonly<Record<string, readonly GuardQuestion[]>> = {
  'a person is stopped': [
    ...asked(person, 'StayAndKeepTrails', trails),
    ...asked(person, 'GuardsAreAdministrators', guardChanges),
    ...asked(person, 'OnlyThePipelineChangesCrosswind', platformChanges, { of: accounts.workload }),
    ...asked(
      person,
      'DeletionIsBreakGlass',
      forEach(
        ['crosswind-a', 'Crosswind', ofStackSet].map((name) => here('cloudformation', `stack/${name}/1`)),
        'cloudformation:DeleteStack',
      ),
    ),
    ...asked(inTooling, 'BootstrapRolesForThePipeline', [['sts:AssumeRole', bootstrap('deploy')]], assumed),
    ...asked(inTooling, 'BuildsBelongToThePipeline', builds),
  ],
  'a person builds what is not of the platform': asked(
    inTooling,
    'allowed',
    each(
      ['codebuild:RetryBuild', 'codebuild:StartBuild', 'codebuild:UpdateProject'],
      tooling('codebuild', 'project/PipelineUpdatePipelineSelfM-1'),
    ),
  ),
  'administrators are not': [
    ...administratorsIn(accounts.workload).flatMap((by) =>
      asked(by, 'allowed', [
        ['cloudtrail:StopLogging', here('cloudtrail', 'trail/organization')],
        ['oam:DeleteLink', here('oam', 'link/1')],
        ['states:UpdateStateMachine', machine],
        ['cloudformation:DeleteStack', here('cloudformation', 'stack/crosswind-a/1')],
      ]),
    ),
    ...administratorsIn(accounts.pipeline).flatMap((by) => [
      ...asked(by, 'allowed', [['sts:AssumeRole', bootstrap('deploy')]], assumed),
      ...asked(by, 'allowed', builds),
    ]),
  ],
  'the pipeline is not': [
    ...[bootstrap('cfn-exec'), bootstrap('deploy')].flatMap((arn) =>
      asked(administrator(arn.replace(/.*\//, '')), 'allowed', [
        ['cloudformation:UpdateStack', here('cloudformation', 'stack/crosswind-a/1')],
      ]),
    ),
    ...['crosswind-pipeline', 'crosswind-publishing', 'crosswind-self-mutation'].flatMap((name) =>
      asked(
        administrator(name, accounts.pipeline),
        'allowed',
        [['sts:AssumeRole', bootstrap(name === 'crosswind-publishing' ? 'file-publishing' : 'deploy')]],
        assumed,
      ),
    ),
    ...['crosswind-pipeline', 'cdk-crosswind-cfn-exec-role-111111111111-us-east-1'].flatMap((name) =>
      asked(administrator(name, accounts.pipeline), 'allowed', builds),
    ),
  ],
};
