import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StartableModel } from '@crosswind/console/models/actions';
import type { Handler } from '@crosswind/console/server/handlers';
import { cloneAt, loadParts, workloadFolder } from '../../../blocks/discover-workloads.ts';
import type { Local } from '../../../blocks/local.ts';
import { stateMachineArn } from '../../../blocks/workflow/address.ts';
import { addressOf, type Deployment, fromEntry, plannedWaves } from '../../../config/deployments.ts';
import type { ConsoleContext } from '../console-context.ts';

/** State machines that can be started: the entries of tenants first, each with the sample input of its workload. */
export const startableAnswer =
  (context: Pick<ConsoleContext, 'sandbox' | 'platform' | 'accounts' | 'root'>): Handler =>
  async () => {
    const known = await machinesOfTenants(context);
    const machines = context.accounts
      .flatMap(({ id, region }) => context.sandbox.stateMachines.of(id, region))
      .map(({ arn, account }): StartableModel => {
        const title = arn.split(':').at(-1) ?? arn;
        return { arn, title, account, isEntry: false, input: '{}', ...known.get(arn) };
      });
    return [...machines.filter(({ isEntry }) => isEntry), ...machines.filter(({ isEntry }) => !isEntry)];
  };

type Known = Pick<StartableModel, 'title' | 'isEntry' | 'input'>;

async function machinesOfTenants({
  platform,
  root,
}: Pick<ConsoleContext, 'platform' | 'root'>): Promise<ReadonlyMap<string, Known>> {
  const deployments = platform ? plannedWaves(platform).flatMap((wave) => wave.deployments) : [];
  const inputs = new Map<string, string>();
  for (const { tenant } of deployments) {
    if (!inputs.has(tenant.workload)) inputs.set(tenant.workload, await sampleInput(root, tenant.workload));
  }
  return new Map(deployments.flatMap((deployment) => machinesOf(deployment, inputs)));
}

const machinesOf = (deployment: Deployment, inputs: ReadonlyMap<string, string>): readonly [string, Known][] =>
  fromEntry(deployment).map(({ name }) => {
    const isEntry = name === deployment.entry.name;
    const input = isEntry ? (inputs.get(deployment.tenant.workload) ?? '{}') : '{}';
    return [
      stateMachineArn(addressOf(deployment), name),
      { title: `${deployment.tenant.name} ${name}`, isEntry, input },
    ];
  });

/** The sample input of a workload as JSON text; the empty object for a workload without one, or without a `local.ts`. */
async function sampleInput(root: string, workload: string): Promise<string> {
  const clone = cloneAt(root);
  if (!existsSync(join(workloadFolder(clone, workload), 'local.ts'))) return '{}';
  const parts = await loadParts<Local>(clone, [workload], 'local');
  return JSON.stringify(parts.get(workload)?.sample?.input ?? {}, null, 2);
}
