import type { Execution, Sandbox } from '@crosswind/sandbox/sandbox';
import type { LocalRun } from '../../../blocks/local.ts';
import type { DeployedTenant } from '../../local/deployed-tenant.ts';
import { ofWorkload } from '../../local/of-workload.ts';
import { familyOfEntry } from './family-of-entry.ts';
import type { ReadableRun, TenantResults } from './tenant-results.ts';

/** A tenant in a wave, as it is deployed. */
export interface ServedTenant {
  readonly tenant: string;
  readonly wave: string;
  readonly workload: string;
  /** File of its local behavior, as messages name it. */
  readonly file: string;
  readonly deployed: DeployedTenant;
  /** Undefined for a workload that reports no results. */
  readonly read: LocalRun['results'];
}

/** Runs of each tenant that have ended until now, with the way to read their results; the same map until another one ends. */
export function servedResults(
  { executions, storage }: Pick<Sandbox, 'executions' | 'storage'>,
  tenants: readonly ServedTenant[],
): () => Promise<ReadonlyMap<string, TenantResults>> {
  const watched = tenants.map((tenant) => ({ tenant, runs: endedRuns(executions, tenant.deployed) }));
  let known: { readonly key: string; readonly map: ReadonlyMap<string, TenantResults> } | undefined;
  return () => {
    const ended = watched.map(({ tenant, runs }) => ({ tenant, runs: tenant.read ? runs() : [] }));
    const key = ended.map(({ runs }) => runs.map(({ entry, endedAt }) => `${entry.arn} ${endedAt}`).join()).join();
    if (known?.key !== key) known = { key, map: byTenant(storage, ended) };
    return Promise.resolve(known.map);
  };
}

interface EndedRun {
  readonly entry: Execution;
  readonly family: readonly Execution[];
  readonly endedAt: number;
}

/** Finds runs of a tenant whose executions have all ended. The family of a run is looked for once, when its entry has ended. */
function endedRuns(executions: Sandbox['executions'], { stages }: DeployedTenant): () => readonly EndedRun[] {
  const [first] = stages;
  const families = new Map<Execution, { readonly stoppedAt: number; readonly family: readonly Execution[] }>();
  return () =>
    (first ? executions.of(first.stateMachineArn) : []).flatMap((entry) => {
      const { outcome, stoppedAt } = entry;
      if (outcome === undefined || stoppedAt === undefined) return [];
      const seen = families.get(entry);
      const family = seen?.stoppedAt === stoppedAt ? seen.family : familyOfEntry(executions, stages, entry);
      families.set(entry, { stoppedAt, family });
      if (family.some((each) => each.stoppedAt === undefined)) return [];
      return [{ entry, family, endedAt: Math.max(...family.map((each) => each.stoppedAt ?? 0)) }];
    });
}

function byTenant(
  storage: Sandbox['storage'],
  ended: readonly { readonly tenant: ServedTenant; readonly runs: readonly EndedRun[] }[],
): ReadonlyMap<string, TenantResults> {
  const found = new Map<string, TenantResults>();
  for (const { tenant, runs } of ended) {
    const other = found.get(tenant.tenant);
    const readable = runs.map((run) => readableRun(storage, tenant, run));
    found.set(tenant.tenant, {
      workload: tenant.workload,
      reports: tenant.read !== undefined,
      runs: [...(other?.runs ?? []), ...readable].sort((one, next) => next.endedAt - one.endedAt),
    });
  }
  return found;
}

const readableRun = (
  storage: Sandbox['storage'],
  { wave, file, deployed, read }: ServedTenant,
  { entry, family, endedAt }: EndedRun,
): ReadableRun => ({
  run: entry.arn,
  wave,
  endedAt,
  read: () =>
    ofWorkload(file, () => {
      const byStage = deployed.stages.flatMap(({ stage, stateMachineArn }) => {
        const own = family.filter(({ machine }) => machine.arn === stateMachineArn);
        return own.length > 0 ? [[stage, own] as const] : [];
      });
      return read?.({ ...deployed, storage, executions: new Map(byStage) });
    }),
});
