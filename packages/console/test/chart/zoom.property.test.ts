import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collapseIdle, idleWidth, timeAt, type TimeScale, xOf } from '../../src/chart/idle-collapse.ts';
import {
  mostZoom,
  panned,
  whole,
  widened,
  windowOf,
  type Zoom,
  zoomed,
  zoomedBy,
  zoomTo,
} from '../../src/chart/zoom.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Scales with and without gaps, with busy time of a second at least. */
const scales = fc
  .record({
    bursts: fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 4_000_000 }), busy: fc.integer({ min: 1, max: 60_000 }) }),
      {
        minLength: 1,
        maxLength: 30,
        size: 'max',
      },
    ),
    width: fc.integer({ min: 420, max: 2_400 }),
  })
  .map(({ bursts, width }) => {
    let at = 1_000_000;
    const cuts = bursts.flatMap(({ gap, busy }) => {
      const from = at + gap;
      at = from + busy + 1_000;
      // Events in a burst are close to each other.
      return Array.from({ length: 12 }, (_, index) => from + ((at - from) * index) / 11);
    });
    return collapseIdle({ from: 1_000_000, to: at, cuts }, width);
  });

/** Any way of zooming and panning. */
const steps = fc.array(
  fc.oneof(
    fc.record({ by: fc.double({ min: 0.1, max: 8, noNaN: true }), at: share }),
    fc.record({ pan: fc.integer({ min: -3_000, max: 3_000 }) }),
  ),
  { maxLength: 12 },
);

const after = (scale: TimeScale, way: typeof steps extends fc.Arbitrary<infer Way> ? Way : never): Zoom =>
  way.reduce<Zoom>(
    (zoom, step) =>
      'pan' in step ? panned(scale, zoom, step.pan) : zoomedBy(scale, zoom, step.by, step.at * scale.width),
    whole,
  );

describe('a zoom of a scale, after any zooming and panning', () => {
  test('fills the width with segments without gaps or overlaps', () => {
    fc.assert(
      fc.property(scales, steps, (scale, way) => {
        const { segments, width } = zoomed(scale, after(scale, way));
        expect(width).toBe(scale.width);
        expect(segments[0]?.x).toBeCloseTo(0, 6);
        segments.forEach((segment, index) => {
          const before = segments[index - 1];
          if (!before) return;
          expect(segment.x).toBeCloseTo(before.x + before.width, 4);
          expect(Math.abs(segment.from - before.to)).toBeLessThan(1);
        });
        const last = segments.at(-1);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(width, 4);
      }),
    );
  });

  test('is monotone and has an inverse', () => {
    fc.assert(
      fc.property(scales, steps, share, share, (scale, way, one, other) => {
        const shown = zoomed(scale, after(scale, way));
        const [left, right] = [Math.min(one, other) * shown.width, Math.max(one, other) * shown.width];
        expect(timeAt(shown, left)).toBeLessThanOrEqual(timeAt(shown, right) + 1e-6);
        // At a pixel that is no edge of a segment without width.
        expect(Math.abs(xOf(shown, timeAt(shown, left)) - left)).toBeLessThan(0.01);
      }),
    );
  });

  test('stays within its bounds: never more than all, never more than the highest factor', () => {
    fc.assert(
      fc.property(scales, steps, (scale, way) => {
        const { factor, offset } = after(scale, way);
        expect(factor).toBeGreaterThanOrEqual(1);
        expect(factor).toBeLessThanOrEqual(mostZoom(scale));
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(Math.max(0, widened(scale, factor).width - scale.width) + 1e-6);
      }),
    );
  });

  test('keeps the time under the pointer, unless the scale ends', () => {
    fc.assert(
      fc.property(scales, steps, fc.double({ min: 0.1, max: 8, noNaN: true }), share, (scale, way, by, at) => {
        const zoom = after(scale, way);
        const x = at * scale.width;
        const next = zoomedBy(scale, zoom, by, x);
        const most = widened(scale, next.factor).width - scale.width;
        fc.pre(next.offset > 0 && next.offset < most);
        const time = timeAt(zoomed(scale, zoom), x);
        expect(Math.abs(xOf(zoomed(scale, next), time) - x)).toBeLessThan(0.01);
      }),
    );
  });

  test('never draws collapsed time wider than a gap', () => {
    fc.assert(
      fc.property(scales, steps, (scale, way) => {
        for (const { isIdle, width } of zoomed(scale, after(scale, way)).segments)
          if (isIdle) expect(width).toBeLessThanOrEqual(idleWidth + 1e-6);
      }),
    );
  });

  test('is found again by the time that it shows, so that an address can name it', () => {
    fc.assert(
      fc.property(scales, steps, (scale, way) => {
        const zoom = after(scale, way);
        const shown = windowOf(scale, zoom);
        const again = shown ? zoomTo(scale, shown) : whole;
        const [one, other] = [zoomed(scale, zoom), zoomed(scale, again)];
        for (const segment of one.segments.filter(({ isIdle, width }) => !isIdle && width > 1)) {
          expect(Math.abs(xOf(other, segment.from) - segment.x)).toBeLessThan(1);
        }
      }),
    );
  });
});

test('all of a scale is the scale itself', () => {
  const scale = collapseIdle({ from: 0, to: 100_000, cuts: [0, 1_000, 100_000] }, 700);
  expect(zoomed(scale, whole)).toBe(scale);
  expect(windowOf(scale, whole)).toBeUndefined();
  expect(zoomTo(scale, { from: 0, to: 100_000 })).toEqual(whole);
  expect(zoomTo(scale, { from: 5_000, to: 4_000 })).toEqual(whole);
});

test('a window inside of collapsed time shows that time with what is around it', () => {
  const scale = collapseIdle({ from: 0, to: 2_520_000, cuts: [0, 2_884, 5_000, 2_519_000] }, 700);
  const { segments } = zoomed(scale, zoomTo(scale, { from: 60_000, to: 120_000 }));
  expect(segments.some(({ isIdle }) => isIdle)).toBe(true);
});
