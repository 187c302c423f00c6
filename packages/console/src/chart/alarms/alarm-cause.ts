import type { ChangeModel } from '../../models/changes.ts';
import { claimsOf, type VerdictModel } from '../../models/verdict.ts';

/** Something that happened before an alarm fired. */
export interface Cause {
  readonly at: number;
  /** Without a full stop. */
  readonly sentence: string;
}

/** Causes are looked for within a day before the alarm, in milliseconds. */
const day = 86_400_000;

/** The last thing that broke before an alarm fired: a change, or a claim about a run; undefined if nothing is known. */
export function causeBefore(
  firedAt: number,
  changes: readonly ChangeModel[],
  verdicts: readonly VerdictModel[],
): Cause | undefined {
  const known: readonly Cause[] = [
    ...changes,
    ...claimsOf(verdicts).flatMap(({ gravity, since, sentence }) =>
      gravity === 'well' || since === null ? [] : [{ at: since, sentence: sentence.replace(/\.$/, '') }],
    ),
  ];
  return known
    .filter(({ at }) => at <= firedAt && firedAt - at <= day)
    .reduce<Cause | undefined>((last, cause) => (last && last.at >= cause.at ? last : cause), undefined);
}
