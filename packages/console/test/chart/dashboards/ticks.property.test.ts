import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockStep, multiples } from '../../../src/chart/dashboards/tick-steps.ts';
import { timeMark, timeTicks, valueTicks } from '../../../src/chart/dashboards/ticks.ts';

const axis = (min: number, max: number, unit: string | null = null) => ({ min, max, unit });
const minute = 60_000;
const from = Date.UTC(2026, 10, 27, 5, 25);

describe('values of an axis', () => {
  test('are round, and inside of it', () => {
    expect(valueTicks(axis(0, 3.2), 100)).toEqual([0, 1, 2, 3]);
    expect(valueTicks(axis(-0.3, 0.31), 100)).toEqual([-0.2, 0, 0.2]);
    expect(valueTicks(axis(0, 0.3), 70)).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test('are those of clocks for durations', () => {
    expect(valueTicks(axis(0, 4_950_000, 'Milliseconds'), 120)).toEqual([0, 1_800_000, 3_600_000]);
    expect(valueTicks(axis(0, 130, 'Seconds'), 120)).toEqual([0, 30, 60, 90, 120]);
    expect(valueTicks(axis(0, 130), 120)).toEqual([0, 50, 100]);
    expect(valueTicks(axis(0, 0.5, 'Milliseconds'), 120)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  test('are none where numbers end', () => {
    expect(valueTicks(axis(-1e308, 1e308), 100)).toEqual([]);
    expect(multiples(Number.NaN, 0, 1)).toEqual([]);
    expect(multiples(1, 0, 1)).toEqual([0, 1]);
  });

  test('have their distance at least, ascend, and do not leave the axis', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        fc.constantFrom(null, 'Seconds', 'Milliseconds'),
        fc.integer({ min: 1, max: 2_000 }),
        (min, length, unit, height) => {
          const ticks = valueTicks(axis(min, min + length, unit), height);
          expect(ticks.length).toBeLessThanOrEqual(height / 21.9 + 2);
          // Less than a pixel, and less than numbers of that size can say.
          const most = length / 1e6 + Math.abs(min) / 1e12;
          for (const [index, tick] of ticks.entries()) {
            expect(tick).toBeGreaterThanOrEqual(min - most);
            expect(tick).toBeLessThanOrEqual(min + length + most);
            if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1] ?? Infinity);
          }
        },
      ),
    );
  });
});

test('a step of a clock is not below what is wanted, and divides a day or is whole days', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e8, noNaN: true }), (least) => {
      const step = clockStep(least);
      expect(step).toBeGreaterThanOrEqual(least * 0.999);
      if (step >= 1) expect(step < 86_400 ? 86_400 % step : step % 86_400).toBe(0);
    }),
  );
});

describe('times of an axis', () => {
  test('are those of clocks in UTC, with room for their texts', () => {
    const shown = { from, to: from + 81 * minute };
    const texts = (width: number) => timeTicks(shown.from, shown.to, width).map((at) => timeMark(at, shown));
    expect(texts(300)).toEqual(['05:30', '06:00', '06:30']);
    expect(texts(560).slice(0, 3)).toEqual(['05:30', '05:40', '05:50']);
    expect(texts(20)).toEqual(['06:00']);
  });

  test.each([
    [5 * minute, from, '05:25:00'],
    [60 * minute, from, '05:25'],
    [86_400_000, Date.UTC(2026, 10, 28), '28 Nov'],
    [3 * 86_400_000, from, '27 Nov'],
  ])('of a range of %i ms have the text of their kind', (length, at, expected) => {
    expect(timeMark(at, { from, to: from + length })).toBe(expected);
  });
});
