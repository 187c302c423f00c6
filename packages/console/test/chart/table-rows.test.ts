import { describe, expect, test } from 'vitest';
import { columnWidths, namingColumn, nextSort, numberOf, rowsShown } from '../../src/chart/table-rows.ts';
import type { TableModel } from '../../src/models/results.ts';

const table: TableModel = {
  title: 'Harbors',
  columns: [
    { heading: '', align: 'right' },
    { heading: 'name', align: 'left' },
    { heading: 'ships', align: 'right' },
  ],
  rows: [
    ['1', 'Oslo', '1,200'],
    ['2', 'bergen', '-'],
    ['3', 'Aarhus', '900.5'],
    ['4', 'Bergen', '900.5'],
  ],
  notes: [],
  total: 4,
};

const names = (places: readonly number[]): readonly string[] => places.map((place) => table.rows[place]?.[1] ?? '');

describe('the rows of a table', () => {
  test.each([
    [undefined, ['Oslo', 'bergen', 'Aarhus', 'Bergen']],
    [{ column: 1, isDescending: false }, ['Aarhus', 'bergen', 'Bergen', 'Oslo']],
    [{ column: 1, isDescending: true }, ['Oslo', 'bergen', 'Bergen', 'Aarhus']],
    [{ column: 2, isDescending: true }, ['Oslo', 'Aarhus', 'Bergen', 'bergen']],
    [{ column: 2, isDescending: false }, ['Aarhus', 'Bergen', 'Oslo', 'bergen']],
    [{ column: 9, isDescending: false }, ['Oslo', 'bergen', 'Aarhus', 'Bergen']],
  ])('sorted by %j are %j', (sort, expected) => {
    expect(names(rowsShown(table, { text: '', sort }))).toEqual(expected);
  });

  test.each([
    ['BERGEN', ['bergen', 'Bergen']],
    [' 900 ', ['Aarhus', 'Bergen']],
    ['nowhere', []],
    ['__proto__', []],
  ])('that contain %j are %j', (text, expected) => {
    expect(names(rowsShown(table, { text, sort: undefined }))).toEqual(expected);
  });
});

test.each([
  ['1,234.5', 1_234.5],
  ['-3', -3],
  ['−3', -3],
  ['.5', 0.5],
  ['7.20 mph', 7.2],
  ['1e3', 1_000],
  ['0', 0],
  ['-', undefined],
  ['', undefined],
  ['north', undefined],
])('%j states the number %j', (text, expected) => {
  expect(numberOf(text)).toBe(expected);
});

test('a head sorts numbers from the greatest and texts from A, then the other way round', () => {
  const numbers = nextSort(undefined, 2, 'right');
  expect(numbers).toEqual({ column: 2, isDescending: true });
  expect(nextSort(numbers, 2, 'right')).toEqual({ column: 2, isDescending: false });
  expect(nextSort(numbers, 1, 'left')).toEqual({ column: 1, isDescending: false });
});

test('the first column of words names a row, and a column has bounds', () => {
  expect(namingColumn(table)).toBe(1);
  expect(namingColumn({ ...table, columns: [{ heading: '', align: 'right' }] })).toBe(0);
  const long = { ...table, rows: [['1', 'x'.repeat(900), '2']] };
  expect(columnWidths(long)).toEqual([4, 34, 8]);
});
