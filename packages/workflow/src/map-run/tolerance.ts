import type { Tolerance } from './spec.ts';

interface Failures {
  /** Items of children that failed or timed out. */
  readonly failed: number;
  readonly total: number;
  /** True if `total` can still grow. */
  readonly listing: boolean;
}

/**
 * True if more items have failed than the run tolerates. While items are being listed, the total still grows, so a
 * percentage above 0 is not certain. A count is certain, and so is 0 percent.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function isExceeded({ count, percentage }: Tolerance, { failed, total, listing }: Failures): boolean {
  if (count === undefined && percentage === undefined) return failed > 0;
  const byCount = count !== undefined && failed > count;
  const certain = !listing || percentage === 0;
  return byCount || (percentage !== undefined && certain && failed * 100 > percentage * total);
}
