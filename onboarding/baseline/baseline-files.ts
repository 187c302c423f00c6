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

/** Baselines of a platform and policies of its organization, as files of its cloud assembly: text by path. */
export function baselineFiles(platform: Platform): ReadonlyMap<string, string> {
  const { kinds } = baselineOf(platform, cdkBootstrapTemplate());
  const present = new Set(kinds.map(({ kind }) => kind));
  return new Map([
    ...kinds.map(({ kind, template }) => [baselineFile(kind), `${JSON.stringify(template, null, 1)}\n`] as const),
    // Whitespace counts when AWS Organizations measures a policy.
    ...organizationPolicies(guardedOf(platform), present).map(
      (policy) => [organizationPolicyFile(policy), `${JSON.stringify(policy.document)}\n`] as const,
    ),
  ]);
}

/** Writes the baselines of a platform and the policies of its organization into its cloud assembly. */
export function writeBaseline(directory: string, platform: Platform): void {
  for (const [path, text] of baselineFiles(platform)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
