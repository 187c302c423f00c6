import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import { rcpFullAccess } from '@crosswind/iam/policy-document';
import type { AccessRequest, RequestContext } from '@crosswind/iam/request';
import type { DecisionLog } from './decision-log.ts';
import type { Identities } from './identities.ts';

export type Authorize = (request: AccessRequest) => Decision;

/** The organization of all accounts of a sandbox. */
export interface OfOrganization {
  readonly id: string;
  /**
   * The account whose callers and resources no policy of the organization touches.
   *
   * @default - none of the accounts
   */
  readonly managementAccount?: string;
}

/** `RCPFullAWSAccess` as Organizations attaches it to the root and to each account. */
const resourceControl = [[rcpFullAccess], [rcpFullAccess]] as const;

/**
 * Decides requests by the deployed policies of caller and resource, and remembers every decision.
 * @param organization the organization of all accounts, if they are in one
 */
export function authorizer(identities: Identities, log: DecisionLog, organization?: OfOrganization): Authorize {
  const everywhere: RequestContext = {
    // Loopback counts as TLS: the sandbox has no certificates, and what it stands for is always called over TLS.
    'aws:SecureTransport': 'true',
    ...(organization && { 'aws:PrincipalOrgID': organization.id }),
  };
  const managementAccount = organization?.managementAccount;
  const ofResource = ({ resource, resourceAccount }: AccessRequest): RequestContext => ({
    ...(resourceAccount !== '' && {
      'aws:ResourceAccount': resourceAccount,
      ...(organization && { 'aws:ResourceOrgID': organization.id }),
    }),
    ...identities.contextOf(resource),
  });
  return (asked) => {
    const isRole = asked.principal.kind === 'role';
    const context = { ...ofResource(asked), ...(isRole && everywhere), ...asked.context };
    const request: AccessRequest = {
      ...asked,
      context,
      ...(managementAccount !== undefined && { managementAccount }),
    };
    const { principal, resource } = request;
    const role = principal.kind === 'role' ? identities.role(principal.roleArn) : undefined;
    const decision = authorize(request, {
      identity: role?.policies ?? [],
      resource: identities.resourcePolicy(resource),
      boundary: role?.boundary,
      ...(organization && { rcps: resourceControl }),
    });
    log.record(request, decision);
    return decision;
  };
}
