/** Accounts with what is deployed in them and who may assume their roles, and tenants by wave. Times are milliseconds since the epoch. */
export interface OrganizationModel {
  /** For example `o-exampleorg1`; null where the accounts are in no organization. */
  readonly id: string | null;
  /** In the order of their deployment. */
  readonly waves: readonly WaveModel[];
  readonly accounts: readonly OrganizationAccount[];
  /** Empty for an app that knows no tenants. */
  readonly tenants: readonly TenantModel[];
  /** Tasks that start a workflow of another account. */
  readonly starts: readonly StartModel[];
  /** Dictionary of patterns of actions that `grants` of roles point into. */
  readonly actions: readonly string[];
}

export interface WaveModel {
  readonly name: string;
  /** True if a person approves before it is deployed. */
  readonly hasApproval: boolean;
  readonly isFrozen: boolean;
}

/** Jobs of an account besides those of tenants: tooling deploys to all, monitoring sees all. */
export type AccountJob = 'tooling' | 'monitoring' | 'management';

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** Empty for an account of tenants, or of nobody. */
  readonly jobs: readonly AccountJob[];
  /** Path of its organizational unit; null where it is not known. */
  readonly unit: string | null;
  /** For example `active`; null where nobody says. */
  readonly state: string | null;
  readonly isFrozen: boolean;
  readonly stacks: readonly StackModel[];
  readonly machines: readonly MachineModel[];
  readonly roles: readonly RoleModel[];
  /** Quotas that the account has now; null where nobody says. */
  readonly limits: LimitsModel | null;
  /** Ids of the accounts that see its metrics. */
  readonly seenBy: readonly string[];
}

/** Quotas of an account in its region: so many at a time. */
export interface LimitsModel {
  /** Invocations of functions. */
  readonly lambdaConcurrency: number;
  /** Executions of Standard workflows. */
  readonly openExecutions: number;
  readonly openMapRuns: number;
}

export interface StackModel {
  readonly name: string;
  readonly region: string;
  /** Status of CloudFormation; null if it is not deployed. */
  readonly status: string | null;
  readonly createdAt: number | null;
  readonly counts: ResourceCounts;
}

/** Resources of a stack by kind. */
export interface ResourceCounts {
  readonly resources: number;
  readonly machines: number;
  readonly functions: number;
  readonly alarms: number;
  readonly dashboards: number;
  readonly roles: number;
  readonly buckets: number;
  readonly keys: number;
}

export interface MachineModel {
  readonly arn: string;
  /** ARN of the role that it runs with. */
  readonly role: string;
  /** Name of its stack. */
  readonly stack: string;
}

export interface RoleModel {
  readonly arn: string;
  /** Places in `actions` of the patterns that its policies allow. */
  readonly grants: readonly number[];
  /** Who may assume it. */
  readonly trusts: readonly TrustModel[];
}

export interface TrustModel {
  /** Service, ARN or account id; `*` for everybody whom the conditions let in. */
  readonly who: string;
  /** Account id; null for a service, a provider and for everybody. */
  readonly account: string | null;
  /** Half sentences that all have to hold, for example `the external id is "…"`. */
  readonly conditions: readonly string[];
}

export interface TenantModel {
  readonly name: string;
  readonly workload: string;
  readonly owner: string;
  readonly isRemoved: boolean;
  /** One for each wave that it is in. */
  readonly cells: readonly CellModel[];
}

/** A tenant in a wave. */
export interface CellModel {
  readonly wave: string;
  /** Why it stays as it is; empty if it is deployed. */
  readonly freezes: readonly string[];
  /** Why it has no stacks; empty if it has some. */
  readonly withheld: readonly string[];
  /** The entry first, a stage that is started after the one that starts it. */
  readonly stages: readonly StageModel[];
}

export interface StageModel {
  readonly name: string;
  /** Account id. */
  readonly account: string;
  /** Name of its stack. */
  readonly stack: string;
  /** ARN of its state machine. */
  readonly machine: string;
  /** Names of the stages that it starts. */
  readonly starts: readonly string[];
}

export interface StartModel {
  /** ARN of the state machine that starts. */
  readonly from: string;
  /** ARN of the state machine that is started; empty where only the input of the run says it. */
  readonly to: string;
  /** ARN of the role that is assumed for it. */
  readonly role: string;
  /** True if it waits for the end. */
  readonly waits: boolean;
}

/** The organization at an earlier time: a stack that was created later is not deployed. */
export function organizationAt(model: OrganizationModel, at: number): OrganizationModel {
  const isLater = ({ createdAt }: StackModel): boolean => createdAt !== null && createdAt > at;
  if (!model.accounts.some(({ stacks }) => stacks.some(isLater))) return model;
  return {
    ...model,
    accounts: model.accounts.map((account) => ({
      ...account,
      stacks: account.stacks.map((stack) => (isLater(stack) ? { ...stack, status: null, createdAt: null } : stack)),
    })),
  };
}
