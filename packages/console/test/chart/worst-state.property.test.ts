import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsInTime, columnsOf } from '../../src/chart/worst-state.ts';

const bars = fc.array(
  fc.record({
    status: fc.constantFrom('SUCCEEDED', 'RUNNING', 'FAILED', 'TIMED_OUT', 'ABORTED'),
    duration: fc.integer({ min: 0, max: 10_000 }),
  }),
  { minLength: 1, maxLength: 3_000, size: 'max' },
);

describe('a strip of bars that are merged', () => {
  test('has every bar once, at most as many columns as there is room, and the longest duration', () => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 1, max: 600 }), (given, most) => {
        const columns = columnsOf(given, most);
        expect(columns.length).toBe(Math.min(given.length, most));
        expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
        expect(Math.max(...columns.map(({ duration }) => duration))).toBe(
          Math.max(...given.map(({ duration }) => duration)),
        );
      }),
    );
  });

  test('never loses a failure among successes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(), fc.integer({ min: 1, max: 600 }), (count, at, most) => {
        const given = Array.from({ length: count }, (_, index) => ({
          status: index === at % count ? 'FAILED' : 'SUCCEEDED',
          duration: 1,
        }));
        expect(columnsOf(given, most).filter(({ status }) => status === 'FAILED')).toHaveLength(1);
      }),
    );
  });

  test('shows a state that nobody knows before all others', () => {
    const given = ['SUCCEEDED', '__proto__', 'FAILED'].map((status) => ({ status, duration: 1 }));
    expect(columnsOf(given.slice(0, 2), 1)[0]?.status).toBe('__proto__');
  });
});

test('columns on a line of time count what goes on in them, with the worst state', () => {
  const columns = columnsInTime([
    { from: 0, to: 4, status: 'SUCCEEDED' },
    { from: 2, to: 6, status: 'FAILED' },
    { from: 9, to: 9, status: 'SUCCEEDED' },
  ]);
  expect(columns).toEqual([
    { x: 0, width: 2, status: 'SUCCEEDED', count: 1 },
    { x: 2, width: 2, status: 'FAILED', count: 2 },
    { x: 4, width: 2, status: 'FAILED', count: 1 },
    { x: 8, width: 2, status: 'SUCCEEDED', count: 1 },
  ]);
});
