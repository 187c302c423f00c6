import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collapseIdle, ends, idleWidth, timeAt, xOf } from '../../src/chart/idle-collapse.ts';

const day = 86_400_000;
const span = fc.record({
  from: fc.integer({ min: 0, max: day }),
  length: fc.integer({ min: 1, max: day }),
  shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 80, size: 'max' }),
  width: fc.integer({ min: 320, max: 2_560 }),
});

const scaleOf = ({
  from,
  length,
  shares,
  width,
}: {
  from: number;
  length: number;
  shares: number[];
  width: number;
}) => {
  const to = from + length;
  return {
    from,
    to,
    width,
    scale: collapseIdle({ from, to, cuts: shares.map((share) => from + share * length) }, width),
  };
};

describe('a scale with idle time collapsed', () => {
  test('covers the whole time in segments without gaps or overlaps, and lengths add up', () => {
    fc.assert(
      fc.property(span, (given) => {
        const { from, to, scale } = scaleOf(given);
        expect(scale.segments[0]?.from).toBe(from);
        expect(scale.segments.at(-1)?.to).toBe(to);
        scale.segments.forEach((segment, index) => {
          const before = scale.segments[index - 1];
          expect(segment.from).toBe(before?.to ?? from);
          expect(segment.x).toBeCloseTo(before ? before.x + before.width : 0, 6);
        });
        const last = scale.segments.at(-1);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(scale.width, 6);
      }),
    );
  });

  test('is monotone', () => {
    fc.assert(
      fc.property(
        span,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, one, other) => {
          const { from, to, scale } = scaleOf(given);
          const [earlier, later] = [Math.min(one, other), Math.max(one, other)].map(
            (share) => from + share * (to - from),
          );
          expect(xOf(scale, earlier ?? from)).toBeLessThanOrEqual(xOf(scale, later ?? to) + 1e-9);
        },
      ),
    );
  });

  test('has an inverse', () => {
    fc.assert(
      fc.property(span, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const { from, to, scale } = scaleOf(given);
        const time = from + share * (to - from);
        expect(Math.abs(timeAt(scale, xOf(scale, time)) - time)).toBeLessThan(1);
      }),
    );
  });

  test('has at most 24 gaps, each of one width and longer than ten seconds, and fills the width that it was given', () => {
    fc.assert(
      fc.property(span, (given) => {
        const { scale, width } = scaleOf(given);
        const idle = scale.segments.filter(({ isIdle }) => isIdle);
        expect(idle.length).toBeLessThanOrEqual(24);
        expect(scale.width).toBeCloseTo(width, 4);
        for (const gap of idle) {
          expect(gap.width).toBe(idle[0]?.width);
          if (scale.segments.some(({ isIdle, from, to: end }) => !isIdle && end - from > 0.001))
            expect(gap.width).toBeLessThanOrEqual(idleWidth);
          expect(gap.to - gap.from).toBeGreaterThan(10_000);
        }
      }),
    );
  });
});

test('42 minutes without an event take as much room as any other gap, and what happened takes the rest', () => {
  const to = 2_520_000;
  const scale = collapseIdle({ from: 0, to, cuts: [2_884, 5_000, to - 1] }, 700);
  expect(scale.segments.map(({ isIdle, width }) => [isIdle, Math.round(width)])).toEqual([
    [false, 560],
    [true, 140],
    [false, 0],
  ]);
  expect(scale.width).toBeCloseTo(700);
});

test.each([
  ['a wait that is a large part of the busy time only if it is long', [0, 9_000, 10_000], []],
  [
    'a gap of a twentieth of the rest',
    [0, 400_000, 420_000, 1_000_000],
    [
      [0, 400_000],
      [420_000, 1_000_000],
      [400_000, 420_000],
    ],
  ],
])('%s', (_, cuts, gaps) => {
  const [from = 0, ...rest] = cuts;
  const scale = collapseIdle({ from, to: rest.at(-1) ?? 0, cuts }, 800);
  const found = scale.segments.filter(({ isIdle }) => isIdle).map((gap) => [gap.from, gap.to]);
  expect(new Set(found.map(String))).toEqual(new Set(gaps.map(String)));
});

test('polls of a timer count as their first and their last, so that they do not hide that nothing else happens', () => {
  const polls = Array.from({ length: 500 }, (_, index) => 5_000 * (index + 1));
  expect(ends(polls)).toEqual([5_000, 2_500_000]);
  expect(ends([0, 5_000, 60_000])).toEqual([0, 5_000, 60_000]);
  expect(ends([])).toEqual([]);
});

test('the longest 24 gaps are collapsed where there are more', () => {
  const cuts = Array.from({ length: 40 }, (_, index) => 60_000 * index + 1_000 * index ** 2);
  const scale = collapseIdle({ from: 0, to: cuts.at(-1) ?? 0, cuts }, 1_000);
  expect(scale.segments.map(({ isIdle }) => isIdle)).toEqual([false, ...Array.from({ length: 24 }, () => true)]);
});
