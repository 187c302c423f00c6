import { describe, expect, test } from 'vitest';
import { alarmLevels } from '../../../src/chart/dashboards/alarm-levels.ts';
import { notesOf } from '../../../src/chart/dashboards/annotations.ts';
import { valueAxes } from '../../../src/chart/dashboards/axis-range.ts';
import type { StyledLine } from '../../../src/chart/dashboards/styled-lines.ts';
import type { BodyJson } from '../../../src/models/dashboards.ts';
import { alarmOf } from '../../alarm-fixture.ts';

const notes = (annotations: BodyJson) => notesOf({ properties: { annotations } });

describe('annotations', () => {
  test('are levels of an axis with label and color', () => {
    expect(notes({ horizontal: [{ value: 5, label: 'page', color: '#ff0000', yAxis: 'right' }] }).levels).toEqual([
      { value: 5, to: undefined, label: 'page', color: '#ff0000', axis: 'right' },
    ]);
  });

  test.each([
    ['above', Infinity],
    ['below', -Infinity],
    ['none', undefined],
    ['constructor', undefined],
  ])('fill a level %s', (fill, to) => {
    expect(notes({ horizontal: [{ value: 5, fill }] }).levels[0]?.to).toBe(to);
  });

  test('are a band between two levels', () => {
    expect(
      notes({
        horizontal: [
          [
            { value: 5, label: 'low' },
            { value: 9, label: 'high' },
          ],
        ],
      }).levels,
    ).toMatchObject([{ value: 5, to: 9, label: 'low to high' }]);
  });

  test('are times, what is before or after them, or between two', () => {
    const value = '2026-11-27T05:30:00Z';
    const at = Date.parse(value);
    expect(
      notes({
        vertical: [
          { value },
          { value, fill: 'before' },
          { value, fill: 'after' },
          [{ value }, { value: '2026-11-27T06:00:00Z' }],
        ],
      }).times.map((note) => [note.at, note.to]),
    ).toEqual([
      [at, undefined],
      [at, -Infinity],
      [at, Infinity],
      [at, at + 1_800_000],
    ]);
  });

  test('that are not visible, or nothing that CloudWatch knows, are left out', () => {
    expect(
      notes({ horizontal: [{ value: 5, visible: false }, { value: 'x' }, null], vertical: [{ value: 'soon' }] }),
    ).toEqual({
      levels: [],
      times: [],
    });
  });

  test('of an alarm are its threshold', () => {
    const alarm = alarmOf({ name: 'late' });
    const widget = { type: 'metric', properties: { annotations: { alarms: [alarm.arn] } } };
    expect(alarmLevels(widget, new Map([[alarm.arn, alarm]]))).toMatchObject([{ value: 1, label: 'late' }]);
    expect(alarmLevels(widget, new Map())).toEqual([]);
  });
});

describe('axes', () => {
  const lineAt = (axis: 'left' | 'right', unit: string | null = null): StyledLine => ({
    line: { row: 0, label: 'a', periodSeconds: 60, unit, places: [], values: [], status: 'Complete' },
    ...{ label: 'a', axis, paint: { kind: 'token', token: 'ink' }, dash: [], point: 'filled' },
  });
  const axesOf = (
    yAxis: BodyJson,
    lines: readonly StyledLine[],
    columns: readonly (readonly (number | null)[])[],
    levels: Parameters<typeof valueAxes>[3] = [],
  ) => valueAxes({ properties: { yAxis } }, lines, { times: [1, 2], columns }, levels);

  test('have the least and the most that the body gives', () => {
    expect(axesOf({ left: { min: 0, max: 50, label: 'Runs' } }, [lineAt('left')], [[3, 99]])).toEqual([
      { side: 'left', min: 0, max: 50, unit: null, head: 'Runs' },
    ]);
  });

  test('contain every value and every level, with room', () => {
    const level = { value: 100, to: undefined, axis: 'left', label: '', color: undefined } as const;
    expect(axesOf({}, [lineAt('left')], [[10, null]], [level])).toMatchObject([{ min: 1, max: 109 }]);
    expect(axesOf({}, [lineAt('left')], [[4, 4]])).toMatchObject([{ min: 3.6, max: 4.4 }]);
    expect(axesOf({}, [lineAt('left')], [[-4, 6]])).toMatchObject([{ min: -5, max: 7 }]);
  });

  test('are at the right only if something is there', () => {
    expect(axesOf({ right: { min: 0 } }, [lineAt('left')], [[1, 2]]).map(({ side }) => side)).toEqual(['left']);
    const both = axesOf(
      {},
      [lineAt('left', 'Count'), lineAt('right', 'Percent')],
      [
        [1, 2],
        [50, 60],
      ],
    );
    expect(both.map(({ side, unit, head }) => [side, unit, head])).toEqual([
      ['left', 'Count', 'Count'],
      ['right', 'Percent', ''],
    ]);
  });

  test('have no unit if lines differ, or if the body hides it', () => {
    expect(axesOf({}, [lineAt('left', 'Count'), lineAt('left', 'Bytes')], [[1], [2]])[0]?.unit).toBe(null);
    expect(axesOf({ left: { showUnits: false } }, [lineAt('left', 'Count')], [[1]])[0]).toMatchObject({
      unit: null,
      head: '',
    });
  });

  test('are there without any value', () => {
    expect(axesOf({}, [], [])).toMatchObject([{ min: 0, max: 1 }]);
  });
});
