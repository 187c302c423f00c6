import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StartableModel } from '@crosswind/console/models/actions';
import type { Handler } from '@crosswind/console/server/handlers';
import { cloneAt, loadParts, workloadFolder } from '../../../blocks/discover-workloads.ts';
import type { Local } from '../../../blocks/local.ts';
import type { ConsoleContext } from '../console-context.ts';
import { tenantStages } from '../named-stages.ts';

/** State machines that can be started: the entries of tenants first, that of the chosen one before them, each with the sample input of its workload. */
export const startableAnswer =
  (context: Pick<ConsoleContext, 'sandbox' | 'platform' | 'accounts' | 'root' | 'tenant'>): Handler =>
  async () => {
    const known = await machinesOfTenants(context);
    const machines = context.accounts
      .flatMap(({ id, region }) => context.sandbox.stateMachines.of(id, region))
      .map(({ arn, account }): StartableModel => {
        const title = arn.split(':').at(-1) ?? arn;
        return { arn, title, account, isEntry: false, input: '{}', ...known.get(arn)?.model };
      });
    const isFirst = ({ arn, isEntry }: StartableModel): boolean => isEntry && known.get(arn)?.tenant === context.tenant;
    const rank = (machine: StartableModel): number => (isFirst(machine) ? 0 : machine.isEntry ? 1 : 2);
    return machines.sort((one, other) => rank(one) - rank(other));
  };

interface Known {
  readonly tenant: string;
  readonly model: Pick<StartableModel, 'title' | 'isEntry' | 'input'>;
}

async function machinesOfTenants({
  platform,
  root,
}: Pick<ConsoleContext, 'platform' | 'root'>): Promise<ReadonlyMap<string, Known>> {
  const stages = platform ? [...tenantStages(platform)] : [];
  const workloads = [...new Set(stages.map(([, { workload }]) => workload))];
  const inputs = new Map(
    await Promise.all(workloads.map(async (workload) => [workload, await sampleInput(root, workload)] as const)),
  );
  return new Map(
    stages.map(([arn, { tenant, workload, stage, isEntry }]) => {
      const input = isEntry ? inputs.get(workload) : undefined;
      return [arn, { tenant, model: { title: `${tenant} ${stage}`, isEntry, input: input ?? '{}' } }];
    }),
  );
}

/** The sample input of a workload as JSON text; the empty object for a workload without one, or without a `local.ts`. */
async function sampleInput(root: string, workload: string): Promise<string> {
  const clone = cloneAt(root);
  if (!existsSync(join(workloadFolder(clone, workload), 'local.ts'))) return '{}';
  const parts = await loadParts<Local>(clone, [workload], 'local');
  return JSON.stringify(parts.get(workload)?.sample?.input ?? {}, null, 2);
}
