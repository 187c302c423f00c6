import type { RecordedProbe } from './recorded-facts.ts';

/** Sums of a metric, each with the start of its minute in milliseconds since the epoch, in the order of time. */
export type SumsByMinute = readonly (readonly [at: number, sum: number])[];

/** Milliseconds in which a round may still be under way: its failure is known when it ends (probe.ts has a shorter timeout). */
const underWay = 60_000;

/**
 * Times of the last round of a probe that did not fail, and of a failure since, by the metrics of its function.
 * @param now time of the sandbox, which counts a round when it begins; AWS measures it when it has ended
 */
export function probeRounds(
  invocations: SumsByMinute,
  errors: SumsByMinute,
  now = Infinity,
): Pick<RecordedProbe, 'lastRound' | 'failedAt'> {
  const failed = new Map(errors);
  const rounds = invocations
    .filter(([at, sum]) => sum > 0 && at <= now - underWay)
    .map(([at, sum]) => ({ at, hasFailed: sum <= (failed.get(at) ?? 0) }));
  const last = rounds.at(-1);
  return {
    lastRound: rounds.findLast(({ hasFailed }) => !hasFailed)?.at ?? null,
    failedAt: last?.hasFailed ? last.at : null,
  };
}
