import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import type { DecisionLog } from './decision-log.ts';
import type { Identities } from './identities.ts';

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
    const resourcePolicy = identities.resourcePolicy(resource);
    const policies = { identity: role?.policies ?? [], resource: resourcePolicy, boundary: role?.boundary };
    const decision = authorize(request, policies);
    log.record(request, decision);
    return decision;
  };
}
