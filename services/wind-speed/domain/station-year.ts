import type { DatedPlace, Place } from './place.ts';
import { keepNewest } from './place.ts';
import type { WindSums } from './wind-sums.ts';
import { addSums, noWind } from './wind-sums.ts';

/** One station's wind in one calendar year. */
export interface StationYear extends DatedPlace {
  /** Eleven characters, USAF and WBAN number; some hold letters or start with 0. */
  readonly station: string;
  readonly year: number;
  /** Wind sums by month, January first; undefined for a month without any day of wind. */
  readonly months: (WindSums | undefined)[];
  /** Days with wind by month, the first in the lowest bit; absent where nobody knows them. */
  readonly dayBits?: number[];
  /** Key of the object that it comes from, if it is one. */
  readonly key?: string;
}

/** Many stations' years, merged: each station and year is there once. Adding is exact, associative and blind to order. */
export class StationYears implements Iterable<StationYear> {
  readonly #byKey = new Map<string, StationYear>();

  get size(): number {
    return this.#byKey.size;
  }

  /** The station's year, begun without wind when it is new. */
  open(station: string, year: number, place: Place, placeDate: number): StationYear {
    const key = `${year}/${station}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const begun: StationYear = { station, year, place, placeDate, months: [], dayBits: [] };
    this.#byKey.set(key, begun);
    return begun;
  }

  add({ station, year, place, placeDate, months, dayBits }: Readonly<StationYear>): void {
    const into = this.open(station, year, place, placeDate);
    keepNewest(into, place, placeDate);
    months.forEach((sums, index) => {
      if (sums !== undefined) addSums(monthOf(into, index + 1), sums);
    });
    dayBits?.forEach((bits, index) => {
      if (into.dayBits) into.dayBits[index] = (into.dayBits[index] ?? 0) | bits;
    });
  }

  [Symbol.iterator](): Iterator<StationYear> {
    return this.#byKey.values();
  }
}

/** The sums of a month (1 to 12), begun when it is new. */
export function monthOf({ months }: StationYear, month: number): WindSums {
  return (months[month - 1] ??= noWind());
}
