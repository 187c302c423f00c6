import { authorize } from '../../policies/iam/authorize.ts';
import type { Decision } from '../../policies/iam/decision.ts';
import type { AccessRequest } from '../../policies/iam/request.ts';
import type { DecisionLog } from './decision-log.ts';
import type { Identities } from './identities.ts';

export type Authorize = (request: AccessRequest) => Decision;

/** Decides requests by the deployed policies of caller and resource, and remembers every decision. */
export function authorizer(identities: Identities, log: DecisionLog): Authorize {
  return (request) => {
    const { principal, resource } = request;
    const identity = principal.kind === 'role' ? (identities.role(principal.roleArn)?.policies ?? []) : [];
    const decision = authorize(request, { identity, resource: identities.resourcePolicy(resource) });
    log.record(request, decision);
    return decision;
  };
}
