import type { Tenant } from '../../config/schema.ts';
import { sampleInput, sampleProblems } from '../../services/wind-speed/sample/sample-run.ts';

/** What every deployment of a workload can be tried with. */
export interface Sample {
  readonly input: object;
  /** What is wrong with the parent's output. */
  readonly problems: (output: unknown) => readonly string[];
}

/** The samples of the workloads that a tenant in `platform.yaml` may name; the compiler checks that none is missing. */
export const samples: Readonly<Record<Tenant['workload'], Sample>> = {
  'wind-speed': { input: sampleInput, problems: sampleProblems },
};
