import { clockText, dayText } from '../time-text.ts';
import { stepOf } from '../value-axis.ts';
import type { ValueAxis } from './axis-range.ts';
import { clockStep, multiples } from './tick-steps.ts';

/** Pixels between two ticks at least. */
const least = { values: 22, times: 56 };

const day = 86_400_000;

/** Values that an axis of so many pixels says: round ones, of durations those of clocks. */
export function valueTicks({ min, max, unit }: Pick<ValueAxis, 'min' | 'max' | 'unit'>, height: number) {
  const wanted = (max - min) / Math.max(1, Math.floor(height / least.values));
  const second = unit === 'Seconds' ? 1 : unit === 'Milliseconds' ? 1_000 : undefined;
  return multiples(second === undefined ? stepOf(wanted) : clockStep(wanted / second) * second, min, max);
}

/** Times that an axis of so many pixels says, in milliseconds since the epoch. */
export function timeTicks(from: number, to: number, width: number): readonly number[] {
  const wanted = (to - from) / Math.max(1, Math.floor(width / least.times));
  return multiples(clockStep(wanted / 1_000) * 1_000, from, to);
}

/** Text of a time of the axis: a day where the range is longer than two of them. */
export function timeMark(at: number, { from, to }: { readonly from: number; readonly to: number }): string {
  if (to - from > 2 * day || at % day === 0) return dayText(at).replace(/ \d+$/, '');
  return clockText(at).slice(0, to - from < 600_000 ? 8 : 5);
}
