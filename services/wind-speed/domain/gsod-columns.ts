import type { CsvScanner } from './csv-scanner.ts';

const columnNames = ['STATION', 'DATE', 'LATITUDE', 'LONGITUDE', 'NAME', 'WDSP', 'WDSP_ATTRIBUTES'] as const;

/** A column that is read; the other 21 are passed over. */
export type ColumnName = (typeof columnNames)[number];

/** Which field of a record holds what. */
export type Columns = Readonly<Record<ColumnName, number>>;

/** Finds the columns in the scanner's current record, the header, or reports which are missing or there twice. */
export function findColumns(
  csv: CsvScanner,
): { readonly ok: true; readonly columns: Columns } | { readonly ok: false; readonly problem: string } {
  const header = Array.from({ length: csv.fields }, (_, field) => csv.text(field));
  const missing = columnNames.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    return { ok: false, problem: `row 1: expected column ${missing.join(', ')}, got ${header.join(', ')}` };
  }
  const repeated = columnNames.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (repeated.length > 0) {
    return { ok: false, problem: `row 1: expected column ${repeated.join(', ')} once, got ${header.join(', ')}` };
  }
  const columns = Object.fromEntries(columnNames.map((name) => [name, header.indexOf(name)])) as Columns;
  return { ok: true, columns };
}
