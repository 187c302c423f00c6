import type { DaySum, StationMean } from './mean-wind.ts';
import { byMeanDescending } from './mean-wind.ts';
import type { DatedPlace } from './place.ts';
import { keepNewest } from './place.ts';
import type { StationYear } from './station-year.ts';
import type { WindSums } from './wind-sums.ts';
import { addSums, noWind } from './wind-sums.ts';

/** One calendar month over all stations. */
export interface MonthSummary extends DaySum {
  readonly year: number;
  readonly month: number;
  /** The station with the greatest exact mean in this month; of equal ones the first id. */
  readonly windiest: StationMean;
}

/** One station over all years. */
export interface StationTotal extends DatedPlace, WindSums {
  readonly station: string;
}

/**
 * Folds partial results year by year. What it keeps grows with the number of stations and of months, not of objects:
 * the caller merges one year at a time and lets go of it.
 */
export class Consolidation {
  readonly #stations = new Map<string, StationTotal>();
  readonly #months: MonthSummary[] = [];

  /** Adds a year that is complete: all stations of all batches, each of them once. */
  addYear(year: number, stationYears: Iterable<StationYear>): void {
    const months = Array.from({ length: 12 }, (): MonthFold => ({ sumTenths: 0, days: 0, windiest: undefined }));
    for (const { station, place, placeDate, months: monthSums } of stationYears) {
      const total = this.#open(station, { place, placeDate });
      keepNewest(total, place, placeDate);
      monthSums.forEach((sums, index) => {
        const month = months[index];
        if (sums === undefined || month === undefined || sums.days === 0) return;
        addSums(total, sums);
        addToMonth(month, { station, sumTenths: sums.sumTenths, days: sums.days });
      });
    }
    months.forEach(({ sumTenths, days, windiest }, index) => {
      if (windiest !== undefined) this.#months.push({ year, month: index + 1, days, sumTenths, windiest });
    });
  }

  /** Months with wind, in order. */
  months(): readonly MonthSummary[] {
    return this.#months.toSorted((a, b) => a.year - b.year || a.month - b.month);
  }

  /** All stations, windiest first; those without any wind last. */
  ranking(): readonly StationTotal[] {
    return [...this.#stations.values()].sort(byMeanDescending);
  }

  /** The sums over all stations and years. */
  total(): WindSums {
    const total = noWind();
    for (const station of this.#stations.values()) addSums(total, station);
    return total;
  }

  #open(station: string, dated: DatedPlace): StationTotal {
    const known = this.#stations.get(station);
    if (known !== undefined) return known;
    const begun = { station, ...dated, ...noWind() };
    this.#stations.set(station, begun);
    return begun;
  }
}

interface MonthFold {
  sumTenths: number;
  days: number;
  windiest: StationMean | undefined;
}

function addToMonth(month: MonthFold, mean: StationMean): void {
  month.sumTenths += mean.sumTenths;
  month.days += mean.days;
  if (month.windiest === undefined || byMeanDescending(mean, month.windiest) < 0) month.windiest = mean;
}
