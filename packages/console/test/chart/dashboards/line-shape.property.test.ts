import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../src/chart/dashboards/line-columns.ts';
import { lineShape, thinned } from '../../../src/chart/dashboards/line-shape.ts';

const ten = (place: number): number => place * 10;
const shapeOf = (column: readonly Cell[], bases?: readonly number[]) =>
  lineShape(column, ten, (place) => column[place] ?? 0, bases && ((place) => bases[place] ?? 0));

describe('a line', () => {
  test('has a gap where a period has no value, and none where it has no period', () => {
    expect(shapeOf([1, 2, null, 3, 4]).path).toBe('M0 1L10 2M30 3L40 4');
    expect(shapeOf([1, undefined, 2, undefined]).path).toBe('M0 1L20 2');
  });

  test('has few values as points, of many only those alone', () => {
    expect(shapeOf([1, 2, null, 3]).points).toBe('M0 1h0M10 2h0M30 3h0');
    const many = Array.from({ length: 100 }, () => 5);
    expect(shapeOf([...many, null, undefined, 7, undefined, null, ...many]).points).toBe('M1020 7h0');
    expect(shapeOf([...many, null, ...many]).points).toBe('');
  });

  test('has an area down to its base where it is stacked', () => {
    expect(shapeOf([5, 6, null, 7], [1, 2, 0, 3]).area).toBe('M0 5L10 6L10 2L0 1Z');
    expect(shapeOf([5, 6]).area).toBe('');
  });

  test('is nothing without values', () => {
    expect(shapeOf([null, undefined], [0, 0])).toEqual({ path: '', area: '', points: '' });
  });
});

test('a thinned line covers the same pixels, with at most four values for each', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 60 }),
      (values, width) => {
        const x = (place: number): number => (place / values.length) * width;
        const y = (place: number): number => values[place] ?? 0;
        const places = values.map((_, place) => place);
        const kept = thinned(places, x, y);
        expect(kept).toEqual([...new Set(kept)].sort((one, other) => one - other));
        for (let pixel = 0; pixel < width; pixel += 1) {
          const [before, after] = [places, kept].map((each) =>
            each.filter((place) => Math.floor(x(place)) === pixel).map(y),
          );
          if (!before || !after) throw new Error('two lists');
          expect(after.length).toBeLessThanOrEqual(4);
          const extent = (heights: readonly number[]) => [
            ...[heights[0], heights.at(-1)],
            ...[Math.min(...heights), Math.max(...heights)],
          ];
          expect(extent(after)).toEqual(extent(before));
        }
      },
    ),
  );
});

test('values that have a pixel of their own are all there', () => {
  const places = [0, 1, 2, 3];
  expect(thinned(places, ten, () => 0)).toEqual(places);
});
