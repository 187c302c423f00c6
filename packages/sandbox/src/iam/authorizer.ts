import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import type { DecisionLog } from './decision-log.ts';
import type { Identities, Role } from './identities.ts';

export type Authorize = (request: AccessRequest) => Decision;

/**
 * Decides requests by the deployed policies of caller and resource, and remembers every decision.
 * @param organizationId the organization of all accounts, if they are in one
 */
export function authorizer(identities: Identities, log: DecisionLog, organizationId?: string): Authorize {
  const everywhere: RequestContext = {
    // Loopback counts as TLS: the sandbox has no certificates, and what it stands for is always called over TLS.
    'aws:SecureTransport': 'true',
    ...(organizationId !== undefined && { 'aws:PrincipalOrgID': organizationId }),
  };
  return (asked) => {
    const isRole = asked.principal.kind === 'role';
    const request = isRole ? { ...asked, context: { ...everywhere, ...asked.context } } : asked;
    const { principal, resource } = request;
    const role = principal.kind === 'role' ? identities.role(principal.roleArn) : undefined;
    const policies = { identity: role?.policies ?? [], resource: identities.resourcePolicy(resource) };
    const decision = withUnknown(authorize(request, policies), role);
    log.record(request, decision);
    return decision;
  };
}

/** A denial that policies of unknown content might lift is undecidable. */
function withUnknown(decision: Decision, role: Role | undefined): Decision {
  if (decision.allowed || decision.kind !== 'implicit deny' || role === undefined || role.unknown.length === 0) {
    return decision;
  }
  const unknowns = role.unknown.map((each) => `the sandbox does not know the statements of ${each}`);
  return { allowed: false, kind: 'undecidable', reason: `${decision.reason}; ${unknowns.join('; ')}`, unknowns };
}
