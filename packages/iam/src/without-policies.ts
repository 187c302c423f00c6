import type { Decision } from './decision.ts';
import type { Question } from './question.ts';

/** Decision that AWS makes regardless of policies, or undefined if policies decide. */
export function withoutPolicies({ request, action }: Question): Decision | undefined {
  if (!action.startsWith('sts:')) return undefined;
  const { kind } = request.principal;
  // AWS: "GetCallerIdentity" and "GetSessionToken" need no permission, and no policy takes them away.
  const isFree =
    (action === 'sts:getcalleridentity' && kind !== 'anonymous') ||
    (action === 'sts:getsessiontoken' && (kind === 'user' || kind === 'root'));
  if (isFree) return { allowed: true, reason: `${request.action} needs no permission` };
  if (action !== 'sts:assumerole' || kind !== 'root') return undefined;
  return {
    allowed: false,
    kind: 'implicit deny',
    reason: `the root user of an account can assume no role, so not ${request.resource} either (AWS: "AssumeRole")`,
    missing: [],
    nearMisses: [],
    mends: [],
  };
}
