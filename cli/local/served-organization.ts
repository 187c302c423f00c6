import type { SandboxProps } from '@crosswind/sandbox/sandbox';
import type { Platform } from '../../config/schema.ts';
import { rootUnit } from '../../onboarding/organization.ts';

/** The organization of a platform as the sandbox serves it: every account that is in it, and the management account. */
export function servedOrganization(
  platform: Pick<Platform, 'organization' | 'accounts'>,
): SandboxProps['organization'] {
  const { id, managementAccount } = platform.organization;
  const members = platform.accounts
    .filter(({ state }) => state !== 'detached')
    .map(({ id: account, name, awsName, email, organizationalUnit }) => ({
      id: account,
      name: awsName ?? name,
      email,
      unit: organizationalUnit === rootUnit ? '' : organizationalUnit,
    }));
  const isListed = members.some((account) => account.id === managementAccount);
  const management = { id: managementAccount, name: 'management', email: 'management@example.com', unit: '' };
  return { id, managementAccount, accounts: isListed ? members : [management, ...members] };
}
