import { sourcesOf, type ApplicablePolicies } from './applicable-policies.ts';
import type { ImplicitDeny } from './decision.ts';
import { mendFor } from './mend.ts';
import { nearMisses, type ExaminedMiss } from './near-miss.ts';
import { principalName } from './principal.ts';
import type { Question } from './request.ts';
import { resourcePolicyName } from './resource-policy.ts';
import type { PolicyType } from './statement.ts';

/** The explanation of a request that nothing allows: the sentence, the near misses and what would mend it. */
export function implicitDeny(
  question: Question,
  policies: ApplicablePolicies,
  missing: readonly PolicyType[],
): ImplicitDeny {
  const { principal, action, resource, resourceAccount } = question.request;
  const gaps = missing.map((type) => ({ type, misses: nearMisses(question, type, sourcesOf(policies, type)) }));
  const mends = gaps.map(({ type, misses }) => mendFor(question, type, misses));
  const why = gaps
    .map(({ type, misses }) => misses[0]?.explanation ?? nothingNamesIt(question, policies, type))
    .join('; and ');
  return {
    allowed: false,
    kind: 'implicit deny',
    reason: `${principalName(principal)} lacks ${action} on ${resource} of account ${resourceAccount}: ${why}`,
    missing,
    nearMisses: gaps.flatMap(({ misses }) => misses.map(withoutSource)),
    mends: mends.every((mend) => mend !== undefined) ? mends : [],
  };
}

const withoutSource = ({ policy, policyType, statement, failed, explanation }: ExaminedMiss) => ({
  policy,
  policyType,
  statement,
  failed,
  explanation,
});

function nothingNamesIt({ request }: Question, policies: ApplicablePolicies, type: PolicyType): string {
  if (type === 'identity') return `no statement of its identity policies names ${request.action}`;
  if (type === 'boundary') return `no statement of its permissions boundary names ${request.action}`;
  if (policies.resource !== undefined) return `no statement of ${policies.resource.name} names ${request.action}`;
  const name = resourcePolicyName(request);
  return name === undefined
    ? `the resource has no policy that could let another account in, so a role of account ${request.resourceAccount} has to be assumed`
    : `the resource has no ${name}`;
}
