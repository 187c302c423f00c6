import { stackName } from '../blocks/workflow/address.ts';
import { accountNamed, type Deployment, plannedWaves } from './deployments.ts';
import { probedAccounts } from './probed-accounts.ts';
import type { Platform } from './schema.ts';

/** A stack of the platform, and where it is. */
export interface PlacedStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The tenant that it is of; absent for what all tenants share. */
  readonly tenant?: string;
}

/** Stage of the pipeline with the probe of each account that runs workflows. */
export const probesStageName = 'probes';
/** Stack of an account with its probe. */
export const probeStackName = 'crosswind-probe';

/** Stage of the pipeline with topics, alarms and dashboards. */
export const observabilityStageName = 'observability';

/** Stack of the monitoring account with the topics that alarms notify; each region in use has its own. */
export const alertsStackName = 'crosswind-alerts';
/** Stack of the monitoring account with the alarms of all accounts of a region, and in one region with their dashboard. */
export const fleetStackName = 'crosswind-fleet';
/** Stack of the monitoring account with the alarms of a tenant in one region. */
export const observabilityStackName = (tenant: string): string => `crosswind-observability-${tenant}`;

/**
 * The stacks that the pipeline deploys in a wave of the file, or in a stage of its own. Stacks that stay as they are,
 * because something is frozen, are left out.
 */
export function stacksOfStage(platform: Platform, stage: string): readonly PlacedStack[] {
  if (stage === probesStageName) {
    return probedAccounts(platform).map(({ account: { id, region } }) => ({
      name: probeStackName,
      account: id,
      region,
    }));
  }
  if (stage === observabilityStageName) return observabilityStacks(platform);
  return plannedWaves(platform)
    .filter(({ wave }) => wave.name === stage)
    .flatMap(({ deployments }) => deployments.filter(({ freezes }) => freezes.length === 0))
    .flatMap(({ tenant, stages, region }) =>
      stages.map(({ name, account }) => ({
        name: stackName({ tenant: tenant.name }, name),
        account: account.id,
        region,
        tenant: tenant.name,
      })),
    );
}

function observabilityStacks(platform: Platform): readonly PlacedStack[] {
  const account = accountNamed(platform, platform.monitoring.account).id;
  const deployments = plannedWaves(platform).flatMap((wave) => wave.deployments);
  const regions = [...new Set([platform.region, ...deployments.map(({ region }) => region)])];
  return regions.flatMap((region) => [
    { name: alertsStackName, account, region },
    ...tenantsWatchedIn(platform, deployments, region).map((tenant) => {
      const name = observabilityStackName(tenant);
      return { name, account, region, tenant };
    }),
    { name: fleetStackName, account, region },
  ]);
}

/** Tenants with a stack in a region: dashboards of all tenants are in the platform's own, alarms where they run. */
function tenantsWatchedIn(
  { region: own }: Platform,
  deployments: readonly Deployment[],
  region: string,
): readonly string[] {
  const here = deployments.filter((deployment) => region === own || deployment.region === region);
  return [...new Set(here.map(({ tenant }) => tenant.name))];
}
