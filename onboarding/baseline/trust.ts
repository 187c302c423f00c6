import { type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import { breakGlassRoleName, pipelineRoleNames } from '../../config/role-names.ts';
import { type Guarded, pipelineRoles } from '../../policies/organization/guarded.ts';
import { ref, sub, type Template, type Value, withProperties } from './template.ts';

/** Roles of the pipeline's account that assume each role of the bootstrap, by its logical id. */
const assumedBy: Readonly<Record<string, readonly (keyof typeof pipelineRoleNames)[]>> = {
  DeploymentActionRole: ['pipeline'],
  FilePublishingRole: ['publishing'],
  ImagePublishingRole: ['publishing'],
  // Nothing of the platform looks values up.
  LookupRole: [],
};

/**
 * Replaces the trust of the bootstrap's roles: the CDK writes the whole account of the pipeline, and all accounts that
 * deploy may look up. Here, each role trusts the roles that need it. They are named by a condition: a role as principal
 * must exist already, and is stored as its unique id, so that its trust ends when it is created again.
 */
export function withNarrowTrust(template: Template, guarded: Guarded, kind: AccountKind): Template {
  // The build that deploys the pipeline itself acts in its own account.
  const own = jobsOf(kind).includes('pipeline') ? (['selfMutation'] as const) : [];
  return Object.entries(assumedBy).reduce((changed, [id, names]) => {
    const arns = pipelineRoles(guarded, ...names, ...own);
    const Statement = [...(arns.length > 0 ? [trustIn(guarded, arns)] : []), trustInBreakGlass];
    return withProperties(changed, id, {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement },
      // The boundary of the platform is for roles of stacks: it would stop every deployment.
      PermissionsBoundary: undefined,
    });
  }, template);
}

/** Trust in roles of the pipeline's account. An external id would be for deputies, and there are none. */
export const trustIn = (
  { partition, pipelineAccount, organizationId }: Guarded,
  principalArns: readonly string[],
): Value => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:${partition}:iam::${pipelineAccount}:root` },
  Action: 'sts:AssumeRole',
  Condition: {
    ArnEquals: { 'aws:PrincipalArn': principalArns },
    StringEquals: { 'aws:PrincipalOrgID': organizationId },
    Null: { 'sts:ExternalId': 'true' },
  },
});

/** The person who repairs an account. */
const trustInBreakGlass: Value = {
  Effect: 'Allow',
  Principal: { AWS: ref('AWS::AccountId') },
  Action: 'sts:AssumeRole',
  Condition: {
    ArnEquals: {
      'aws:PrincipalArn': sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${breakGlassRoleName}`),
    },
  },
};
