import type { LocalResults } from '../../../blocks/local.ts';

/** Results of a tenant's runs. */
export interface TenantResults {
  readonly workload: string;
  /** False if its `local.ts` has no `results`. */
  readonly reports: boolean;
  /** Runs that have ended, the newest first. */
  readonly runs: readonly ReadableRun[];
}

export interface ReadableRun {
  /** ARN of the execution of the entry. */
  readonly run: string;
  readonly wave: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly endedAt: number;
  /**
   * Reads its results; undefined where the workload reports none.
   *
   * @throws RunFailed that names the workload's file
   */
  readonly read: () => Promise<LocalResults | undefined>;
}
