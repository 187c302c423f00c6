import { type AccountKind, accountKinds } from '../../config/account-kinds.ts';
import type { Guarded, GuardPolicy } from './guarded.ts';
import { resourceControlPolicy } from './resource-control.ts';
import { serviceControlPolicy } from './service-control.ts';

/** A policy that an administrator attaches to units or accounts of the organization. */
export interface OrganizationPolicy {
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  /** Accounts that it is attached to. */
  readonly kinds: readonly AccountKind[];
  readonly document: GuardPolicy;
  /**
   * Most characters that AWS Organizations takes (orgs_reference_limits, 2026-05-15 and later for service control
   * policies).
   */
  readonly characters: number;
}

/**
 * The organization's policies for accounts of these kinds, never attached by the pipeline: it would be able to take its
 * own guards away.
 */
export const organizationPolicies = (
  guarded: Guarded,
  present: ReadonlySet<AccountKind>,
): readonly OrganizationPolicy[] => [
  ...kindsIn(present).map((kind) => ({
    name: `crosswind-${kind}`,
    type: 'SERVICE_CONTROL_POLICY' as const,
    kinds: [kind],
    document: serviceControlPolicy(guarded, kind),
    characters: 10_240,
  })),
  {
    name: 'crosswind-resources',
    type: 'RESOURCE_CONTROL_POLICY',
    kinds: kindsIn(present),
    document: resourceControlPolicy(guarded),
    characters: 5_120,
  },
];

const kindsIn = (present: ReadonlySet<AccountKind>): readonly AccountKind[] =>
  accountKinds.filter((kind) => present.has(kind));
