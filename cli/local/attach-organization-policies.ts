import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { accountsInOrder, guardedOf } from '../../onboarding/baseline/baseline.ts';
import { organizationPolicies } from '../../policies/organization/organization-policies.ts';
import type { Platform } from '../../config/schema.ts';

/** Attaches the policies of the organization to the accounts of the platform, as its administrator does. */
export function attachOrganizationPolicies({ identities }: Sandbox, platform: Platform): void {
  const accounts = accountsInOrder(platform);
  const policies = organizationPolicies(guardedOf(platform), new Set(accounts.map(({ kind }) => kind)));
  for (const { id, kind } of accounts) {
    const own = policies.filter(({ kinds }) => kinds.includes(kind));
    const ofType = (wanted: (typeof own)[number]['type']) =>
      own.filter(({ type }) => type === wanted).map(({ name, document }) => ({ name, document }));
    identities.attachToAccount(id, {
      scps: ofType('SERVICE_CONTROL_POLICY'),
      rcps: ofType('RESOURCE_CONTROL_POLICY'),
    });
  }
}
