import type { Emit } from '../emit-metrics.ts';
import { probeInput } from './probe-input.ts';
import type { probeMetrics } from './probe-metrics.ts';
import { type ProbePorts, probeRound } from './probe-round.ts';

export interface ProbeFunctionPorts extends ProbePorts {
  readonly emit: Emit<typeof probeMetrics>;
  /** Writes a line of the log, for the person who follows an alarm. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

/** Handler of the probe: a round, its metrics, and a line for each tenant that there is something to say of. */
export const probe =
  ({ emit, log, ...ports }: ProbeFunctionPorts) =>
  async (event: unknown): Promise<void> => {
    const round = probeInput.parse(event);
    for (const { tenant, stuck, oldestShare, incomplete } of await probeRound(round, ports)) {
      emit(
        {
          StuckParents: stuck.length > 0 ? stuck.length : undefined,
          OldestRunningShare: oldestShare,
          ProbeIncomplete: incomplete.length > 0 ? 1 : undefined,
        },
        { Tenant: tenant },
      );
      if (stuck.length > 0 || incomplete.length > 0) log({ tenant, stuck: stuck.slice(0, 20), incomplete });
    }
  };
