import type { ObjectFailure } from './object-failure.ts';
import { type StationYear, StationYears } from './station-year.ts';
import { byText } from './text-order.ts';

/**
 * Objects' parts of the stations of one year. Parts of one station that have a day in common are copies of each other: the
 * one with the most days is counted, the others are left out. The result is the same whatever the order of arrival.
 */
export class Contributions {
  /** Copies that {@link stationYears} has left out, with the object that is counted in their place. */
  readonly leftOut: ObjectFailure[] = [];
  readonly #first = new Map<string, StationYear>();
  readonly #others = new Map<string, StationYear[]>();

  add(part: StationYear): void {
    const { station } = part;
    if (!this.#first.has(station)) this.#first.set(station, part);
    else this.#others.set(station, [...(this.#others.get(station) ?? []), part]);
  }

  /** Each station once; to be read once. */
  *stationYears(): Generator<StationYear> {
    for (const [station, first] of this.#first) {
      const others = this.#others.get(station);
      if (others) yield* this.#counted([first, ...others]);
      else yield first;
    }
  }

  #counted(parts: readonly StationYear[]): Iterable<StationYear> {
    const counted: StationYear[] = [];
    const merged = new StationYears();
    for (const part of parts.toSorted(byCompleteness)) {
      const original = counted.find((other) => haveDayInCommon(part, other));
      if (original) {
        this.leftOut.push({ key: part.key ?? '', reason: copyOf(part, original) });
      } else {
        counted.push(part);
        merged.add(part);
      }
    }
    return merged;
  }
}

const copyOf = ({ station, year }: StationYear, { key = '' }: StationYear): string =>
  `station ${station} has days of ${year} in ${key}, too, which is counted in its place`;

const haveDayInCommon = (one: StationYear, other: StationYear): boolean =>
  (one.dayBits ?? []).some((bits, month) => (bits & (other.dayBits?.[month] ?? 0)) !== 0);

/** Most days first, then the shorter key, so that `X.csv` comes before `X (1).csv`. */
function byCompleteness(a: StationYear, b: StationYear): number {
  const [one, other] = [a.key ?? '', b.key ?? ''];
  return daysOf(b) - daysOf(a) || one.length - other.length || byText(one, other);
}

const daysOf = ({ months }: StationYear): number => months.reduce((sum, month) => sum + (month?.days ?? 0), 0);
