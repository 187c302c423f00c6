import { accountOf } from '@crosswind/aws/arn';
import { type Placement, accountNamed, fromEntry, plannedWaves } from '../../config/deployments.ts';
import type { Account, Platform, TenantState } from '../../config/schema.ts';
import { usesOf, useText } from '../../onboarding/uses.ts';

/** Plan of what is deployed where and in which order, as data for `--json` and for the terminal. */
export interface Plan {
  readonly organization: Platform['organization'];
  readonly region: string;
  readonly pipeline: PlannedAccount & {
    readonly repository: string;
    readonly branch: string;
    /** Account that must share the connection with the pipeline's; absent where it is the same. */
    readonly connectionOwner?: string;
  };
  readonly monitoring: PlannedAccount & { readonly page: readonly string[]; readonly ticket: readonly string[] };
  readonly waves: readonly PlanWave[];
  readonly accounts: readonly ListedAccount[];
}

export interface PlannedAccount {
  readonly name: string;
  readonly id: string;
}

export interface PlanWave {
  readonly name: string;
  readonly approval: boolean;
  readonly frozen: boolean;
  readonly deployments: readonly (PlannedPlacement & { readonly freezes: readonly string[] })[];
  readonly withheld: readonly (PlannedPlacement & { readonly reasons: readonly string[] })[];
}

export interface PlannedPlacement {
  readonly tenant: string;
  readonly workload: string;
  readonly owner: string;
  readonly state: TenantState;
  readonly region: string;
  /** The account of each stage, the entry first. */
  readonly stages: readonly (PlannedAccount & { readonly stage: string })[];
  readonly settings: Placement['settings'];
  /** Settings that bound how many functions run at a time, as lowered to what the accounts have. */
  readonly concurrency: Placement['concurrency'];
  /** Absent where nothing starts the parent by itself. */
  readonly schedule?: Placement['schedule'];
}

/** An account with everything that is known of it. */
export interface ListedAccount {
  readonly name: string;
  /** Its name in AWS Organizations; absent where it is the same. */
  readonly awsName?: string;
  readonly id: string;
  readonly email: string;
  readonly organizationalUnit: string;
  readonly state: Account['state'];
  readonly frozen: boolean;
  readonly region: string;
  readonly quotas: Account['quotas'];
  /** For example `child of orders in wave dev`. */
  readonly uses: readonly string[];
}

/** Meaning of the state for the next push. */
export const removedMeaning = 'deployed once more without schedule, alarms and dashboards; then remove its lines';

export function planOf(platform: Platform): Plan {
  const { organization, region, pipeline, monitoring } = platform;
  const deployer = named(accountNamed(platform, pipeline.account));
  const owner = accountOf(pipeline.connection);
  return {
    organization,
    region,
    pipeline: {
      ...deployer,
      repository: pipeline.repository,
      branch: pipeline.branch,
      ...(owner !== deployer.id && { connectionOwner: owner }),
    },
    monitoring: {
      ...named(accountNamed(platform, monitoring.account)),
      page: monitoring.page,
      ticket: monitoring.ticket,
    },
    waves: plannedWaves(platform).map(({ wave, deployments, withheld }) => ({
      ...wave,
      deployments: deployments.map(({ freezes, ...placement }) => ({ ...planned(placement), freezes })),
      withheld: withheld.map(({ reasons, ...placement }) => ({ ...planned(placement), reasons })),
    })),
    accounts: listedAccounts(platform),
  };
}

export const listedAccounts = (platform: Platform): readonly ListedAccount[] =>
  platform.accounts.map((account) => ({ ...account, uses: usesOf(platform, account.name).map(useText) }));

function planned(placement: Placement): PlannedPlacement {
  const { tenant, region, settings, concurrency, schedule } = placement;
  return {
    tenant: tenant.name,
    workload: tenant.workload,
    owner: tenant.owner,
    state: tenant.state,
    region,
    stages: fromEntry(placement).map(({ name, account }) => ({ stage: name, ...named(account) })),
    settings,
    concurrency,
    schedule,
  };
}

const named = ({ name, id }: Account): PlannedAccount => ({ name, id });
