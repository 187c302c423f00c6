import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import { type PolicySource, rcpFullAccess } from '@crosswind/iam/policy-document';
import { hasAccount } from '@crosswind/iam/principal';
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

/** The service control policy that Organizations attaches to the root, to every unit and to every account. */
const fullAccess: PolicySource = {
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** The levels of the organization: the root, with what Organizations attaches to it, and the account. */
function organizationPolicies(identities: Identities, { principal, resourceAccount }: AccessRequest) {
  const own = hasAccount(principal) ? identities.attachedTo(principal.account) : undefined;
  const ofResource = identities.attachedTo(resourceAccount);
  return {
    rcps: ofResource ? [[rcpFullAccess], [rcpFullAccess, ...ofResource.rcps]] : resourceControl,
    ...(own && { scps: [[fullAccess], [fullAccess, ...own.scps]] }),
  };
}

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
      ...(organization && organizationPolicies(identities, request)),
    });
    log.record(request, decision);
    return decision;
  };
}
