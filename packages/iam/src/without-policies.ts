import type { Decision } from './decision.ts';
import type { Principal } from './principal.ts';
import type { Question } from './question.ts';

/** Actions that need no permission, in lower case. */
export const FREE = { identity: 'sts:getcalleridentity', session: 'sts:getsessiontoken' } as const;

/** Decision that AWS makes regardless of policies, or undefined if policies decide. */
export function withoutPolicies({ request, action }: Question): Decision | undefined {
  const { kind } = request.principal;
  // AWS: "GetCallerIdentity" and "GetSessionToken" need no permission, and no policy takes them away.
  const isFree =
    (action === FREE.identity && kind !== 'anonymous') ||
    (action === FREE.session && (kind === 'user' || kind === 'root'));
  if (isFree) return { allowed: true, reason: `${request.action} needs no permission` };
  const why = refusalOf(kind, action, request.resource);
  if (why === undefined) return undefined;
  return { allowed: false, kind: 'implicit deny', reason: why, missing: [], nearMisses: [], mends: [] };
}

/** Why AWS refuses an action to every principal of a kind, as a sentence. */
function refusalOf(kind: Principal['kind'], action: string, resource: string): string | undefined {
  if (kind === 'root' && action === 'sts:assumerole') {
    return `the root user of an account can assume no role, so not ${resource} either (AWS: "AssumeRole")`;
  }
  if (kind === 'federated user' && /^(iam|sts):/.test(action)) {
    return `credentials of a federated user can call neither IAM nor STS, so not ${action} either (AWS: "GetFederationToken")`;
  }
  return undefined;
}
