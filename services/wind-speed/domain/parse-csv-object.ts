import { CsvScanner, openQuote } from './csv-scanner.ts';
import type { Columns } from './gsod-columns.ts';
import { findColumns } from './gsod-columns.ts';
import type { ParsedObject } from './parsed-object.ts';
import { hasPublishedHeader, publishedColumns } from './published-layout.ts';
import { RowReader } from './row-reader.ts';
import { StationYears } from './station-year.ts';

/** Reads an object of any layout that CSV allows: columns in any order, stations and years mixed, CRLF, fields without quotes. */
export function parseCsvObject(bytes: Uint8Array): ParsedObject {
  const csv = new CsvScanner(bytes);
  if (!csv.next()) return malformed(csv.problem ?? 'expected a header row, got an empty object');
  if (hasPublishedHeader(bytes)) return readRows(bytes, csv, publishedColumns);
  const header = findColumns(csv);
  return header.ok ? readRows(bytes, csv, header.columns) : malformed(header.problem);
}

function readRows(bytes: Uint8Array, csv: CsvScanner, columns: Columns): ParsedObject {
  const width = csv.fields;
  const stationYears = new StationYears();
  const rows = new RowReader(bytes, csv, columns, stationYears);
  while (csv.next()) {
    if ((csv.fields < width || csv.endsEmpty) && isCutOff(csv)) return result(csv.row - 2, rows, stationYears, csv.row);
    if (csv.fields !== width) return malformed(`row ${csv.row}: expected ${width} fields, got ${csv.fields}`);
    const problem = rows.read();
    if (problem !== undefined) return malformed(`row ${csv.row}, column ${problem}`);
  }
  if (csv.problem === undefined) return result(csv.row - 1, rows, stationYears);
  return csv.problem.endsWith(openQuote) && isCutOff(csv)
    ? result(csv.row - 2, rows, stationYears, csv.row)
    : malformed(csv.problem);
}

/** True for an object that ends inside of a row, and has whole rows before it. */
const isCutOff = (csv: CsvScanner): boolean => csv.row > 2 && csv.isCutOff;

function result(
  rows: number,
  { repeatedDays }: RowReader,
  stationYears: StationYears,
  cutOffAt?: number,
): ParsedObject {
  const leftOut = [
    ...(repeatedDays > 0 ? [`rows for a day that has one already: ${repeatedDays}`] : []),
    ...(cutOffAt === undefined ? [] : [`the rest of the object, which is truncated in row ${cutOffAt}`]),
  ].join('; ');
  return { ok: true, rows, stationYears, fastPath: false, ...(leftOut !== '' && { leftOut }) };
}

const malformed = (problem: string) => ({ ok: false as const, problem });
