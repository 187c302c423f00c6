import type { OrganizationPolicy } from '../../policies/organization/organization-policies.ts';
import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';

/** Commands that create the policies of the organization and attach them, for its administrator. */
export const organizationCommands = (
  policies: readonly OrganizationPolicy[],
  accounts: readonly AccountBaseline[],
  fileOf: (policy: OrganizationPolicy) => string,
): readonly string[] => [
  '# Run these with credentials of the management account, and try them on one account first. They do not bind the',
  '# management account. The role crosswind-break-glass is not stopped by them: create it before, and alarm on its use.',
  'aws organizations enable-policy-type --root-id "$ROOT" --policy-type SERVICE_CONTROL_POLICY # ROOT=r-…',
  'aws organizations enable-policy-type --root-id "$ROOT" --policy-type RESOURCE_CONTROL_POLICY',
  ...policies.flatMap((policy) => {
    const id = `policy_${policy.name.replaceAll('-', '_')}`;
    const targets = accounts.filter(({ kind }) => policy.kinds.includes(kind));
    return [
      '',
      `${id}="$(aws organizations create-policy --name ${policy.name} --type ${policy.type} --description 'Guards of the platform' --content file://${fileOf(policy)} --query Policy.PolicySummary.Id --output text)"`,
      ...targets.map(
        ({ id: target, account }) =>
          `aws organizations attach-policy --policy-id "$${id}" --target-id ${target} # ${account}`,
      ),
    ];
  }),
];
