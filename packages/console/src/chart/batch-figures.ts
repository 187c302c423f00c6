import type { BatchColumns, BatchRow } from '../models/batches.ts';

/** True for a batch that did not succeed. */
export const isBadBatch = ({ status }: BatchRow): boolean =>
  status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';

/** Milliseconds that a batch took, or takes until now. */
export const lengthOf = ({ startedAt, stoppedAt }: BatchRow, now: number): number => (stoppedAt ?? now) - startedAt;

/** Figures of a Map Run. */
export interface BatchFigures {
  readonly failed: number;
  /** Milliseconds that half of the batches did not exceed, 95 of 100 of them, and all. */
  readonly half: number;
  readonly most: number;
  readonly longest: number;
  /** Share of the items that are in batches that failed, 0 to 100. */
  readonly failedPercent: number;
  /** Batches that ran at the same time, at most. */
  readonly together: number;
}

/** Figures of batches, sorted once. */
export function batchFigures(batches: readonly BatchRow[], now: number): BatchFigures {
  const lengths = batches.map((batch) => lengthOf(batch, now)).sort((one, other) => one - other);
  const at = (share: number): number => lengths[Math.floor((lengths.length - 1) * share)] ?? 0;
  const bad = batches.filter(isBadBatch);
  const items = (some: readonly BatchRow[]): number => some.reduce((sum, batch) => sum + batch.items, 0);
  return {
    failed: bad.length,
    half: at(0.5),
    most: at(0.95),
    longest: at(1),
    failedPercent: items(batches) === 0 ? 0 : (100 * items(bad)) / items(batches),
    together: mostTogether(batches),
  };
}

function mostTogether(batches: readonly BatchRow[]): number {
  // A batch that ends makes room for one that starts at the same time.
  const steps = batches
    .flatMap(({ startedAt, stoppedAt }) => [[startedAt, 1] as const, [stoppedAt ?? Infinity, -1] as const])
    .sort(([one, first], [other, second]) => one - other || first - second);
  let [now, most] = [0, 0];
  for (const [, step] of steps) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}

/** Batches in the order of a list: failures first, or by their lengths alone, the longest first. */
export function sortedBatches(batches: readonly BatchRow[], isSlowestFirst: boolean, now: number): readonly BatchRow[] {
  return batches
    .map((batch) => ({ batch, length: lengthOf(batch, now), isBad: !isSlowestFirst && isBadBatch(batch) }))
    .sort((one, other) => Number(other.isBad) - Number(one.isBad) || other.length - one.length)
    .map(({ batch }) => batch);
}

/**
 * Label of a Map Run in an address: that of its ARN, with the id behind it if another Map Run of the list has the same label.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-examine-map-run.html
 */
export function mapRunLabel({ mapRunArn }: BatchColumns, all: readonly BatchColumns[]): string {
  const [label] = tailOf(mapRunArn).split(':');
  const isAlone = all.filter((other) => tailOf(other.mapRunArn).split(':')[0] === label).length === 1;
  return isAlone && label ? label : tailOf(mapRunArn);
}

const tailOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
