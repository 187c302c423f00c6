import type { TableModel } from '../models/results.ts';

/** Order of the rows of a table. */
export interface SortBy {
  /** Place of the column. */
  readonly column: number;
  readonly isDescending: boolean;
}

export interface RowsWanted {
  /** Text that a row contains in one of its cells; capitals do not matter. */
  readonly text: string;
  /** Undefined for the order of the table. */
  readonly sort: SortBy | undefined;
}

/** Places of the rows that are wanted, in their order. Equal rows keep the order of the table; no value comes last. */
export function rowsShown({ columns, rows }: TableModel, { text, sort }: RowsWanted): readonly number[] {
  const wanted = text.trim().toLowerCase();
  const places = rows.flatMap((row, place) =>
    wanted === '' || row.some((cell) => cell.toLowerCase().includes(wanted)) ? [place] : [],
  );
  const column = sort && columns[sort.column];
  if (!column) return places;
  const cells = rows.map((row) => row[sort.column] ?? '');
  const keys = column.align === 'right' ? cells.map(numberOf) : cells.map((cell) => cell.toLowerCase() || undefined);
  const direction = sort.isDescending ? -1 : 1;
  return [...places].sort((one, other) => {
    const [a, b] = [keys[one], keys[other]];
    if (a === b) return one - other;
    if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
    return a < b ? -direction : direction;
  });
}

/** The number that a text states, with or without separators of thousands and a unit; undefined for none. */
export function numberOf(text: string): number | undefined {
  const [digits] = /^\s*[+\-−]?[\d,]*\.?\d+(e[+-]?\d+)?/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits.replaceAll(',', '').replace('−', '-'));
  return Number.isNaN(value) ? undefined : value;
}

/** Order after a click on the head of a column: numbers from the greatest, texts from A, then the other way round. */
export function nextSort(sort: SortBy | undefined, column: number, align: 'left' | 'right'): SortBy {
  if (sort?.column !== column) return { column, isDescending: align === 'right' };
  return { column, isDescending: !sort.isDescending };
}

/** Rows that are measured, so that a long table is not slower than a short one. */
const measured = 200;

/** Characters that a column has room for, at least and at most. */
const [narrowest, widest] = [4, 34];

/** Room for each column in characters, by its heading and its first rows. */
export const columnWidths = ({ columns, rows }: TableModel): readonly number[] =>
  columns.map(({ heading }, column) => {
    const cells = rows.slice(0, measured).map((row) => row[column]?.length ?? 0);
    const heads = Math.min(heading.length + 3, 16);
    return Math.min(widest, Math.max(narrowest, heads, ...cells));
  });

/** Column whose cell names the row: the first one with words. */
export const namingColumn = ({ columns }: TableModel): number =>
  Math.max(
    0,
    columns.findIndex(({ align }) => align === 'left'),
  );

/** Name of a row; a dash for none, so that there is something to press. */
export function nameOfRow(table: TableModel, row: readonly string[]): string {
  const name = row[namingColumn(table)] ?? '';
  return name === '' ? '-' : name;
}
