import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, type Span } from '../../src/chart/packing.ts';

const spans = fc.array(
  fc
    .record({ from: fc.integer({ min: 0, max: 500 }), length: fc.integer({ min: 0, max: 200 }) })
    .map(({ from, length }): Span => ({ from, to: from + length })),
  { maxLength: 120, size: 'max' },
);

const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

test('no two spans of a lane overlap', () => {
  fc.assert(
    fc.property(spans, (given) => {
      const { lanes } = packed(given);
      given.forEach((one, index) => {
        given.slice(index + 1).forEach((other, next) => {
          if (lanes[index] === lanes[index + 1 + next]) expect(overlap(one, other)).toBe(false);
        });
      });
    }),
  );
});

test('there are no more lanes than spans at one time', () => {
  fc.assert(
    fc.property(spans, (given) => {
      const { lanes, count } = packed(given);
      // A span without length takes its lane at the time at which it begins.
      const atOnce = given.map(
        ({ from }) => given.filter((each) => each.from <= from && (each.to > from || each.from === from)).length,
      );
      expect(count).toBeLessThanOrEqual(Math.max(0, ...atOnce));
      expect(new Set(lanes).size).toBe(count);
    }),
  );
});

test('a span takes the lowest lane that is free', () => {
  const { lanes, count } = packed([
    { from: 0, to: 10 },
    { from: 0, to: 5 },
    { from: 1, to: 20 },
    { from: 6, to: 8 },
    { from: 10, to: 12 },
  ]);
  expect(lanes).toEqual([0, 1, 2, 1, 0]);
  expect(count).toBe(3);
});
