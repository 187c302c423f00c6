import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collapseIdle } from '../../src/chart/idle-collapse.ts';
import { type LaneBox, laneDrawing, paints } from '../../src/chart/lane-drawing.ts';
import { boxAt } from '../../src/chart/lane-hit.ts';
import { waterfallRows } from '../../src/chart/waterfall-rows.ts';
import { waterfallScale } from '../../src/chart/waterfall-scale.ts';
import { zoomed, zoomTo } from '../../src/chart/zoom.ts';
import { snapshotOf } from '../../src/server/snapshot.ts';
import { largeRun, type Size } from '../large-run.ts';
import { start } from '../stuck-run.ts';

function drawn(size: Size, label: string, shown?: { readonly from: number; readonly to: number }) {
  const snapshot = snapshotOf(largeRun(size));
  const [root] = snapshot.executions;
  const rows = root ? waterfallRows(snapshot, root) : [];
  const row = rows.find((each) => each.label === label);
  if (!row) throw new Error(`there is no row ${label}`);
  const whole = waterfallScale(rows, snapshot.at, 900);
  const scale = shown ? zoomed(whole, zoomTo(whole, shown)) : whole;
  return { row, scale, ...laneDrawing(row, scale) };
}

describe('the drawing of a row', () => {
  test('is made once for a scale', () => {
    const { row, scale, ...drawing } = drawn({}, 'Start child');
    expect(laneDrawing(row, scale).boxes).toBe(drawing.boxes);
  });

  test('has the queue, the attempts with their numbers and gaps, and the waits between them', () => {
    const { boxes, texts } = drawn({ events: 58, states: 50 }, 'State 0', { from: start, to: start + 380 });
    expect(boxes.map(({ paint, hit }) => [paint, hit?.text, hit?.event])).toEqual([
      ['kind-done', 'done', 6],
      ['kind-queued', 'queued', 7],
      ['kind-queued', 'queued, attempt 2', 10],
      ['kind-waiting', 'waiting, attempt 2', 9],
      ['kind-retry', 'retry, attempt 2', 11],
      ['kind-failed', 'failed', 8],
    ]);
    const [, , queued, , retry] = boxes;
    expect((retry?.x ?? 0) - (queued?.x ?? 0) - (queued?.width ?? 0)).toBeCloseTo(2, 6);
    expect(texts.map(({ text }) => text)).toEqual(['2']);
  });

  test('has only what is in the time that is shown, and all of it within the width', () => {
    const all = drawn({ events: 7_001, states: 1 }, 'State 0');
    const part = drawn({ events: 7_001, states: 1 }, 'State 0', { from: start + 4_000, to: start + 8_000 });
    expect(part.boxes.length).toBeGreaterThan(30);
    expect(part.boxes.length).toBeLessThan(100);
    for (const { boxes, scale } of [all, part]) {
      for (const { x, width } of boxes) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(scale.width + 0.001);
      }
    }
    expect(drawn({}, 'Consolidate', { from: start + 3_000, to: start + 4_000 }).boxes).toEqual([]);
  });

  test.each([
    [6, 6],
    [12, 12],
  ])('has a thread for each of %i batches at a time', (batches, lanes) => {
    const { boxes } = drawn({ batches }, 'Analyze objects');
    expect(new Set(boxes.map(({ y }) => y)).size).toBe(lanes);
    expect(boxes).toHaveLength(batches);
  });

  test('has a density of more batches than twelve at a time, with the worst state', () => {
    const { boxes } = drawn({ batches: 1_200 }, 'Analyze objects');
    expect(boxes.every(({ width }) => width === 2)).toBe(true);
    expect(boxes.some(({ paint }) => paint === 'is-bad')).toBe(true);
    expect(boxes[0]?.hit?.text).toMatch(/^\d+ batches at a time, the worst /);
  });

  test('draws failures after what went well', () => {
    const { boxes } = drawn({ events: 7_001, states: 1 }, 'State 0');
    const places = boxes.map(({ paint }) => paints.indexOf(paint));
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  test('keeps what happened at the end of the run in sight', () => {
    const { boxes, scale } = drawn({}, 'Child failed');
    expect(boxes.map(({ x, width }) => x + width)).toEqual([scale.width]);
  });

  test('has the signs of the first and the last denied call', () => {
    const { signs, boxes } = drawn({}, 'states:DescribeExecution');
    expect(signs).toHaveLength(2);
    expect(boxes.length).toBeLessThan(200);
  });
});

const box = fc
  .record({
    x: fc.integer({ min: 0, max: 900 }),
    y: fc.integer({ min: 0, max: 26 }),
    width: fc.integer({ min: 1, max: 80 }),
    height: fc.integer({ min: 1, max: 14 }),
  })
  .map((size): LaneBox => ({ ...size, paint: 'is-done', hit: null }));

const isIn = ({ x, y, width, height }: LaneBox, px: number, py: number, around = 0): boolean =>
  px >= x - around && px <= x + width + around && py >= y - around && py <= y + height + around;

describe('the box at a point', () => {
  test('is the last one drawn there', () => {
    fc.assert(
      fc.property(fc.array(box), fc.integer({ min: 0, max: 980 }), fc.integer({ min: 0, max: 40 }), (boxes, x, y) => {
        const expected = boxes.findLast((each) => isIn(each, x, y));
        if (expected) expect(boxAt(boxes, x, y)).toBe(expected);
      }),
    );
  });

  test('is none farther than three pixels away', () => {
    fc.assert(
      fc.property(fc.array(box), fc.integer({ min: 0, max: 980 }), fc.integer({ min: 0, max: 40 }), (boxes, x, y) => {
        const found = boxAt(boxes, x, y);
        expect(found !== undefined).toBe(boxes.some((each) => isIn(each, x, y, 2.999)));
        if (found) expect(isIn(found, x, y, 3)).toBe(true);
      }),
    );
  });
});

test('a scale without busy time is filled by its gap', () => {
  expect(collapseIdle({ from: 0, to: 60_000, cuts: [] }, 800)).toEqual({
    segments: [{ from: 0, to: 60_000, x: 0, width: 800, isIdle: true }],
    width: 800,
  });
});
