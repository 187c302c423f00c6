import type { DecisionModel } from '../../models/decisions.ts';
import type { DecisionChange } from '../../models/patches/patch.ts';

type Second = DecisionModel['seconds'][number];

/** A group of decisions as a change of what it was: of its seconds, those that are new. */
export function decisionChange(before: DecisionModel | undefined, now: DecisionModel): DecisionChange {
  const old = before?.seconds ?? [];
  const { seconds } = now;
  const head = sameFrom(old, 0, seconds, 0);
  const next = seconds[head];
  const from = next ? Math.max(head, placeOf(old, next[0])) : old.length;
  const run = sameFrom(old, from, seconds, head);
  return { ...now, seconds: seconds.slice(head + run), kept: { head, from, run } };
}

/** How many seconds are the same in two lists, from a place in each of them on. */
function sameFrom(one: readonly Second[], fromOne: number, other: readonly Second[], fromOther: number): number {
  let length = 0;
  while (isSame(one[fromOne + length], other[fromOther + length])) length += 1;
  return length;
}

const isSame = (one: Second | undefined, other: Second | undefined): boolean =>
  one !== undefined && one[0] === other?.[0] && one[1] === other[1];

/** Place of a second in a list, at its end if it has none. */
function placeOf(seconds: readonly Second[], at: number): number {
  const place = seconds.findIndex(([second]) => second === at);
  return place < 0 ? seconds.length : place;
}
