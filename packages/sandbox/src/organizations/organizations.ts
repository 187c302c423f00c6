import type { Authorize } from '../iam/authorizer.ts';
import type { Identities } from '../iam/identities.ts';
import type { SandboxService } from '../service.ts';
import { organizationsService } from './organizations-service.ts';
import { PolicyStore } from './policy-store.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';

export interface OrganizationsPorts {
  /** Undefined where the simulated accounts are in no organization. */
  readonly organization: SimulatedOrganization | undefined;
  readonly authorize: Authorize;
  readonly identities: Identities;
}

/** AWS Organizations: the accounts, units and policies of one organization. */
export const organizations = ({ organization, authorize, identities }: OrganizationsPorts): SandboxService => ({
  endpoint: organizationsService({
    authorize,
    api: organization && { organization, policies: new PolicyStore(organization, identities) },
  }),
});
