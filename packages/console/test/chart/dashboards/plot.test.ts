import { describe, expect, test } from 'vitest';
import type { LevelNote, TimeNote } from '../../../src/chart/dashboards/annotations.ts';
import type { ValueAxis } from '../../../src/chart/dashboards/axis-range.ts';
import type { Drawing } from '../../../src/chart/dashboards/drawing.ts';
import { endLabels } from '../../../src/chart/dashboards/end-labels.ts';
import { dotsAt, lineShapes } from '../../../src/chart/dashboards/line-shapes.ts';
import { levelShapes, timeShapes } from '../../../src/chart/dashboards/note-shapes.ts';
import { plotFrame } from '../../../src/chart/dashboards/plot-frame.ts';
import { shortened } from '../../../src/chart/dashboards/shortened.ts';
import type { StyledLine } from '../../../src/chart/dashboards/styled-lines.ts';

const minute = 60_000;
const from = Date.UTC(2026, 10, 27, 5);
const textWidth = (text: string): number => text.length * 6;
const left: ValueAxis = { side: 'left', min: 0, max: 10, unit: null, head: '' };
const right: ValueAxis = { side: 'right', min: 0, max: 100, unit: 'Percent', head: '' };

const lineAt = (label: string, axis: 'left' | 'right' = 'left'): StyledLine => ({
  line: { row: 0, label, periodSeconds: 60, unit: null, places: [], values: [], status: 'Complete' },
  ...{ label, axis, paint: { kind: 'token', token: 'ink' }, dash: [], point: 'filled' },
});

/** A chart of 100 minutes in a frame of 200 by 100 pixels, with a value each ten minutes. */
function chart(given: Partial<Drawing> & { readonly values?: Drawing['columns']['columns'] }) {
  const { values = [], ...rest } = given;
  const longest = Math.max(0, ...values.map(({ length }) => length));
  const times = Array.from({ length: longest }, (_, index) => from / 1_000 + index * 600);
  const drawing: Drawing = {
    ...{ from, to: from + 100 * minute, lines: [], axes: [left], levels: [], times: [] },
    ...{ columns: { times, columns: values } },
    ...rest,
  };
  const frame = plotFrame(drawing, { width: 200 + 30 + 14, height: 100 + 8 + 22 }, textWidth);
  return { drawing, frame };
}

const level = (value: number, given: Partial<LevelNote> = {}): LevelNote => ({
  ...{ value, to: undefined, axis: 'left', label: 'page', color: undefined },
  ...given,
});
const time = (minutes: number, given: Partial<TimeNote> = {}): TimeNote => ({
  ...{ at: from + minutes * minute, to: undefined, label: 'deployed', color: undefined },
  ...given,
});

describe('the frame of a chart', () => {
  test('has its range from edge to edge', () => {
    const { frame } = chart({});
    expect([frame.left, frame.top, frame.width, frame.height]).toEqual([30, 8, 200, 100]);
    expect([0, 50, 100].map((minutes) => frame.x(from + minutes * minute))).toEqual([0, 100, 200]);
    expect([0, 5, 10].map((value) => frame.y(value, 'left'))).toEqual([100, 50, 0]);
  });

  test('leaves room for what its axes say, and not for more than a third', () => {
    const wide = { ...left, min: 0, max: 3_000_000, unit: 'Milliseconds' };
    expect(chart({ axes: [wide] }).frame.left).toBeGreaterThan(30);
    expect(chart({ axes: [left, right] }).frame.width).toBeLessThan(200);
    const huge = chart({ axes: [{ ...left, max: 1e200 }, right] }).frame;
    expect(huge.left).toBeLessThan(81);
    expect(huge.width).toBeGreaterThan(80);
  });

  test('has a value far away outside of it, where a path can still go', () => {
    const { frame } = chart({});
    expect(frame.y(1e300, 'left')).toBe(-20_000);
    expect(frame.y(-1e300, 'left')).toBe(20_000);
    expect(frame.y(11, 'left')).toBe(-10);
  });

  test('says its times and values', () => {
    const { frame } = chart({ axes: [left, right] });
    expect(frame.times.map(({ text }) => text)).toEqual(['05:00', '06:00']);
    expect(frame.values.map(({ marks }) => marks.map(({ text }) => text))).toEqual([
      ['0', '5', '10'],
      ['0 %', '50 %', '100 %'],
    ]);
  });
});

describe('lines of a chart', () => {
  test('are drawn on their axes', () => {
    const lines = [lineAt('a'), lineAt('b', 'right')];
    const { drawing, frame } = chart({
      axes: [left, { ...right, unit: null }],
      lines,
      values: [
        [0, 10],
        [50, 100],
      ],
    });
    const end = frame.x(from + 10 * minute);
    expect(lineShapes(drawing, frame).map(({ path }) => path)).toEqual([`M0 100L${end} 0`, `M0 50L${end} 0`]);
  });

  test('have values next to the time that is pointed at', () => {
    const { drawing, frame } = chart({
      lines: [lineAt('a'), lineAt('b')],
      values: [
        [1, 2, 3],
        [4, null, 6],
      ],
    });
    expect(dotsAt(drawing, frame, from + 4 * minute)).toEqual([
      { line: 0, x: 0, y: 90 },
      { line: 1, x: 0, y: 60 },
    ]);
    expect(dotsAt(drawing, frame, from + 6 * minute)).toEqual([{ line: 0, x: 20, y: 80 }]);
    expect(dotsAt(drawing, frame, from + 90 * minute)).toMatchObject([{ x: 40 }, { x: 40 }]);
    expect(dotsAt(chart({ lines: [lineAt('a')] }).drawing, frame, from)).toEqual([]);
  });
});

describe('labels of lines', () => {
  const labels = (given: Parameters<typeof chart>[0]) => {
    const { drawing, frame } = chart(given);
    return endLabels(drawing, frame, textWidth);
  };

  test('are after their last values, and not on each other', () => {
    const found = labels({
      lines: [lineAt('a'), lineAt('b')],
      values: [
        [5, 5, null],
        [5, 5.1],
      ],
    });
    expect(found.map(({ text, x }) => [text, x])).toEqual([
      ['a', 28],
      ['b', 28],
    ]);
    expect(Math.abs((found[0]?.y ?? 0) - (found[1]?.y ?? 0))).toBeGreaterThanOrEqual(13);
  });

  test('are not on each other at the top, where there is no room after their lines', () => {
    const values = [0, 1].map(() => Array.from({ length: 11 }, () => 10));
    const found = labels({ lines: [lineAt('abc'), lineAt('abd')], values });
    expect(Math.abs((found[0]?.y ?? 0) - (found[1]?.y ?? 0))).toBeGreaterThanOrEqual(13);
    expect(Math.min(...found.map(({ y }) => y))).toBeGreaterThanOrEqual(0);
  });

  test('are above the line where there is no room after it', () => {
    const values = [Array.from({ length: 11 }, () => 5)];
    expect(labels({ lines: [lineAt('abc')], values })).toEqual([{ line: 0, text: 'abc', x: 174, y: 37 }]);
  });

  test('are none of a line without values, and of more than five lines', () => {
    expect(labels({ lines: [lineAt('a')], values: [[null]] })).toEqual([]);
    const lines = Array.from({ length: 6 }, (_, index) => lineAt(String(index)));
    const values = lines.map(() => [1]);
    expect(labels({ lines, values })).toEqual([]);
    expect(labels({ lines: lines.slice(1), values: values.slice(1) }).length).toBe(5);
  });

  test('show what hides in them', () => {
    expect(labels({ lines: [lineAt('a\u202e')], values: [[1]] })[0]?.text).toBe('a[U+202E]');
  });
});

test('a text is cut in its middle, only where it has to be', () => {
  expect(shortened('abcdefghij', 60, textWidth)).toBe('abcdefghij');
  expect(shortened('abcdefghijklmnop', 60, textWidth)).toBe('abcd…mnop');
  expect(shortened('😀😀😀😀😀😀😀😀', 1, textWidth)).toBe('😀😀…😀😀');
});

describe('annotations of a chart', () => {
  const levels = (...given: readonly LevelNote[]) => {
    const { drawing, frame } = chart({ levels: given });
    return levelShapes(drawing, frame, textWidth);
  };
  const times = (...given: readonly TimeNote[]) => {
    const { drawing, frame } = chart({ times: given });
    return timeShapes(drawing, frame, textWidth);
  };

  test('are lines across it, with what they fill', () => {
    expect(
      levels(level(2), level(8, { to: Infinity }), level(3, { to: 5 })).map(({ line, band }) => [line, band]),
    ).toEqual([
      ['M0 80h200', ''],
      ['M0 20h200', 'M0 20h200V0h-200z'],
      ['M0 70h200', 'M0 70h200V50h-200z'],
    ]);
    expect(times(time(50), time(25, { to: -Infinity })).map(({ line, band }) => [line, band])).toEqual([
      ['M100 0v100', ''],
      ['M50 0v100', 'M50 0v100H0v-100z'],
    ]);
    expect(levels(level(4, { to: -Infinity }))[0]?.band).toBe('M0 60h200V100h-200z');
    expect(times(time(50, { to: Infinity }))[0]?.band).toBe('M100 0v100H200v-100z');
  });

  test('have labels above their lines, or under them at the top', () => {
    expect(levels(level(5), level(10)).map(({ label, y }) => [label, y])).toEqual([
      ['page', 47],
      ['page', 13],
    ]);
  });

  test('have labels before their lines where there is no room after them', () => {
    expect(times(time(50), time(95)).map(({ label, x }) => [label, x])).toEqual([
      ['deployed', 106],
      ['deployed', 136],
    ]);
  });

  test('have no labels where their lines are not in the chart', () => {
    expect(levels(level(11), level(9)).map(({ label }) => label)).toEqual(['', 'page']);
    expect(times(time(-1), time(101), time(1)).map(({ label }) => label)).toEqual(['', '', 'deployed']);
  });

  test('of an axis that is not there are not drawn', () => {
    expect(levels(level(5, { axis: 'right' }))).toEqual([]);
  });
});
