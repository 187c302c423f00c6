import type { Sections } from '@crosswind/console/server/snapshot';
import type { ConsoleContext } from '../console-context.ts';
import type { TenantResults } from '../results/tenant-results.ts';
import type { SectionReader } from '../section-reader.ts';

/** Reads which runs have results; what they are is asked for. */
export function resultsReader({ results }: ConsoleContext): SectionReader<'results'> {
  let known: ReadonlyMap<string, TenantResults> | undefined;
  let models: Sections['results'] = [];
  return async () => {
    const now = await results();
    if (now !== known) {
      known = now;
      models = [...now].map(([tenant, { workload, reports, runs }]) => ({
        tenant,
        workload,
        reports,
        runs: runs.map(({ run, wave, endedAt }) => ({ run, wave, endedAt })),
      }));
    }
    return models;
  };
}
