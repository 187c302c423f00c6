import { ends, idlePieces, type Pieces, scaleOf, type TimeScale } from './idle-collapse.ts';
import type { WaterfallRow } from './waterfall-rows.ts';

/** Scale of a waterfall, idle time collapsed. */
export const waterfallScale = (rows: readonly WaterfallRow[], now: number, width: number): TimeScale =>
  scaleOf(waterfallTime(rows, now), width);

/** Time of a waterfall, idle time apart: the same for any width. */
export function waterfallTime(rows: readonly WaterfallRow[], now: number): Pieces {
  const [first] = rows;
  const from = first?.from ?? 0;
  const to = rows.reduce((last, row) => Math.max(last, row.to), first ? Math.min(first.to, now) : 0);
  return idlePieces({ from, to: Math.max(to, from + 1), cuts: rows.flatMap(cutsOf) });
}

const cutsOf = (row: WaterfallRow): readonly number[] => [
  row.from,
  row.to,
  ...row.spans.flatMap((span) => [span.from, span.to]),
  ...ends(row.batches.flatMap(({ startedAt, stoppedAt }) => [startedAt, stoppedAt ?? startedAt])),
  ...(row.areAllDenied ? ends(row.denied.map(([at]) => at)) : []),
];

/** A mark of the axis. */
export interface Tick {
  readonly x: number;
  /** Milliseconds since the start. */
  readonly after: number;
}

/** Pixels of a label: it must not run into collapsed time. */
const roomOfLabel = 48;

/**
 * Marks of the axis at round distances, none in collapsed time and none closer than that many pixels.
 * @param start time from which `after` counts, milliseconds
 */
export function ticksOf({ segments }: TimeScale, start = segments[0]?.from ?? 0, closest = 72): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const { from, to, x, width, isIdle } of segments) {
    if (isIdle || width < closest || to <= from) continue;
    const step = roundStep(((to - from) / width) * closest);
    for (let after = Math.ceil((from - start) / step) * step; start + after < to; after += step) {
      const at = x + ((start + after - from) / (to - from)) * width;
      const hasRoom = at + roomOfLabel <= x + width && at - (ticks.at(-1)?.x ?? -Infinity) >= closest;
      if (hasRoom) ticks.push({ x: at, after });
    }
  }
  return ticks;
}

/** Steps of an axis in milliseconds: 1, 2 and 5 of seconds and below, then those of clocks. */
function roundStep(least: number): number {
  const second = 1_000;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400];
  if (least >= second)
    return (steps.find((each) => each * second >= least) ?? Math.ceil(least / 86_400_000) * 86_400) * second;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least) ?? second;
}
