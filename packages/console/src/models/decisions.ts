/** Decisions about requests of a principal for an action on a resource that ended alike. */
export interface DecisionModel {
  readonly id: string;
  /** ARN of the role, or another name of the principal. */
  readonly principal: string;
  readonly action: string;
  /** With `*` at its end it represents more than one resource. */
  readonly resource: string;
  readonly account: string;
  readonly verdict: 'allowed' | 'explicit deny' | 'implicit deny' | 'undecidable';
  /** Milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly times: number;
  /** Start of a second, and decisions in it; of many, the first and the last. */
  readonly seconds: readonly (readonly [at: number, times: number])[];
  /**
   * True if `times` is estimated, because the seconds before that time were not kept.
   *
   * @default false
   */
  readonly isEstimated?: boolean;
  /** Id that evidence of a verdict names; null for what was allowed. */
  readonly denial: string | null;
}

/**
 * Decisions of a group up to a time. Where seconds in the middle were not kept, the calls in them are spread evenly, and the
 * number is an estimate.
 */
export function decisionsUntil(
  { first, last, times, seconds }: DecisionModel,
  at: number,
): { readonly times: number; readonly isEstimated: boolean } {
  if (at >= last) return { times, isEstimated: false };
  if (at < first) return { times: 0, isEstimated: false };
  const known = (until: number): number =>
    seconds.reduce((sum, [second, count]) => (second <= until ? sum + count : sum), 0);
  const missing = times - known(Infinity);
  const [before, after] = [seconds[(seconds.length >> 1) - 1], seconds[seconds.length >> 1]];
  if (missing <= 0 || !before || !after || at < before[0]) return { times: Math.max(1, known(at)), isEstimated: false };
  const share = Math.min(1, (at - before[0]) / (after[0] - before[0]));
  return { times: known(at) + Math.min(missing, Math.round((missing + 1) * share)), isEstimated: share < 1 };
}
