import { stepOf } from '../value-axis.ts';

const [minute, hour, day] = [60, 3_600, 86_400];

const week = 7 * day;

/** Steps of clocks, in seconds. */
const clockSteps = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hour),
  ...[day, 2 * day, week],
];

/** The smallest step of durations and times that is not below, in seconds. */
export const clockStep = (least: number): number =>
  least <= 0.5 ? stepOf(least) : (clockSteps.find((step) => step >= least) ?? week * stepOf(least / week));

/** The multiples of a step in a range, ascending; none of a step that is not a finite number above zero. */
export function multiples(step: number, from: number, to: number): readonly number[] {
  // Of a division, the last digits are not exact.
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  const count = last - first + 1;
  if (!(step < Infinity && count > 0 && count < Infinity)) return [];
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(15)));
}
