import type { PolicySource } from './policy-document.ts';
import { hasAccount } from './principal.ts';
import type { AccessRequest } from './request.ts';
import type { PolicyType } from './statement.ts';

/** Everything that has a say in a request. */
export interface ApplicablePolicies {
  /** Policies attached to the principal, inline and managed, and those of a user's groups. */
  readonly identity: readonly PolicySource[];
  /** The policy on the resource: bucket, key, trust or function policy. */
  readonly resource?: PolicySource;
  /** The permissions boundary of the principal. */
  readonly boundary?: PolicySource;
  /** The policies that were passed when the session was made. */
  readonly session?: readonly PolicySource[];
  /**
   * The service control policies above the principal's account, level by level: root, organizational units, account. Each
   * level has to allow.
   *
   * @default - the account is in no organization, or it has no such policies
   */
  readonly scps?: readonly (readonly PolicySource[])[];
}

/** In the order in which reasons speak of them. */
export const POLICY_TYPES = [
  'identity',
  'resource',
  'boundary',
  'session',
  'scp',
] as const satisfies readonly PolicyType[];

const NONE: readonly PolicySource[] = [];

/** The policies of one type. */
export function sourcesOf(policies: ApplicablePolicies, type: PolicyType): readonly PolicySource[] {
  switch (type) {
    case 'identity':
    case 'session':
      return policies[type] ?? NONE;
    case 'scp':
      return policies.scps?.flat() ?? NONE;
    case 'resource':
    case 'boundary': {
      const source = policies[type];
      return source === undefined ? NONE : [source];
    }
  }
}

/** Policies that apply to this caller. Service control policies do not apply to some callers (AWS: "SCPs"). */
export function applicableTo(request: AccessRequest, policies: ApplicablePolicies): ApplicablePolicies {
  if (policies.scps === undefined || policies.scps.length === 0 || isControlled(request)) return policies;
  return { ...policies, scps: [] };
}

function isControlled({ principal, managementAccount }: AccessRequest): boolean {
  if (!hasAccount(principal) || principal.account === managementAccount) return false;
  return principal.kind !== 'role' || !principal.roleArn.includes(':role/aws-service-role/');
}
