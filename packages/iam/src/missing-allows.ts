import { levelsOf, type ApplicablePolicies } from './applicable-policies.ts';
import { hasAccount, type Principal } from './principal.ts';
import type { Question } from './question.ts';
import { isGatekept } from './resource-policy.ts';
import type { PolicyType } from './statement.ts';
import type { Verdict } from './verdicts.ts';

/**
 * The kinds of policy that would have to allow the request and do not (AWS: "Policy evaluation for requests within a single
 * account", "Cross-account policy evaluation logic").
 */
export function missingAllows(
  { request }: Question,
  policies: ApplicablePolicies,
  allows: readonly Verdict[],
): readonly PolicyType[] {
  const { principal, resourceAccount } = request;
  const isOwner = hasAccount(principal) && principal.account === resourceAccount;
  const grants = allows.filter(({ policyType }) => policyType === 'resource');
  const isShut = grants.length === 0 && (!isOwner || isGatekept(request, policies));
  const own = ownPolicies(principal, isOwner, isShut, grants);
  const has = (type: PolicyType): boolean => allows.some(({ policyType }) => policyType === type);

  const missing: PolicyType[] = [];
  if (own === 'all' && !has('identity')) missing.push('identity');
  if (isShut && isOwner) missing.push('resource');
  if (own !== 'none' && policies.boundary !== undefined && !has('boundary')) missing.push('boundary');
  if (own !== 'none' && isSessionLimited(principal, policies) && !has('session')) missing.push('session');
  if (isShut && !isOwner) missing.push('resource');
  if (!everyLevelAllows(policies, 'scp', allows)) missing.push('scp');
  if (!everyLevelAllows(policies, 'rcp', allows)) missing.push('rcp');
  return missing;
}

/** Policies of its own that a principal needs besides a grant on the resource: none, those that limit it, or all. */
function ownPolicies(
  { kind }: Principal,
  isOwner: boolean,
  isShut: boolean,
  grants: readonly Verdict[],
): 'none' | 'limits' | 'all' {
  if (kind !== 'role' && kind !== 'user' && kind !== 'federated user') return 'none';
  if (!isOwner) return 'all';
  if (grants.some(standsAlone)) return 'none';
  return isShut || grants.some(({ grantee }) => grantee === 'role') ? 'limits' : 'all';
}

/** True if only denials and service control policies limit a grant within the account. */
const standsAlone = ({ grantee }: Verdict): boolean =>
  grantee === 'session' || grantee === 'user' || grantee === 'everyone';

/** A federated user without session policies may do nothing by identity policies (AWS: "GetFederationToken"). */
const isSessionLimited = ({ kind }: Principal, { session }: ApplicablePolicies): boolean =>
  kind === 'federated user' || session !== undefined;

const everyLevelAllows = (policies: ApplicablePolicies, type: PolicyType, allows: readonly Verdict[]): boolean =>
  levelsOf(policies, type).every((level) =>
    level.some((policy) => allows.some(({ source, policyType }) => policyType === type && source === policy)),
  );
