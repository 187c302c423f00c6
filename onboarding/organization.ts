/** An account as AWS Organizations has it. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `PENDING_ACTIVATION` or `CLOSED`. */
  readonly state: string;
  /** Path of its unit below the root, `Workloads/Dev`; `Root` for the root itself. */
  readonly organizationalUnit: string;
}

/** An AWS organization, as far as a platform is compared with it. */
export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  readonly accounts: readonly OrganizationAccount[];
}

/** How the unit of an account that is in none is called. */
export const rootUnit = 'Root';
