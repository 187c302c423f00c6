import { POLICY_TYPES, sourcesOf, type ApplicablePolicies } from './applicable-policies.ts';
import type { Allowed, Decision, ExplicitDeny } from './decision.ts';
import { implicitDeny } from './implicit-deny.ts';
import type { Grantee } from './principal-element.ts';
import { principalName } from './principal.ts';
import { questionOf, type AccessRequest, type Question } from './request.ts';
import { isGatekept } from './resource-policy.ts';
import { matchStatement } from './statement-match.ts';
import { statementsOf, type PolicyType } from './statement.ts';

/** An Allow or Deny statement that applies to the request. */
interface Verdict {
  readonly policyType: PolicyType;
  readonly policy: string;
  readonly statement: string;
  readonly grantee: Grantee;
}

interface Verdicts {
  readonly allows: readonly Verdict[];
  readonly deny: Verdict | undefined;
}

/** Allowed to everyone, even against a deny (AWS: "GetCallerIdentity"). */
const FREE_ACTION = 'sts:getcalleridentity';

/** Decides a request as AWS does and says why (AWS: "Policy evaluation logic", "Cross-account policy evaluation logic"). */
export function authorize(request: AccessRequest, policies: ApplicablePolicies): Decision {
  const question = questionOf(request);
  if (question.action === FREE_ACTION) return { allowed: true, reason: `${request.action} needs no permission` };
  const { allows, deny } = verdicts(question, policies);
  if (deny !== undefined) return explicitDeny(request, deny);
  const missing = missingAllows(question, policies, allows);
  return missing.length === 0 ? allowed(allows) : implicitDeny(question, policies, missing);
}

function verdicts(question: Question, policies: ApplicablePolicies): Verdicts {
  const allows: Verdict[] = [];
  let deny: Verdict | undefined;
  for (const policyType of POLICY_TYPES) {
    for (const source of sourcesOf(policies, policyType)) {
      for (const statement of statementsOf(source, policyType)) {
        const match = matchStatement(statement, question);
        if (!match.applies) continue;
        const verdict = { policyType, policy: source.name, statement: statement.label, grantee: match.grantee };
        if (statement.effect === 'Allow') allows.push(verdict);
        else deny ??= verdict;
      }
    }
  }
  return { allows, deny };
}

/** The kinds of policy that would have to allow the request and do not. */
function missingAllows(
  question: Question,
  policies: ApplicablePolicies,
  allows: readonly Verdict[],
): readonly PolicyType[] {
  const { principal, resourceAccount } = question.request;
  const granted = allows.filter(({ policyType }) => policyType === 'resource').map(({ grantee }) => grantee);
  const resource: readonly PolicyType[] = granted.length > 0 ? [] : ['resource'];
  if (principal.kind !== 'role') return resource;

  const inBoundary = policies.boundary === undefined || allows.some(({ policyType }) => policyType === 'boundary');
  const boundary: readonly PolicyType[] = inBoundary ? [] : ['boundary'];
  const inIdentity = allows.some(({ policyType }) => policyType === 'identity');
  const identity: readonly PolicyType[] = inIdentity ? boundary : ['identity', ...boundary];
  if (principal.account !== resourceAccount) return [...identity, ...resource];

  // Within an account a grant to the session stands alone; one to the role is limited by the role's boundary
  // (AWS: "Policy evaluation for requests within a single account").
  if (granted.includes('session')) return [];
  if (granted.some((grantee) => grantee !== 'account')) return boundary;
  return isGatekept(question.action) && granted.length === 0 ? [...resource, ...boundary] : identity;
}

function allowed(allows: readonly Verdict[]): Allowed {
  const parts = [...new Map(allows.map((verdict) => [verdict.policyType, verdict])).values()];
  return {
    allowed: true,
    reason: `allowed by ${parts.map(({ statement, policy }) => `${statement} of ${policy}`).join(' and ')}`,
  };
}

function explicitDeny({ principal, action, resource, resourceAccount }: AccessRequest, by: Verdict): ExplicitDeny {
  const { policyType, policy, statement } = by;
  return {
    allowed: false,
    kind: 'explicit deny',
    reason: `${principalName(principal)} is explicitly denied ${action} on ${resource} of account ${resourceAccount} by ${statement} of ${policy}`,
    deniedBy: { policyType, policy, statement },
  };
}
