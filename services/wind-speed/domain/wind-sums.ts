/** Sums over a set of days with wind: four integers, so that adding is exact in any order (below 2^53). */
export interface WindSums {
  /** Sum of the daily mean wind speeds, in tenths of a knot. */
  sumTenths: number;
  /** Days with a wind speed. */
  days: number;
  /** Sum of the daily means, each times the number of reports behind it, in tenths of a knot. */
  sumWeighted: number;
  /** Reports behind all those days. */
  reports: number;
}

/** The sums of no days at all. */
export const noWind = (): WindSums => ({ sumTenths: 0, days: 0, sumWeighted: 0, reports: 0 });

/** Adds one day's mean in tenths of a knot, made of so many reports. */
export function addDay(sums: WindSums, tenths: number, reports: number): void {
  sums.sumTenths += tenths;
  sums.days += 1;
  sums.sumWeighted += tenths * reports;
  sums.reports += reports;
}

/** Adds all days behind `more`. */
export function addSums(sums: WindSums, more: Readonly<WindSums>): void {
  sums.sumTenths += more.sumTenths;
  sums.days += more.days;
  sums.sumWeighted += more.sumWeighted;
  sums.reports += more.reports;
}
