import type { CsvScanner } from './csv-scanner.ts';
import type { ColumnName, Columns } from './gsod-columns.ts';
import { missingTenths, readCount, readDate, readTenths } from './gsod-fields.ts';
import type { Place } from './place.ts';
import { keepNewest } from './place.ts';
import { publishedPlace } from './published-place.ts';
import { RepeatedField } from './repeated-field.ts';
import type { StationYear, StationYears } from './station-year.ts';
import { monthOf } from './station-year.ts';
import { addDay } from './wind-sums.ts';

/** Adds row after row to the sums; what stays the same from row to row is decoded once. */
export class RowReader {
  readonly #bytes: Uint8Array;
  readonly #csv: CsvScanner;
  readonly #columns: Columns;
  readonly #stationYears: StationYears;
  readonly #station: RepeatedField;
  readonly #latitude: RepeatedField;
  readonly #longitude: RepeatedField;
  readonly #name: RepeatedField;
  /** Days that there were rows for, a bit each, by month. */
  readonly #seen = new Map<StationYear, Int32Array>();
  #place: Place = { name: null, latitude: null, longitude: null };
  #current: StationYear | undefined;
  /** Rows that are not counted, because an earlier one is of the same station and day. */
  repeatedDays = 0;

  constructor(bytes: Uint8Array, csv: CsvScanner, columns: Columns, stationYears: StationYears) {
    this.#bytes = bytes;
    this.#csv = csv;
    this.#columns = columns;
    this.#stationYears = stationYears;
    this.#station = new RepeatedField(bytes, csv, columns.STATION);
    this.#latitude = new RepeatedField(bytes, csv, columns.LATITUDE);
    this.#longitude = new RepeatedField(bytes, csv, columns.LONGITUDE);
    this.#name = new RepeatedField(bytes, csv, columns.NAME);
  }

  /** Adds the scanner's current row; answers what is wrong with it. */
  read(): string | undefined {
    const { DATE, WDSP, WDSP_ATTRIBUTES } = this.#columns;
    const { starts, ends } = this.#csv;
    const date = readDate(this.#bytes, starts[DATE] ?? 0, ends[DATE] ?? 0);
    if (date === undefined) return this.#problem('DATE', 'a day such as 2022-12-31');
    const tenths = readTenths(this.#bytes, starts[WDSP] ?? 0, ends[WDSP] ?? 0);
    if (tenths === undefined) return this.#problem('WDSP', 'knots to one decimal, below 1000');
    const reports = readCount(this.#bytes, starts[WDSP_ATTRIBUTES] ?? 0, ends[WDSP_ATTRIBUTES] ?? 0);
    if (reports === undefined) return this.#problem('WDSP_ATTRIBUTES', 'a number of reports');
    const problem = this.#readPlace();
    if (problem !== undefined) return problem;
    const stationYear = this.#stationYear(date);
    if (stationYear === undefined) return this.#problem('STATION', 'a station id');
    keepNewest(stationYear, this.#place, date);
    const month = Math.floor(date / 100) % 100;
    if (!this.#isFirst(stationYear, month, date % 100)) this.repeatedDays += 1;
    else if (tenths !== missingTenths) {
      addDay(monthOf(stationYear, month), tenths, reports);
      const { dayBits = [] } = stationYear;
      dayBits[month - 1] = (dayBits[month - 1] ?? 0) | (1 << ((date % 100) - 1));
    }
    return undefined;
  }

  #isFirst(stationYear: StationYear, month: number, day: number): boolean {
    let seen = this.#seen.get(stationYear);
    if (!seen) this.#seen.set(stationYear, (seen = new Int32Array(13)));
    const bit = 1 << day;
    const isFirst = ((seen[month] ?? 0) & bit) === 0;
    seen[month] = (seen[month] ?? 0) | bit;
    return isFirst;
  }

  #stationYear(date: number): StationYear | undefined {
    const year = Math.floor(date / 10_000);
    if (!this.#station.changed() && this.#current?.year === year) return this.#current;
    const station = this.#csv.text(this.#columns.STATION).trim();
    if (station === '') return undefined;
    return (this.#current = this.#stationYears.open(station, year, this.#place, date));
  }

  #readPlace(): string | undefined {
    const moved = this.#latitude.changed();
    const movedEast = this.#longitude.changed();
    if (!this.#name.changed() && !moved && !movedEast) return undefined;
    const { LATITUDE, LONGITUDE, NAME } = this.#columns;
    const place = publishedPlace({
      latitude: this.#csv.text(LATITUDE),
      longitude: this.#csv.text(LONGITUDE),
      name: this.#csv.text(NAME),
    });
    if (typeof place === 'string') return this.#problem(place, 'degrees, or nothing');
    this.#place = place;
    return undefined;
  }

  #problem(column: ColumnName, expected: string): string {
    return `${column}: expected ${expected}, got ${JSON.stringify(this.#csv.text(this.#columns[column]))}`;
  }
}
