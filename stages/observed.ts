import { addressOf, type Deployment, fromEntry, plannedWaves } from '../config/deployments.ts';
import { type DueWindow, dueWindow } from '../config/due-window.ts';
import { mayChange } from '../config/probed-accounts.ts';
import type { Account, Platform, Tenant, TenantState } from '../config/schema.ts';
import { scheduleOwner, stageOwner } from '../blocks/observability/observability-names.ts';
import type { WatchedFunctions } from '../blocks/observability/lambda-signals.ts';
import type { WatchedSchedule } from '../blocks/observability/schedule-signals.ts';
import type { WatchedStateMachine } from '../blocks/observability/step-functions-signals.ts';
import { scheduleFailuresArn, stateMachineArn } from '../blocks/workflow/address.ts';

/** A tenant as monitoring sees it. */
export interface ObservedTenant {
  readonly name: string;
  /** Name of its workload. */
  readonly workload: string;
  /** Where it runs, wave by wave. */
  readonly placements: readonly ObservedPlacement[];
  /** Its workflows, wave by wave. */
  readonly machines: readonly ObservedStateMachine[];
  /** Schedules that start its workflows. */
  readonly schedules: readonly ObservedSchedule[];
  /** The accounts that it runs in. */
  readonly accounts: readonly ObservedAccount[];
}

/** An account on dashboards and with alarms. */
export interface ObservedAccount extends WatchedFunctions {
  readonly name: string;
  /** Tenant whose stack holds its alarms: an account is watched once, though several tenants may run in it. */
  readonly watchedBy: string;
  /** True if its probe is deployed with every push: one that is frozen may have none. */
  readonly isProbed: boolean;
}

/** A tenant in one wave. */
export interface ObservedPlacement {
  readonly wave: string;
  readonly deployment: Deployment;
}

export interface ObservedStateMachine extends WatchedStateMachine {
  /** Stage and wave, for example `parent (dev)`. */
  readonly short: string;
  /** How people call its account. */
  readonly accountName: string;
  readonly isEntry: boolean;
  /** Windows in which a run is due; absent for a workflow that is not scheduled, or less than once a week. */
  readonly due?: DueWindow;
}

export interface ObservedSchedule extends WatchedSchedule {
  /** How people call its account. */
  readonly accountName: string;
}

/** The tenants that are deployed somewhere and stay, in the order of the file. */
export const observedTenants = (platform: Platform): readonly ObservedTenant[] => tenantsThatAre('active', platform);

/** The tenants that are deployed somewhere for the last time. Nothing watches them. */
export const leavingTenants = (platform: Platform): readonly ObservedTenant[] => tenantsThatAre('removed', platform);

function tenantsThatAre(wanted: TenantState, platform: Platform): readonly ObservedTenant[] {
  const watchers = new Map<string, string>();
  return platform.tenants
    .filter(({ state }) => state === wanted)
    .map((tenant): ObservedTenant => {
      const accounts = accountsOf(platform, tenant).map((account) => {
        const watchedBy = watchers.get(account.name) ?? tenant.name;
        watchers.set(account.name, watchedBy);
        return { ...account, watchedBy };
      });
      return {
        name: tenant.name,
        workload: tenant.workload,
        placements: placementsOf(platform, tenant),
        machines: stateMachinesOf(platform, tenant),
        schedules: schedulesOf(platform, tenant),
        accounts,
      };
    })
    .filter(({ machines }) => machines.length > 0);
}

const deploymentsOf = (platform: Platform): readonly Deployment[] =>
  plannedWaves(platform).flatMap(({ deployments }) => deployments);

function accountsOf(platform: Platform, tenant: Tenant): readonly Omit<ObservedAccount, 'watchedBy'>[] {
  const used = new Set<Account>(
    deploymentsOf(platform)
      .filter((deployment) => deployment.tenant === tenant)
      .flatMap(({ stages }) => stages.map(({ account }) => account)),
  );
  return platform.accounts
    .filter((account) => used.has(account))
    .map(({ name, id, region, quotas, ...state }) => ({
      ...{ name, account: id, region, ...quotas },
      isProbed: mayChange(state),
    }));
}

const placementsOf = (platform: Platform, tenant: Tenant): readonly ObservedPlacement[] =>
  plannedWaves(platform).flatMap(({ wave, deployments }) =>
    deployments
      .filter((deployment) => deployment.tenant === tenant)
      .map((deployment) => ({ wave: wave.name, deployment })),
  );

const stateMachinesOf = (platform: Platform, tenant: Tenant): readonly ObservedStateMachine[] =>
  placementsOf(platform, tenant).flatMap(({ wave, deployment }) =>
    fromEntry(deployment).map(({ name, account }) => ({
      id: stageOwner({ tenant: tenant.name, wave }, name),
      title: `${tenant.name} ${name} (${wave})`,
      short: `${name} (${wave})`,
      arn: stateMachineArn(addressOf(deployment), name),
      account: account.id,
      accountName: account.name,
      isEntry: name === deployment.entry.name,
      due: name === deployment.entry.name && deployment.schedule ? dueWindow(deployment.schedule) : undefined,
      region: deployment.region,
    })),
  );

const schedulesOf = (platform: Platform, tenant: Tenant): readonly ObservedSchedule[] =>
  placementsOf(platform, tenant)
    .filter(({ deployment }) => deployment.schedule !== undefined)
    .map(({ wave, deployment }) => ({
      id: scheduleOwner({ tenant: tenant.name, wave }),
      title: `${tenant.name} schedule (${wave})`,
      failuresArn: scheduleFailuresArn(addressOf(deployment), deployment.entry.name),
      account: deployment.entry.account.id,
      accountName: deployment.entry.account.name,
      region: deployment.region,
    }));
