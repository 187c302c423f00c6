import type { PolicySource } from './policy-document.ts';
import { hasAccount, isServiceLinked } from './principal.ts';
import type { AccessRequest } from './request.ts';
import { completeLevels, isResourceControlled, type Levels } from './resource-control.ts';
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
  readonly scps?: Levels;
  /**
   * The resource control policies above the account of the resource, level by level as the service control policies.
   *
   * @default - the account is in no organization, or it has no such policies
   */
  readonly rcps?: Levels;
}

/** In the order in which reasons speak of them. */
export const POLICY_TYPES = [
  'identity',
  'resource',
  'boundary',
  'session',
  'scp',
  'rcp',
] as const satisfies readonly PolicyType[];

const NONE: readonly PolicySource[] = [];
const NO_LEVELS: Levels = [];

/** The policies of one type. */
export function sourcesOf(policies: ApplicablePolicies, type: PolicyType): readonly PolicySource[] {
  switch (type) {
    case 'identity':
    case 'session':
      return policies[type] ?? NONE;
    case 'scp':
      return policies.scps?.flat() ?? NONE;
    case 'rcp':
      return policies.rcps?.flat() ?? NONE;
    case 'resource':
    case 'boundary': {
      const source = policies[type];
      return source === undefined ? NONE : [source];
    }
  }
}

/** Levels of policies of an organization. Each level has to allow. */
export function levelsOf({ scps = NO_LEVELS, rcps = NO_LEVELS }: ApplicablePolicies, type: PolicyType): Levels {
  if (type === 'scp') return scps;
  return type === 'rcp' ? rcps : NO_LEVELS;
}

/**
 * Policies that apply to this request. Service control policies do not apply to some callers, and resource control
 * policies not to some resources (AWS: "SCPs", "RCPs").
 */
export function applicableTo(request: AccessRequest, policies: ApplicablePolicies): ApplicablePolicies {
  const scps = policies.scps ?? NO_LEVELS;
  const rcps = completeLevels(policies.rcps ?? NO_LEVELS);
  if (scps.length === 0 && rcps.length === 0) return policies.rcps ? { ...policies, rcps } : policies;
  return {
    ...policies,
    scps: isControlled(request) ? scps : NO_LEVELS,
    rcps: rcps.length > 0 && isResourceControlled(request) ? rcps : NO_LEVELS,
  };
}

function isControlled({ principal, managementAccount }: AccessRequest): boolean {
  if (!hasAccount(principal) || principal.account === managementAccount) return false;
  return !isServiceLinked(principal);
}
