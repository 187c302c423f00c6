import { levelsOf, sourcesOf, type ApplicablePolicies } from './applicable-policies.ts';
import type { ImplicitDeny } from './decision.ts';
import { mendFor } from './mend.ts';
import { nearMisses, type ExaminedMiss } from './near-miss.ts';
import type { PolicySource } from './policy-document.ts';
import { principalName } from './principal.ts';
import type { Question } from './question.ts';
import { ownedResource, type AccessRequest } from './request.ts';
import { resourcePolicyName } from './resource-policy.ts';
import { matchStatement } from './statement-match.ts';
import { statementsOf, type PolicyType } from './statement.ts';

/** Explains a request that nothing allows: the reason, the near misses and the statements that fix it. */
export function implicitDeny(
  question: Question,
  policies: ApplicablePolicies,
  missing: readonly PolicyType[],
): ImplicitDeny {
  const { principal, action } = question.request;
  const gaps = missing.map((type) => ({
    type,
    misses: nearMisses(question, type, silentSources(question, policies, type)),
  }));
  const mends = gaps.map(({ type, misses }) => mendFor(question, type, misses));
  const why = gaps
    .map(({ type, misses }) => misses[0]?.explanation ?? nothingNamesIt(question, policies, type))
    .join('; and ');
  return {
    allowed: false,
    kind: 'implicit deny',
    reason: `${principalName(principal)} lacks ${action} on ${ownedResource(question.request)}: ${why}`,
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

/** The policies of one type, of an organization's those of the levels that do not allow. */
function silentSources(question: Question, policies: ApplicablePolicies, type: PolicyType): readonly PolicySource[] {
  const levels = silentLevels(question, policies, type);
  return levels.length > 0 ? levels.flatMap(({ level }) => level) : sourcesOf(policies, type);
}

function silentLevels(question: Question, policies: ApplicablePolicies, type: PolicyType): readonly Level[] {
  const allows = (source: PolicySource): boolean =>
    statementsOf(source, type).some(
      (statement) => statement.effect === 'Allow' && matchStatement(statement, question).applies !== false,
    );
  return levelsOf(policies, type)
    .map((level, at) => ({ level, number: at + 1 }))
    .filter(({ level }) => !level.some(allows));
}

interface Level {
  readonly level: readonly PolicySource[];
  /** Counted from 1, the root. */
  readonly number: number;
}

function nothingNamesIt(question: Question, policies: ApplicablePolicies, type: PolicyType): string {
  const { request } = question;
  switch (type) {
    case 'identity':
      return `no statement of its identity policies names ${request.action}`;
    case 'boundary':
      return `no statement of its permissions boundary names ${request.action}`;
    case 'session':
      return policies.session === undefined
        ? 'a federated user may do nothing without a session policy'
        : `no statement of its session policies names ${request.action}`;
    case 'scp':
    case 'rcp': {
      const numbers = silentLevels(question, policies, type).map(({ number }) => number);
      return `no ${LEVEL_POLICY[type]} of level ${numbers.join(' and ')} names ${request.action}`;
    }
    case 'resource':
      return resourceIsSilent(request, policies);
  }
}

const LEVEL_POLICY = { scp: 'service control policy', rcp: 'resource control policy' } as const;

function resourceIsSilent(request: AccessRequest, policies: ApplicablePolicies): string {
  if (policies.resource !== undefined) return `no statement of ${policies.resource.name} names ${request.action}`;
  const name = resourcePolicyName(request);
  return name === undefined
    ? `the resource has no policy that could let another account in, so a role of account ${request.resourceAccount} has to be assumed`
    : `the resource has no ${name}`;
}
