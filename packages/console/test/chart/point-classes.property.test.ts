import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classText, nearestPoint, pointClasses } from '../../src/chart/point-classes.ts';

const point = fc.record({
  x: fc.integer({ min: 0, max: 1_920 }),
  y: fc.integer({ min: 0, max: 1_000 }),
  value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
});

const columnsOf = (points: readonly { readonly x: number; readonly y: number; readonly value: number }[]) => ({
  x: points.map(({ x }) => x),
  y: points.map(({ y }) => y),
  value: points.map(({ value }) => value),
});

const marksIn = (path: string): readonly string[] => path.match(/M[^M]+/g) ?? [];

describe('classes of points', () => {
  test('hold each point once, in order, each larger than the one below', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 300 }), (points) => {
        const columns = columnsOf(points);
        const classes = pointClasses(columns);
        expect(classes.length).toBeLessThanOrEqual(5);
        expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
        for (const { from, to, count, path } of classes) {
          const own = points.filter(({ value }) => value >= from && (to === undefined || value < to));
          expect(count).toBe(own.length);
          expect(new Set(marksIn(path))).toEqual(new Set(own.map(({ x, y }) => `M${x},${y}h0`)));
        }
        classes.slice(1).forEach(({ from, size }, index) => {
          expect(from).toBeGreaterThan(classes[index]?.from ?? Infinity);
          expect(size).toBeGreaterThan(classes[index]?.size ?? Infinity);
        });
      }),
    );
  });

  test('draw 10,000 points of one place once', () => {
    const points = Array.from({ length: 10_000 }, () => ({ x: 5, y: 6, value: 7 }));
    expect(pointClasses(columnsOf(points))).toEqual([
      { from: 7, to: undefined, size: 7, path: 'M5,6h0', count: 10_000 },
    ]);
  });

  test('are named by their range', () => {
    const points = Array.from({ length: 100 }, (_, index) => ({ x: index, y: 0, value: index }));
    const classes = pointClasses(columnsOf(points));
    expect(classes.map((each, index) => classText(each, index === 0))).toEqual([
      'under 50',
      '50 to 74',
      '74 to 89',
      '89 to 96',
      '96 and over',
    ]);
  });
});

test('the nearest point is the nearest one within reach', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 50 }), fc.integer({ min: 0, max: 500 }), (points, reach) => {
      const columns = columnsOf(points);
      const distances = points.map(({ x, y }) => Math.hypot(x - 900, y - 500));
      const found = nearestPoint(columns, [900, 500], reach);
      const least = Math.min(...distances);
      if (found === undefined) expect(least).toBeGreaterThan(reach);
      else expect(distances[found]).toBe(least);
    }),
  );
});
