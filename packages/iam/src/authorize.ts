import { applicableTo, type ApplicablePolicies } from './applicable-policies.ts';
import { AllowedBy } from './allowed-by.ts';
import type { Decision, ExplicitDeny } from './decision.ts';
import { implicitDeny } from './implicit-deny.ts';
import { missingAllows } from './missing-allows.ts';
import { principalName } from './principal.ts';
import { questionOf } from './question.ts';
import { ownedResource, type AccessRequest } from './request.ts';
import { isKnownAction } from './service-reference.ts';
import { UNCONTROLLED } from './resource-control.ts';
import { refusedByService } from './service-refusal.ts';
import { undecidable, undecidableAction } from './undecidable.ts';
import { levelOf, verdictsOn, type Verdict } from './verdicts.ts';
import { FREE, withoutPolicies } from './without-policies.ts';

/** Decides a request as AWS does and says why (AWS: "Policy evaluation logic", "Cross-account policy evaluation logic"). */
export function authorize(request: AccessRequest, given: ApplicablePolicies): Decision {
  const policies = applicableTo(request, given);
  const question = questionOf(request, policies.boundary !== undefined);
  const settled = withoutPolicies(question);
  if (settled !== undefined) return settled;
  if (!isKnownAction(question.action)) return undecidableAction(request);

  const { allows, deny, openAllows, openDenies } = verdictsOn(question, policies);
  if (deny !== undefined) return explicitDeny(request, policies, deny);
  const refused = refusedByService(question);
  if (refused !== undefined) return refused;
  const missing = missingAllows(question, policies, allows);
  if (missing.length === 0) return openDenies.length === 0 ? new AllowedBy(allows) : undecidable(question, openDenies);
  if (openAllows.length === 0) return implicitDeny(question, policies, missing);
  const hopeless = missingAllows(question, policies, [...allows, ...openAllows]);
  return hopeless.length === 0
    ? undecidable(question, [...openAllows, ...openDenies])
    : implicitDeny(question, policies, hopeless);
}

function explicitDeny(request: AccessRequest, policies: ApplicablePolicies, by: Verdict): ExplicitDeny {
  const { principal, action } = request;
  const { policyType, source, statement } = by;
  const level = levelOf(by, policies);
  const where = `${statement.label} of ${source.name}${level === undefined ? '' : ` at level ${level}`}`;
  return {
    allowed: false,
    kind: 'explicit deny',
    reason: `${principalName(principal)} is explicitly denied ${action} on ${ownedResource(request)} by ${where}`,
    deniedBy: {
      policyType,
      policy: source.name,
      statement: statement.label,
      ...(level !== undefined && { level }),
    },
  };
}

const apart: ReadonlySet<string> = new Set([UNCONTROLLED, ...Object.values(FREE)]);

/** True if AWS decides an action, in lower case, otherwise than the others that the same statements name. */
export const isDecidedApart = (action: string): boolean => apart.has(action);
