import { CsvScanner } from './csv-scanner.ts';
import { readCount, readDate, readTenths } from './gsod-fields.ts';
import type { Place } from './place.ts';
import { keepNewest } from './place.ts';
import { RepeatedField } from './repeated-field.ts';
import type { StationYear } from './station-year.ts';
import { monthOf, StationYears } from './station-year.ts';
import { addDay } from './wind-sums.ts';

/** What one object holds, or the first thing that is wrong with it. */
export type ParsedObject =
  | { readonly ok: true; readonly rows: number; readonly stationYears: StationYears }
  | { readonly ok: false; readonly problem: string };

const columnNames = ['STATION', 'DATE', 'LATITUDE', 'LONGITUDE', 'NAME', 'WDSP', 'WDSP_ATTRIBUTES'] as const;
type ColumnName = (typeof columnNames)[number];
type Columns = Readonly<Record<ColumnName, number>>;

/** WDSP 999.9 says "not measured". The same digits mean something else in other columns. */
const missingTenths = 9999;

/** Reads one Global Surface Summary of the Day object (CSV, any column order) and sums its wind by station, year and month. */
export function parseObject(bytes: Uint8Array): ParsedObject {
  const csv = new CsvScanner(bytes);
  if (!csv.next()) return malformed(csv.problem ?? 'expected a header row, got an empty object');
  const header = findColumns(csv);
  if (!header.ok) return header;
  const width = csv.fields;
  const rows = new RowReader(bytes, csv, header.columns);
  while (csv.next()) {
    if (csv.fields !== width) return malformed(`row ${csv.row}: expected ${width} fields, got ${csv.fields}`);
    const problem = rows.read();
    if (problem !== undefined) return malformed(`row ${csv.row}, column ${problem}`);
  }
  return csv.problem === undefined
    ? { ok: true, rows: csv.row - 1, stationYears: rows.stationYears }
    : malformed(csv.problem);
}

const malformed = (problem: string) => ({ ok: false as const, problem });

function findColumns(csv: CsvScanner) {
  const header = Array.from({ length: csv.fields }, (_, field) => csv.text(field));
  const missing = columnNames.filter((name) => !header.includes(name));
  if (missing.length > 0) return malformed(`row 1: expected column ${missing.join(', ')}, got ${header.join(', ')}`);
  const columns = Object.fromEntries(columnNames.map((name) => [name, header.indexOf(name)])) as Columns;
  return { ok: true as const, columns };
}

/** Adds row after row to the sums; what stays the same from row to row is decoded once. */
class RowReader {
  readonly stationYears = new StationYears();
  readonly #bytes: Uint8Array;
  readonly #csv: CsvScanner;
  readonly #columns: Columns;
  readonly #station: RepeatedField;
  readonly #placeFields: readonly RepeatedField[];
  #place: Place = { name: null, latitude: null, longitude: null };
  #current: StationYear | undefined;

  constructor(bytes: Uint8Array, csv: CsvScanner, columns: Columns) {
    this.#bytes = bytes;
    this.#csv = csv;
    this.#columns = columns;
    this.#station = new RepeatedField(bytes, csv, columns.STATION);
    this.#placeFields = [columns.LATITUDE, columns.LONGITUDE, columns.NAME].map(
      (column) => new RepeatedField(bytes, csv, column),
    );
  }

  /** Adds the scanner's current row; answers what is wrong with it. */
  read(): string | undefined {
    const date = this.#number('DATE', readDate);
    if (date === undefined) return this.#problem('DATE', 'a day such as 2022-12-31');
    const tenths = this.#number('WDSP', readTenths);
    if (tenths === undefined) return this.#problem('WDSP', 'knots to one decimal, below 1000');
    const reports = this.#number('WDSP_ATTRIBUTES', readCount);
    if (reports === undefined) return this.#problem('WDSP_ATTRIBUTES', 'a number of reports');
    const problem = this.#readPlace();
    if (problem !== undefined) return problem;
    const stationYear = this.#stationYear(date);
    if (stationYear === undefined) return this.#problem('STATION', 'a station id');
    keepNewest(stationYear, this.#place, date);
    if (tenths !== missingTenths) addDay(monthOf(stationYear, Math.floor(date / 100) % 100), tenths, reports);
    return undefined;
  }

  #stationYear(date: number): StationYear | undefined {
    const year = Math.floor(date / 10_000);
    if (!this.#station.changed() && this.#current?.year === year) return this.#current;
    const station = this.#csv.text(this.#columns.STATION).trim();
    if (station === '') return undefined;
    return (this.#current = this.stationYears.open(station, year, this.#place, date));
  }

  #readPlace(): string | undefined {
    let changed = false;
    for (const field of this.#placeFields) changed = field.changed() || changed;
    if (!changed) return undefined;
    const latitude = degrees(this.#csv.text(this.#columns.LATITUDE), 90);
    if (latitude === undefined) return this.#problem('LATITUDE', 'degrees, or nothing');
    const longitude = degrees(this.#csv.text(this.#columns.LONGITUDE), 180);
    if (longitude === undefined) return this.#problem('LONGITUDE', 'degrees, or nothing');
    const name = this.#csv.text(this.#columns.NAME).trim();
    this.#place = { name: name === '' ? null : name, latitude, longitude };
    return undefined;
  }

  #number(column: ColumnName, read: (bytes: Uint8Array, start: number, end: number) => number | undefined) {
    const field = this.#columns[column];
    return read(this.#bytes, this.#csv.starts[field] ?? 0, this.#csv.ends[field] ?? 0);
  }

  #problem(column: ColumnName, expected: string): string {
    return `${column}: expected ${expected}, got ${JSON.stringify(this.#csv.text(this.#columns[column]))}`;
  }
}

/** Null for nothing and for a place that is not on Earth; undefined for what is no number. */
function degrees(text: string, limit: number): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Math.abs(value) <= limit ? value : null;
}
