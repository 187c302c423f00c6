import type { Stack } from '@crosswind/assembly/resolve';
import { type Clone, discoverWorkloads } from '../../../blocks/discover-workloads.ts';
import type { LocalRun } from '../../../blocks/local.ts';
import { type Deployment, plannedWaves } from '../../../config/deployments.ts';
import type { Platform } from '../../../config/schema.ts';
import { WrongInput } from '../../failure.ts';
import { type DeployedTenant, deployedTenant } from '../../local/deployed-tenant.ts';
import { runOf } from '../../local/platform-options.ts';
import { type KnownWorkload, knownWorkload, optionName } from '../../local/workload-options.ts';
import type { ServedTenant } from './served-results.ts';

export interface ServedTenantsProps {
  readonly clone: Clone;
  readonly platform: Platform;
  /** Stacks of the assembly. */
  readonly stacks: readonly Stack[];
  /**
   * The tenant whose options the command line gave. Others have the defaults of their workloads.
   *
   * @default - none
   */
  readonly chosen?: ServedRun;
}

/** A tenant in a wave, and this run of it. */
export interface ServedRun {
  readonly wave: string;
  readonly deployment: Pick<Deployment, 'tenant'>;
  readonly run: LocalRun;
}

/** All tenants that stacks deploy, in each of their waves. A tenant without its stacks, or whose workload cannot be read, is left out. */
export async function servedTenants({
  clone,
  platform,
  stacks,
  chosen,
}: ServedTenantsProps): Promise<readonly ServedTenant[]> {
  const { contracts } = await discoverWorkloads(clone);
  const placed = plannedWaves(platform).flatMap(({ wave, deployments }) =>
    deployments.map((deployment) => ({ wave: wave.name, deployment })),
  );
  const served: ServedTenant[] = [];
  for (const { wave, deployment } of placed) {
    const { name: tenant, workload: name } = deployment.tenant;
    const deployed = deployedIn(stacks, deployment);
    const workload = await knownWorkload(clone, name, contracts).catch(ignoringWrongInput);
    if (!deployed || !workload) continue;
    const isChosen = chosen?.wave === wave && chosen.deployment.tenant.name === tenant;
    const run = isChosen ? chosen.run : withDefaults(workload);
    served.push({ tenant, wave, workload: name, file: workload.file, deployed, read: run.results });
  }
  return served;
}

function deployedIn(stacks: readonly Stack[], deployment: Deployment): DeployedTenant | undefined {
  try {
    return deployedTenant(deployment, stacks, 'the assembly');
  } catch (error) {
    ignoringWrongInput(error);
    return undefined;
  }
}

/** A mistake in another tenant must not end the page; the commands that concern it report it. */
function ignoringWrongInput(error: unknown): undefined {
  if (error instanceof WrongInput) return;
  throw error;
}

const withDefaults = (workload: KnownWorkload): LocalRun =>
  runOf(
    workload,
    Object.fromEntries((workload.local.options ?? []).map((option) => [optionName(option), option.default])),
  );
