import { byText } from './text-order.ts';

/** An object that is not in the result, and why. */
export interface ObjectFailure {
  readonly key: string;
  readonly reason: string;
}

/**
 * True if more objects failed than a batch may lose: that percentage of them, but always one unless none is tolerated, or a
 * small batch could lose none at 5 %.
 */
export function tooManyFailures(objects: number, failed: number, toleratedPercentage: number): boolean {
  if (toleratedPercentage === 0) return failed > 0;
  return failed > Math.max(1, Math.floor((objects * toleratedPercentage) / 100));
}

/** The failures a person reads in the summary: few, and the same ones whatever the order of arrival. */
export function sampleFailures(failures: readonly ObjectFailure[]): readonly ObjectFailure[] {
  return failures.toSorted((a, b) => byText(a.key, b.key)).slice(0, 20);
}
