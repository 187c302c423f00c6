import type { Recording } from '@crosswind/sandbox/sandbox';

/** A metric of an account in the recordings of game days. */
export type RecordedSeries = Recording['metrics'][number] & {
  /** True if all of its values are whole numbers. */
  readonly isWhole: boolean;
};

/** The metrics of all recordings, each once. */
export function recordedSeries(recordings: readonly Recording[]): readonly RecordedSeries[] {
  const found = new Map<string, RecordedSeries>();
  for (const { metrics, minutes } of recordings) {
    const fractions = new Set(
      minutes.flatMap(({ values }) => values.filter(([, , value]) => !Number.isInteger(value)).map(([index]) => index)),
    );
    for (const [index, metric] of metrics.entries()) {
      const key = JSON.stringify([metric.account, metric.region, metric.metric]);
      const isWhole = !fractions.has(index) && found.get(key)?.isWhole !== false;
      found.set(key, { ...metric, isWhole });
    }
  }
  return [...found.values()];
}
