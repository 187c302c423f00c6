import type { OwnMetrics } from '../own-metrics.ts';

/** Metrics of the probe, by tenant, in the account that it looks at. There are none while there is nothing to say. */
export const probeMetrics = {
  /** Executions that run although all that they started has ended. */
  StuckParents: 'Count',
  /** Time that the oldest running execution has taken, in percent of its timeout. */
  OldestRunningShare: 'Percent',
  /** Rounds in which something could not be seen. */
  ProbeIncomplete: 'Count',
} as const satisfies OwnMetrics;
