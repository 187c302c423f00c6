import { addressOf, type Deployment, plannedWaves } from '../config/deployments.ts';
import type { Account, Platform, Tenant } from '../config/schema.ts';
import type { AccountPanel } from '../services/observability/dashboards.ts';
import type { WatchedSchedule } from '../services/observability/schedule-signals.ts';
import type { WatchedStateMachine } from '../services/observability/step-functions-signals.ts';
import { childStateMachineArn, parentStateMachineArn, scheduleFailuresArn } from '../services/workflow/address.ts';

/** A tenant as monitoring sees it. */
export interface ObservedTenant {
  readonly name: string;
  /** Its workflows, wave by wave. */
  readonly machines: readonly ObservedStateMachine[];
  /** What starts them by itself. */
  readonly schedules: readonly ObservedSchedule[];
  /** The accounts that it runs in. */
  readonly accounts: readonly AccountPanel[];
  /** Those whose alarms are kept with it: an account is watched once, though several tenants may run in it. */
  readonly watchedAccounts: readonly AccountPanel[];
}

export interface ObservedStateMachine extends WatchedStateMachine {
  /** How people call its account. */
  readonly accountName: string;
}

export interface ObservedSchedule extends WatchedSchedule {
  /** How people call its account. */
  readonly accountName: string;
}

/** Every account that runs a tenant, once, in the order of the file. */
export function workloadAccounts(platform: Platform): readonly Account[] {
  const used = new Set<Account>(deploymentsOf(platform).flatMap(({ parent, child }) => [parent, child]));
  return platform.accounts.filter((account) => used.has(account));
}

/** The platform's own region and every other one that a tenant runs in. */
export const regionsInUse = (platform: Platform): readonly string[] => [
  ...new Set([platform.region, ...workloadAccounts(platform).map(({ region }) => region)]),
];

/** The tenants that are deployed somewhere, in the order of the file. */
export function observedTenants(platform: Platform): readonly ObservedTenant[] {
  const watched = new Set<string>();
  return platform.tenants
    .map((tenant): ObservedTenant => {
      const accounts = accountsOf(platform, tenant);
      const watchedAccounts = accounts.filter(({ name }) => !watched.has(name));
      for (const { name } of watchedAccounts) watched.add(name);
      return {
        name: tenant.name,
        machines: stateMachinesOf(platform, tenant),
        schedules: schedulesOf(platform, tenant),
        accounts,
        watchedAccounts,
      };
    })
    .filter(({ machines }) => machines.length > 0);
}

const deploymentsOf = (platform: Platform): readonly Deployment[] =>
  plannedWaves(platform).flatMap(({ deployments }) => deployments);

function accountsOf(platform: Platform, tenant: Tenant): readonly AccountPanel[] {
  const used = new Set<Account>(
    deploymentsOf(platform)
      .filter((deployment) => deployment.tenant === tenant)
      .flatMap(({ parent, child }) => [parent, child]),
  );
  return platform.accounts
    .filter((account) => used.has(account))
    .map(({ name, id, region }) => ({ name, account: id, region }));
}

const stateMachinesOf = (platform: Platform, tenant: Tenant): readonly ObservedStateMachine[] =>
  plannedWaves(platform).flatMap(({ wave, deployments }) =>
    deployments
      .filter((deployment) => deployment.tenant === tenant)
      .flatMap((deployment) => {
        const address = addressOf(deployment);
        const observed = (role: 'parent' | 'child', arn: string): ObservedStateMachine => ({
          id: `${tenant.name}-${wave.name}-${role}`,
          title: `${tenant.name} ${role} (${wave.name})`,
          arn,
          account: deployment[role].id,
          accountName: deployment[role].name,
          region: deployment.region,
        });
        return [observed('parent', parentStateMachineArn(address)), observed('child', childStateMachineArn(address))];
      }),
  );

const schedulesOf = (platform: Platform, tenant: Tenant): readonly ObservedSchedule[] =>
  plannedWaves(platform).flatMap(({ wave, deployments }) =>
    deployments
      .filter((deployment) => deployment.tenant === tenant && deployment.schedule !== undefined)
      .map((deployment) => ({
        id: `${tenant.name}-${wave.name}-schedule`,
        title: `${tenant.name} schedule (${wave.name})`,
        failuresArn: scheduleFailuresArn(addressOf(deployment)),
        account: deployment.parent.id,
        accountName: deployment.parent.name,
        region: deployment.region,
      })),
  );
