import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelsWithRoom, valueAxis } from '../../src/chart/value-axis.ts';

test('an axis has zero and all values in it, and few lines at equal distances', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((each) => Math.round(each * 1e6) / 1e6),
  );
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const { low, high, ticks } = valueAxis(values);
      expect(low).toBeLessThan(high);
      for (const each of [0, ...values]) {
        expect(each ?? 0).toBeGreaterThanOrEqual(low);
        expect(each ?? 0).toBeLessThanOrEqual(high);
      }
      expect([ticks[0], ticks.at(-1)]).toEqual([low, high]);
      expect(ticks).toContain(0);
      expect(ticks.length).toBeLessThanOrEqual(8);
    }),
  );
});

test.each([
  [
    [8.7, 6.8],
    [0, 5, 10],
  ],
  [[], [0, 0.5, 1]],
  [
    [0, 0],
    [0, 0.5, 1],
  ],
  [
    [-3, 3],
    [-4, -2, 0, 2, 4],
  ],
])('the axis of %j has lines at %j', (values, expected) => {
  expect(valueAxis(values).ticks).toEqual(expected);
});

test('labels keep their distance, and the first one is always there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 3_000 }), (count, width) => {
      const places = labelsWithRoom(count, width, 64);
      expect(places[0]).toBe(0);
      const step = (places[1] ?? count) * (width / count);
      if (places.length > 1) expect(step).toBeGreaterThanOrEqual(64 * 0.999);
    }),
  );
});
