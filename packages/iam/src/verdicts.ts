import { levelsOf, POLICY_TYPES, sourcesOf, type ApplicablePolicies } from './applicable-policies.ts';
import type { PolicySource } from './policy-document.ts';
import type { Grantee } from './principal-element.ts';
import type { Question } from './question.ts';
import { isLockedOutProof } from './resource-policy.ts';
import { matchStatement } from './statement-match.ts';
import { statementsOf, type PolicyType, type Statement } from './statement.ts';

/** A statement that applies to the request, or may. */
export interface Verdict {
  readonly policyType: PolicyType;
  readonly source: PolicySource;
  readonly statement: Statement;
  readonly grantee: Grantee;
}

/** Level of the organization, counted from the root, that a denial comes from; undefined for other kinds of policies. */
export function levelOf({ policyType, source }: Verdict, policies: ApplicablePolicies): number | undefined {
  const at = levelsOf(policies, policyType).findIndex((level) => level.includes(source));
  return at < 0 ? undefined : at + 1;
}

/** Verdicts of the policies on a request. */
export interface Verdicts {
  readonly allows: readonly Verdict[];
  readonly deny: Verdict | undefined;
  /** Statements that may or may not apply, because the request does not say enough. */
  readonly openAllows: readonly Verdict[];
  readonly openDenies: readonly Verdict[];
}

/** Compares every statement with the request. */
export function verdictsOn(question: Question, policies: ApplicablePolicies): Verdicts {
  const allows: Verdict[] = [];
  const openAllows: Verdict[] = [];
  const openDenies: Verdict[] = [];
  let deny: Verdict | undefined;
  for (const policyType of POLICY_TYPES) {
    for (const source of sourcesOf(policies, policyType)) {
      for (const statement of statementsOf(source, policyType)) {
        const match = matchStatement(statement, question);
        if (match.applies === false) continue;
        const verdict = { policyType, source, statement, grantee: match.grantee };
        if (statement.effect === 'Allow') (match.applies === true ? allows : openAllows).push(verdict);
        else if (policyType === 'resource' && isLockedOutProof(question.request)) continue;
        else if (match.applies === true) deny ??= verdict;
        else openDenies.push(verdict);
      }
    }
  }
  return { allows, deny, openAllows, openDenies };
}
