import type { PolicyStore } from './policy-store.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';

/** The body of a request, and of an answer. */
export type Body = Readonly<Record<string, unknown>>;

export interface OrganizationApi {
  readonly organization: SimulatedOrganization;
  readonly policies: PolicyStore;
}

/** One operation: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html */
export type Operation = (api: OrganizationApi, body: Body) => Body;
