import type { Tolerance } from './spec.ts';

interface Failures {
  /** Items of children that failed or timed out. */
  readonly failed: number;
  readonly total: number;
  /** Whether `total` can still grow. */
  readonly listing: boolean;
}

/**
 * Whether more items have failed than the run tolerates. While items are still being listed a share cannot be known
 * for certain, since the total only grows; a count can, and so can a share of nought.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function isExceeded({ count, percentage }: Tolerance, { failed, total, listing }: Failures): boolean {
  if (count === undefined && percentage === undefined) return failed > 0;
  const byCount = count !== undefined && failed > count;
  const certain = !listing || percentage === 0;
  return byCount || (percentage !== undefined && certain && failed * 100 > percentage * total);
}
