import type { BatchRow } from '../models/batches.ts';
import { hueOfState, type ShownState, stateOfStatus } from '../models/states.ts';
import type { PixelBox } from './box-paths.ts';
import { timeAt, type TimeScale, xOf } from './idle-collapse.ts';
import { packed } from './packing.ts';
import { mergedSpans } from './state-spans.ts';
import type { WaterfallRow } from './waterfall-rows.ts';
import { columnsInTime } from './worst-state.ts';

/** Pixels of a row. */
export const laneHeight = 30;

/** Pixels of a box at least, also of one at the right end. */
const leastWidth = 2;

/** Threads of batches that are drawn one by one. */
const mostLanes = 12;

/** Time that a box represents, for those who point at it. Milliseconds since the epoch. */
export interface LaneHit {
  readonly from: number;
  readonly to: number;
  /** For example `failed, attempt 2` or `batch 17 succeeded`. */
  readonly text: string;
  /** Event that shows it in the history of the execution of the row; null for a batch. */
  readonly event: number | null;
}

/** A box of a lane. */
export interface LaneBox extends PixelBox {
  /** Class that has its paint. */
  readonly paint: Paint;
  readonly hit: LaneHit | null;
}

export interface LaneText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Class that has its paint: `text-retry`, `text-stuck` or `note`. */
  readonly paint: 'text-retry' | 'text-stuck' | 'note';
}

/** A row on a scale, in pixels: the same for SVG, for a canvas, and for the pointer. */
export interface LaneDrawing {
  /** In the order in which they are drawn. */
  readonly boxes: readonly LaneBox[];
  readonly texts: readonly LaneText[];
  /** Places of the signs of the first and the last denied call. */
  readonly signs: readonly number[];
}

/** Paints in the order in which they are drawn, so that no failure is below something that went well. */
export const paints = [
  'is-done',
  'kind-done',
  'kind-queued',
  'kind-waiting',
  'is-rest',
  'is-run',
  'kind-running',
  'kind-retry',
  'is-held',
  'is-bad',
  'kind-failed',
  'is-stuck',
  'kind-stuck',
  'denied-line',
  'denied-dot',
] as const;

type Paint = (typeof paints)[number];

const nothing: LaneDrawing = { boxes: [], texts: [], signs: [] };

const drawings = new WeakMap<TimeScale, WeakMap<WaterfallRow, LaneDrawing>>();

/** Drawing of a row, made once for each scale. */
export function laneDrawing(row: WaterfallRow, scale: TimeScale): LaneDrawing {
  const known = drawings.get(scale) ?? new WeakMap<WaterfallRow, LaneDrawing>();
  drawings.set(scale, known);
  const found = known.get(row);
  if (found) return found;
  const drawing = drawingOf(row, scale);
  const boxes = paints
    .flatMap((paint) => drawing.boxes.filter((box) => box.paint === paint))
    .map((box) => ({ ...box, x: Math.min(box.x, scale.width - leastWidth) }));
  const inOrder = { ...drawing, boxes };
  known.set(row, inOrder);
  return inOrder;
}

function drawingOf(row: WaterfallRow, scale: TimeScale): LaneDrawing {
  if (row.kind === 'execution') return executionLine(row, scale);
  if (row.kind === 'denied') return deniedCalls(row, scale);
  return row.batches.length > 0 ? { ...nothing, boxes: batchBoxes(row, scale) } : stateSpans(row, scale);
}

const paintOf = (state: ShownState): Paint => `is-${hueOfState(state)}`;

/** The time that a scale shows. */
const shownTime = ({ segments }: TimeScale) => ({ from: segments[0]?.from ?? 0, to: segments.at(-1)?.to ?? 0 });

/** True for what is at least partly in the time that a scale shows. */
function isInside(scale: TimeScale): (from: number, to: number) => boolean {
  const shown = shownTime(scale);
  return (from, to) => to >= shown.from && from <= shown.to;
}

function executionLine(row: WaterfallRow, scale: TimeScale): LaneDrawing {
  const { from, to, state, event } = row;
  if (!isInside(scale)(from, to)) return nothing;
  const x = xOf(scale, from);
  const end = xOf(scale, to);
  const isLeft = end < scale.width / 2;
  const hit = { from, to, text: state, event };
  return {
    boxes: [{ paint: paintOf(state), x, y: 13, width: Math.max(leastWidth, end - x), height: 4, hit }],
    texts:
      row.note !== null && row.depth > 0
        ? [{ x: isLeft ? end + 8 : x + 8, y: isLeft ? 19 : 10, text: row.note, paint: 'note' }]
        : [],
    signs: [],
  };
}

function stateSpans(row: WaterfallRow, scale: TimeScale): LaneDrawing {
  const isShown = isInside(scale);
  const spans = mergedSpans(
    row.spans.filter(({ from, to }) => isShown(from, to)),
    (time) => xOf(scale, time),
  );
  const boxes = spans.map(({ kind, attempt, from, to, x, width, event }, index): LaneBox => {
    // A retry keeps away from the attempt before it where there is room.
    const gap = kind === 'retry' && width > 6 && index > 0 ? 2 : 0;
    const text = attempt > 1 ? `${kind}, attempt ${attempt}` : kind;
    const box = { x: x + gap, y: 8, width: Math.max(leastWidth, width - gap), height: 14 };
    return { ...box, paint: `kind-${kind}`, hit: { from, to, text, event } };
  });
  const texts = spans.flatMap(({ kind, attempt, x, width }): readonly LaneText[] => {
    if (kind === 'retry' && width > 16) return [{ x: x + 6, y: 19, text: String(attempt), paint: 'text-retry' }];
    if (kind !== 'stuck' || width < 130) return [];
    return [{ x: x + 8, y: 19, text: 'no answer arrives', paint: 'text-stuck' }];
  });
  return { boxes, texts, signs: [] };
}

/** Threads of batches, and how many there are side by side. */
const lanesOf = new WeakMap<WaterfallRow, ReturnType<typeof packed>>();

function packedBatches(row: WaterfallRow): ReturnType<typeof packed> {
  const known =
    lanesOf.get(row) ??
    packed(row.batches.map(({ startedAt, stoppedAt }) => ({ from: startedAt, to: stoppedAt ?? row.to })));
  lanesOf.set(row, known);
  return known;
}

function batchBoxes(row: WaterfallRow, scale: TimeScale): readonly LaneBox[] {
  const { lanes, count } = packedBatches(row);
  if (count > mostLanes) return densityBoxes(row, scale);
  const step = (laneHeight - 8) / count;
  const isShown = isInside(scale);
  return row.batches.flatMap((batch, index) => {
    const [from, to] = [batch.startedAt, batch.stoppedAt ?? row.to];
    if (!isShown(from, to)) return [];
    const x = xOf(scale, from);
    const width = Math.max(1.5, xOf(scale, to) - x - 1);
    const y = 4 + (lanes[index] ?? 0) * step;
    const state = stateOfStatus(batch.status);
    const hit = { from, to, text: `${titleOf(batch)} ${state}`, event: null };
    return [{ paint: paintOf(state), x, y, width, height: Math.max(1, step - 1), hit }];
  });
}

const titleOf = ({ index }: BatchRow): string => `batch ${index + 1}`;

/** Columns whose height is the number of batches at that time, and whose color is that of the worst of them. */
function densityBoxes(row: WaterfallRow, scale: TimeScale): readonly LaneBox[] {
  const isShown = isInside(scale);
  const shown = row.batches.filter(({ startedAt, stoppedAt }) => isShown(startedAt, stoppedAt ?? row.to));
  const columns = columnsInTime(
    shown.map(({ startedAt, stoppedAt, status }) => ({
      from: xOf(scale, startedAt),
      to: xOf(scale, stoppedAt ?? row.to),
      status,
    })),
  );
  const most = columns.reduce((highest, { count }) => Math.max(highest, count), 1);
  return columns.map(({ x, width, status, count }) => {
    const state = stateOfStatus(status);
    const high = 4 + (count / most) * (laneHeight - 10);
    const time = { from: timeAt(scale, x), to: timeAt(scale, x + width) };
    const hit = { ...time, text: `${count} batches at a time, the worst ${state}`, event: null };
    return { paint: paintOf(state), x, y: laneHeight - 3 - high, width, height: high, hit };
  });
}

function deniedCalls(row: WaterfallRow, scale: TimeScale): LaneDrawing {
  const isShown = isInside(scale);
  if (!isShown(row.from, row.to)) return nothing;
  const shown = row.denied.filter(([at]) => isShown(at, at));
  const xs = [...new Set(shown.map(([at]) => Math.round(xOf(scale, at))))];
  const [first, last] = [xOf(scale, row.from), xOf(scale, row.to)];
  const hit = { from: row.from, to: row.to, text: row.note ?? 'denied', event: null };
  return {
    boxes: [
      { paint: 'denied-line', x: first, y: 15, width: Math.max(1, last - first), height: 0, hit },
      ...xs.map((x): LaneBox => ({ paint: 'denied-dot', x: x - 1.5, y: 13.5, width: 3, height: 3, hit })),
    ],
    texts: [],
    signs: [...new Set([row.from, row.to].filter((at) => isShown(at, at)).map((at) => signAt(xOf(scale, at), scale)))],
  };
}

/** Pixels of half a sign. */
const halfSign = 6;

const signAt = (x: number, { width }: TimeScale): number => Math.min(width - halfSign, Math.max(halfSign, x));
