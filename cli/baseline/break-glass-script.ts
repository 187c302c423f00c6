import { accessRoleName } from '@crosswind/sandbox/iam/operator-role';
import { breakGlassRoleName } from '../../config/role-names.ts';
import type { AccountBaseline } from '../../onboarding/baseline/baseline.ts';
import { type BreakGlassPrincipal, breakGlassTrust } from '../../policies/organization/break-glass.ts';
import type { Guarded } from '../../policies/organization/guarded.ts';
import { quoted } from './shell.ts';
import { within } from './within.ts';

/**
 * A shell script that creates the role for emergencies in one account after the other, or gives it its trust and its
 * policy again. It can be run again, also after it has failed.
 */
export const breakGlassScript = (
  guarded: Guarded,
  accounts: readonly AccountBaseline[],
  principals: readonly BreakGlassPrincipal[],
): readonly string[] => [
  '#!/usr/bin/env bash',
  `# Creates the role ${breakGlassRoleName} in the accounts of the platform, or updates who may assume it:`,
  ...principals.map(({ arn, kind }) =>
    kind === 'user' ? `#   ${arn}, with MFA` : `#   ${arn}; what gives people this role must ask for MFA`,
  ),
  "# The role is an administrator of its account, and the organization's policies do not stop it. Read this, then run it",
  '# with the AWS CLI and credentials of the management account, before these policies are attached.',
  `# Usage: bash break-glass.sh [role to assume, default ${accessRoleName}]`,
  `# Where the policies are attached, they deny that role: bash break-glass.sh ${breakGlassRoleName}`,
  'set -euo pipefail',
  `role="\${1:-${accessRoleName}}"`,
  `trust=${quoted(JSON.stringify(breakGlassTrust(guarded, principals)))}`,
  '',
  ...within(guarded.partition),
  '',
  '# put_role: creates the role in the account of the credentials, or replaces its trust policy',
  'put_role() {',
  `  if aws iam get-role --role-name ${breakGlassRoleName} > /dev/null 2>&1; then`,
  `    aws iam update-assume-role-policy --role-name ${breakGlassRoleName} --policy-document "$trust" || return`,
  '  else',
  `    aws iam create-role --role-name ${breakGlassRoleName} --description 'Emergencies: each use is announced and reported' --max-session-duration 3600 --assume-role-policy-document "$trust" > /dev/null || return`,
  '  fi',
  `  aws iam attach-role-policy --role-name ${breakGlassRoleName} --policy-arn arn:${guarded.partition}:iam::aws:policy/AdministratorAccess`,
  '}',
  '',
  ...accounts.flatMap(({ id, account }) => [`within ${id} put_role`, `echo '${id} (${account})'`]),
  '',
  `echo '${breakGlassRoleName} is there'`,
];
