import { describe, expect, test } from 'vitest';
import { lineColumns, stacked } from '../../../src/chart/dashboards/line-columns.ts';
import { labelPlaces } from '../../../src/chart/dashboards/label-places.ts';
import { ringPath, sparkPath } from '../../../src/chart/dashboards/spark-path.ts';
import { styledLines } from '../../../src/chart/dashboards/styled-lines.ts';
import { valueText, unitWord } from '../../../src/chart/dashboards/value-text.ts';
import type { BodyJson } from '../../../src/models/dashboards.ts';
import type { WidgetLine } from '../../../src/models/metric-answers.ts';

const from = Date.UTC(2026, 10, 27, 5);
const at = (minutes: number): number => from / 1_000 + minutes * 60;

const line = (given: Partial<WidgetLine>): WidgetLine => ({
  ...{ row: 0, label: 'a', periodSeconds: 60, unit: null, places: [], values: [], status: 'Complete' },
  ...given,
});

describe('columns of lines', () => {
  test('have a gap and no zero where a period has no value', () => {
    expect(lineColumns({ from, lines: [line({ places: [0, 1, 4], values: [5, 6, 7] })] })).toEqual({
      times: [at(0), at(1), at(2), at(4)],
      columns: [[5, 6, null, 7]],
    });
  });

  test('have no gap where another line has shorter periods', () => {
    const lines = [
      line({ places: [0, 1, 2], values: [1, 2, 3] }),
      line({ periodSeconds: 120, places: [0, 1], values: [8, 9] }),
    ];
    expect(lineColumns({ from, lines }).columns).toEqual([
      [1, 2, 3],
      [8, undefined, 9],
    ]);
  });

  test('have one point for one value', () => {
    expect(lineColumns({ from, lines: [line({ places: [3], values: [1] })] })).toEqual({
      times: [at(3)],
      columns: [[1]],
    });
  });

  test('are on top of each other if they are stacked, without a value where there is none', () => {
    const columns = [
      [1, 2, null],
      [3, undefined, 4],
    ];
    const { columns: tops, bases } = stacked({ times: [1, 2, 3], columns });
    expect(tops).toEqual([
      [1, 2, null],
      [4, undefined, 4],
    ]);
    expect(bases).toEqual([
      [0, 0, null],
      [1, undefined, 0],
    ]);
  });
});

describe('the way of a line', () => {
  const styleOf = (...rows: readonly BodyJson[]) =>
    styledLines(
      { properties: { metrics: rows } },
      { from, to: from, problem: null, lines: rows.map((_, row) => line({ row })) },
    );

  test('is the color of the body before that of a state', () => {
    const [given, wrong] = styleOf(
      ['AWS/States', 'ExecutionsFailed', { color: '#123abc' }],
      ['AWS/States', 'ExecutionsFailed', { color: 'red;background:url(x)' }],
    );
    expect(given?.paint).toEqual({ kind: 'given', color: '#123abc' });
    expect(wrong?.paint).toEqual({ kind: 'token', token: 'bad' });
  });

  test.each([
    ['ExecutionsStarted', 'run'],
    ['ExecutionsSucceeded', 'done'],
    ['ExecutionsFailed', 'bad'],
    ['ExecutionsTimedOut', 'bad'],
    ['ExecutionsAborted', 'rest'],
    ['ExecutionThrottled', 'held'],
    ['Errors', 'bad'],
    ['Duration', 'ink'],
  ])('%s is %s', (name, token) => {
    expect(styleOf(['AWS/States', name])[0]?.paint).toEqual({ kind: 'token', token });
  });

  test('is that of the metric that a dot repeats, and none of an expression', () => {
    expect(
      styleOf(['AWS/States', 'ExecutionsFailed', 'A', 'b'], ['.', '.', '.', 'c'], [{ expression: 'm1 / 2' }]).map(
        ({ paint }) => paint,
      ),
    ).toMatchObject([{ token: 'bad' }, { token: 'bad' }, { token: 'ink' }]);
  });

  test('differs from that of each other one, without colors too where it can', () => {
    const ways = styleOf(...Array.from({ length: 28 }, (): BodyJson => ['Own', 'Count'])).map((each) =>
      JSON.stringify([each.paint, each.dash]),
    );
    expect(new Set(ways).size).toBe(28);
  });

  test('is dashed at the right axis', () => {
    const [left, right] = styleOf(['Own', 'Count'], ['Own', 'Share', { yAxis: 'right' }]);
    expect([left?.axis, left?.dash]).toEqual(['left', []]);
    expect([right?.axis, right?.dash.length]).toEqual(['right', 2]);
  });
});

test.each([
  [4_500_000, 'Milliseconds', '1 h 15 min'],
  [-500, 'Milliseconds', '-500 ms'],
  [75, 'Seconds', '1 min 15 s'],
  [17_511_694, 'Bytes', '17.51 MB'],
  [16.46118, 'Percent', '16.46 %'],
  [0.0016667, null, '0.0017'],
  [1_000, 'Count', '1k'],
  [999, 'Count', '999'],
  [-12_500, null, '-12.5k'],
  [0, null, '0'],
])('%s %s is %s', (value, unit, expected) => {
  expect(valueText(value, unit)).toBe(expected);
});

test('a unit that values say themselves is no word', () => {
  expect(['Count', 'Percent', 'None', null].map(unitWord)).toEqual(['Count', '', '', '']);
});

test.each([
  [[50, 52, 10], 13, 100, [50, 63, 10]],
  [[95, 96], 13, 100, [87, 100]],
  [[-5], 13, 100, [0]],
  [[], 13, 100, []],
])('labels at %j are at a distance of %i in %i: %j', (wanted, gap, room, expected) => {
  expect(labelPlaces(wanted, gap, room)).toEqual(expected);
});

test('a small line has a gap where a period has no value, and shows a value alone', () => {
  expect(sparkPath([0, 1, 3], [0, 10, 5], { width: 30, height: 10 })).toBe('M0 10L10 0M30 5h2');
  expect(sparkPath([], [], { width: 30, height: 10 })).toBe('');
});

test('a whole ring comes back to where it began', () => {
  expect(ringPath(10, 0, 1)).toBe('M0 -10A10 10 0 0 1 0 10A10 10 0 0 1 0 -10');
});
