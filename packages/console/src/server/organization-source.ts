import type { JsonObject } from '@crosswind/aws/json';
import type { AccountJob, LimitsModel, StartModel, TenantModel, WaveModel } from '../models/organization.ts';

/** Accounts and their stacks in AWS's terms, from which the model of an organization is made. */
export interface OrganizationSource {
  /** Id of the organization; null for accounts that are in none. */
  readonly id: string | null;
  readonly waves: readonly WaveModel[];
  readonly tenants: readonly TenantModel[];
  readonly accounts: readonly SourceAccount[];
  readonly stacks: readonly SourceStack[];
  readonly starts: readonly StartModel[];
  /** Accounts that show their metrics to another one (OAM). */
  readonly links: readonly { readonly account: string; readonly seenBy: string }[];
}

export interface SourceAccount {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** @default - none */
  readonly jobs?: readonly AccountJob[];
  /** @default - not known */
  readonly unit?: string;
  /** @default - not known */
  readonly state?: string;
  /** @default false */
  readonly isFrozen?: boolean;
  /** @default - not known */
  readonly limits?: LimitsModel;
}

export interface SourceStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** @default - it is not deployed */
  readonly status?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  /** Their properties without intrinsic functions. */
  readonly resources: readonly SourceResource[];
}

export interface SourceResource {
  readonly type: string;
  readonly name: string;
  readonly arn?: string;
  readonly properties: JsonObject;
}
