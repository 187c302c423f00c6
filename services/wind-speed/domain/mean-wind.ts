import { byText } from './text-order.ts';
import type { WindSums } from './wind-sums.ts';

/** Parts of a mean: a sum in tenths of a knot, and the number of days in it. */
export type DaySum = Readonly<Pick<WindSums, 'sumTenths' | 'days'>>;

/** Mean over all days in knots, each day counting once; null when there is none. */
export function meanKnots({ sumTenths, days }: DaySum): number | null {
  return days === 0 ? null : sumTenths / days / 10;
}

/** Mean over all days in knots, each day counting as often as it was reported; null when there is no report. */
export function reportWeightedMeanKnots({ sumWeighted, reports }: Readonly<WindSums>): number | null {
  return reports === 0 ? null : sumWeighted / reports / 10;
}

/** Statute miles per hour: a nautical mile is 1852 m, a statute mile 1609.344 m, both by definition. */
export function milesPerHour(knots: number): number;
export function milesPerHour(knots: number | null): number | null;
export function milesPerHour(knots: number | null): number | null {
  return knots === null ? null : (knots * 1852) / 1609.344;
}

/** A station with what its mean is made of. */
export interface StationMean extends DaySum {
  readonly station: string;
}

/**
 * Windiest station first, those without wind last, equal means by station id. Compares fractions by cross
 * multiplication, which is exact up to 949,000 days a station (9,998 tenths x days² below 2^53).
 */
export function byMeanDescending(a: StationMean, b: StationMean): number {
  if (a.days === 0 || b.days === 0) return Number(a.days === 0) - Number(b.days === 0) || byText(a.station, b.station);
  return b.sumTenths * a.days - a.sumTenths * b.days || byText(a.station, b.station);
}
