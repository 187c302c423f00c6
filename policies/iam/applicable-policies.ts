import type { PolicySource } from './policy-document.ts';
import type { PolicyType } from './statement.ts';

/** Everything that has a say in a request. */
export interface ApplicablePolicies {
  /** Policies attached to the principal. */
  readonly identity: readonly PolicySource[];
  /** The policy on the resource: bucket, key, trust or function policy. */
  readonly resource?: PolicySource;
  /** The permissions boundary of the principal. */
  readonly boundary?: PolicySource;
}

/** In the order in which reasons speak of them. */
export const POLICY_TYPES = ['identity', 'resource', 'boundary'] as const satisfies readonly PolicyType[];

/** The policies of one type. */
export function sourcesOf(policies: ApplicablePolicies, type: PolicyType): readonly PolicySource[] {
  if (type === 'identity') return policies.identity;
  const source = policies[type];
  return source === undefined ? [] : [source];
}
