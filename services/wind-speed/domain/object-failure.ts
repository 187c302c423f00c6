import { byText } from './text-order.ts';

/** An object that is not in the result, and why. */
export interface ObjectFailure {
  readonly key: string;
  readonly reason: string;
}

/** The share of a batch's objects that may fail, as in the Map's ToleratedFailurePercentage. */
const maxFailedShare = 0.05;

/** Whether more objects failed than a batch may lose: 5 % of them, but always one, or a batch below 20 could lose none. */
export function tooManyFailures(objects: number, failed: number): boolean {
  return failed > Math.max(1, Math.floor(objects * maxFailedShare));
}

/** The failures a person reads in the summary: few, and the same ones whatever the order of arrival. */
export function sampleFailures(failures: readonly ObjectFailure[]): readonly ObjectFailure[] {
  return failures.toSorted((a, b) => byText(a.key, b.key)).slice(0, 20);
}
