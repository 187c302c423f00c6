import { type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { accountRoleNames } from '../../config/role-names.ts';
import { type Guarded, guardNames, pipelineRoles, stackArns } from '../../policies/organization/guarded.ts';
import type { TemplateResource, Value } from './template.ts';
import { trustIn } from './trust.ts';

/** Roles that an account has for the pipeline's account, besides those of the CDK. */
export const accountRoles = (
  guarded: Guarded,
  kind: AccountKind,
): Readonly<Record<'Viewer' | 'Protector', TemplateResource>> => ({
  Viewer: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: accountRoleNames.viewer,
      Description: 'Reads what preflight compares, and changes nothing',
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trustInAccount(guarded)] },
      Policies: [inline('View', viewing(guarded, kind))],
    },
  },
  Protector: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: accountRoleNames.protector,
      Description: 'Protects the stacks of the platform from deletion',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [trustIn(guarded, pipelineRoles(guarded, 'protection'))],
      },
      Policies: [
        inline('Protect', [
          allow(['cloudformation:DescribeStacks', 'cloudformation:UpdateTerminationProtection'], stackArns(guarded)),
        ]),
      ],
    },
  },
});

/** Trust in every principal of the pipeline's account that its own policies let assume the role: it only reads. */
const trustInAccount = ({ partition, pipelineAccount, organizationId }: Guarded): Value => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:${partition}:iam::${pipelineAccount}:root` },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
});

const inline = (PolicyName: string, Statement: readonly Value[]): Value => ({
  PolicyName,
  PolicyDocument: { Version: '2012-10-17', Statement },
});

const allow = (Action: readonly string[], Resource: readonly string[] | '*'): Value => ({
  Effect: 'Allow',
  Action,
  Resource,
});

/** Permissions to read, each for a check of `crosswind preflight` or `crosswind orphans`. */
function viewing(guarded: Guarded, kind: AccountKind): readonly Value[] {
  const { partition } = guarded;
  const arn = (rest: string): string => `arn:${partition}:${rest}`;
  const jobs = jobsOf(kind);
  return [
    allow(
      ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources'],
      stackArns(guarded),
    ),
    allow(
      ['iam:GetPolicy', 'iam:GetPolicyVersion'],
      Object.values(guardNames).map((name) => arn(`iam::*:policy/${name}`)),
    ),
    allow(['ssm:GetParameter'], [arn(`ssm:*:*:parameter/cdk-bootstrap/${bootstrapQualifier}/*`)]),
    // Actions that IAM decides for every resource at once.
    allow(
      [
        ...['cloudformation:ListStacks', 'lambda:GetAccountSettings', 'oam:ListLinks', 'oam:ListSinks'],
        ...['servicequotas:GetServiceQuota', 'servicequotas:GetAWSDefaultServiceQuota'],
      ],
      '*',
    ),
    ...(jobs.includes('monitoring') ? [allow(['sns:ListSubscriptionsByTopic'], [arn('sns:*:*:crosswind-*')])] : []),
    ...(jobs.includes('pipeline')
      ? [
          allow(
            ['codeconnections:GetConnection', 'codestar-connections:GetConnection'],
            ['codeconnections', 'codestar-connections'].map((name) => arn(`${name}:*:*:connection/*`)),
          ),
        ]
      : []),
  ];
}
