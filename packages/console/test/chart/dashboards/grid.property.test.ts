import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columns, placedWidgets } from '../../../src/chart/dashboards/grid.ts';
import type { BodyWidget } from '../../../src/chart/dashboards/read-body.ts';

const widget = (index: number, place: Partial<BodyWidget>): BodyWidget => ({
  ...{ index, type: 'text', x: undefined, y: undefined, width: 6, height: 6, properties: {} },
  ...place,
});

test('widgets keep the places that the body gives them, and are read by row, then by column', () => {
  const placed = placedWidgets([
    widget(0, { x: 12, y: 6, width: 12, height: 3 }),
    widget(1, { x: 0, y: 0, width: 24, height: 6 }),
    widget(2, { x: 0, y: 6, width: 12, height: 3 }),
  ]);
  expect(placed.map(({ index, x, y, width }) => [index, x, y, width])).toEqual([
    [1, 0, 0, 24],
    [2, 0, 6, 12],
    [0, 12, 6, 12],
  ]);
});

test('widgets without a place come after the others, from left to right', () => {
  const placed = placedWidgets([
    widget(0, { width: 12, height: 4 }),
    widget(1, { x: 0, y: 2, width: 24, height: 1 }),
    widget(2, { width: 10 }),
    widget(3, { width: 6, height: 2 }),
  ]);
  expect(placed.map(({ index, x, y }) => [index, x, y])).toEqual([
    [1, 0, 2],
    [0, 0, 3],
    [2, 12, 3],
    [3, 0, 9],
  ]);
});

test.each([
  ['reaches over the edge', { x: 20, y: 0, width: 12 }, [12, 0, 12]],
  ['is wider than the grid', { x: 0, y: 0, width: 99 }, [0, 0, 24]],
  ['has a place before the grid', { x: -3, y: -1, width: 0 }, [0, 0, 1]],
  ['is between columns', { x: 1.9, y: 2.5, width: 6.7 }, [1, 2, 6]],
])('a widget that %s is moved into the grid', (_, place, expected) => {
  const [placed] = placedWidgets([widget(0, place)]);
  expect([placed?.x, placed?.y, placed?.width]).toEqual(expected);
});

const place = fc.option(fc.integer({ min: -5, max: 30 }), { nil: undefined });

test('every widget is in the grid once, and those without a place cover none of their kind', () => {
  const any = fc.array(
    fc.record({ x: place, y: place, width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 9 }) }),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(any, (places) => {
      const placed = placedWidgets(places.map((each, index) => widget(index, each)));
      expect(placed.map(({ index }) => index).sort((one, other) => one - other)).toEqual(
        places.map((_, index) => index),
      );
      const free = placed.filter(({ index }) => places[index]?.x === undefined || places[index].y === undefined);
      for (const { x, y, width } of placed) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(columns);
      }
      for (const one of free)
        for (const other of free) {
          const isApart =
            one === other ||
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(isApart).toBe(true);
        }
    }),
  );
});
