import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AccountKind } from '../../config/account-kinds.ts';
import { type OrganizationPolicy, organizationPolicies } from '../../policies/organization/organization-policies.ts';
import type { Platform } from '../../config/schema.ts';
import { baselineOf, guardedOf } from './baseline.ts';
import { cdkBootstrapTemplate } from './bootstrap-template.ts';

/** Directory of the baselines in a cloud assembly, next to the stacks that need them. */
export const baselineDirectory = 'baseline';

/** Path of the template of accounts of a kind in a cloud assembly. */
export const baselineFile = (kind: AccountKind): string => `${baselineDirectory}/${kind}.template.json`;

/** Path of a policy of the organization in a cloud assembly. */
const organizationPolicyFile = ({ name, type }: Pick<OrganizationPolicy, 'name' | 'type'>): string =>
  `${baselineDirectory}/${type === 'SERVICE_CONTROL_POLICY' ? 'service-control' : 'resource-control'}/${name}.json`;

/** Writes the baselines of a platform and the policies of its organization into its cloud assembly. */
export function writeBaseline(directory: string, platform: Platform): void {
  const { kinds } = baselineOf(platform, cdkBootstrapTemplate());
  for (const { kind, template } of kinds) {
    write(join(directory, baselineFile(kind)), JSON.stringify(template, null, 1));
  }
  const present = new Set(kinds.map(({ kind }) => kind));
  for (const policy of organizationPolicies(guardedOf(platform), present)) {
    // Whitespace counts when AWS Organizations measures a policy.
    write(join(directory, organizationPolicyFile(policy)), JSON.stringify(policy.document));
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}
