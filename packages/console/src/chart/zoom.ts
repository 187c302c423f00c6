import { idleWidth, type Segment, timeAt, type TimeScale, xOf } from './idle-collapse.ts';

/** A part of a scale that fills the width of the whole one. */
export interface Zoom {
  /** How much wider the busy time is than on the whole scale; at least 1. */
  readonly factor: number;
  /** Pixel of the widened scale at the left edge. */
  readonly offset: number;
}

/** Milliseconds since the epoch. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds of busy time that fill the width at the highest zoom. */
const shortest = 10;

/** All of a scale. */
export const whole: Zoom = { factor: 1, offset: 0 };

/** The scale with more room: busy time in proportion, collapsed time until it has the usual width of a gap. */
export function widened({ segments }: TimeScale, factor: number): TimeScale {
  let x = 0;
  const wider = segments.map((segment): Segment => {
    const width = segment.isIdle
      ? Math.max(segment.width, Math.min(idleWidth, segment.width * factor))
      : segment.width * factor;
    const at = x;
    x += width;
    return { ...segment, x: at, width };
  });
  return { segments: wider, width: x };
}

/** The part of a scale that a zoom shows, as a scale of the same width. */
export function zoomed(scale: TimeScale, zoom: Zoom): TimeScale {
  if (zoom.factor === 1) return scale;
  const wide = widened(scale, zoom.factor);
  const { offset } = zoom;
  const end = offset + scale.width;
  const segments = wide.segments.flatMap((segment): readonly Segment[] => {
    const [left, right] = [Math.max(offset, segment.x), Math.min(end, segment.x + segment.width)];
    if (right <= left) return [];
    const part = { segments: [segment], width: segment.width };
    const clipped = { from: timeAt(part, left), to: timeAt(part, right) };
    return [{ ...segment, ...clipped, x: left - offset, width: right - left }];
  });
  return { segments, width: scale.width };
}

/** Highest factor of a scale. */
export function mostZoom({ segments, width }: TimeScale): number {
  const busy = segments.filter(({ isIdle }) => !isIdle);
  const pixels = busy.reduce((sum, segment) => sum + segment.width, 0);
  const time = busy.reduce((sum, { from, to }) => sum + to - from, 0);
  return pixels > 0 ? Math.max(1, (width * time) / (pixels * shortest)) : 1;
}

/** The nearest zoom that stays within the scale. */
function bounded(scale: TimeScale, factor: number, offsetOf: (wide: TimeScale) => number): Zoom {
  const inside = Math.min(mostZoom(scale), Math.max(1, factor));
  const wide = widened(scale, inside);
  const most = Math.max(0, wide.width - scale.width);
  return { factor: inside, offset: Math.min(most, Math.max(0, offsetOf(wide))) };
}

/**
 * Zoom by a factor. The time under a pixel stays there, unless the scale would end inside its width.
 * @param x pixel from the left edge
 */
export function zoomedBy(scale: TimeScale, zoom: Zoom, by: number, x: number): Zoom {
  const time = timeAt(zoomed(scale, zoom), x);
  return bounded(scale, zoom.factor * by, (wide) => xOf(wide, time) - x);
}

/** Zoom moved to the right by so many pixels, as far as the scale goes. */
export const panned = (scale: TimeScale, { factor, offset }: Zoom, pixels: number): Zoom =>
  bounded(scale, factor, () => offset + pixels);

/** The time that a zoom shows; undefined for all of it. */
export function windowOf(scale: TimeScale, zoom: Zoom): TimeWindow | undefined {
  if (zoom.factor === 1) return undefined;
  const { segments } = zoomed(scale, zoom);
  return { from: segments[0]?.from ?? 0, to: segments.at(-1)?.to ?? 0 };
}

/** The zoom that shows a part of the time, and more around it where it is shorter than the highest zoom or only idle. */
export function zoomTo(scale: TimeScale, { from, to }: TimeWindow): Zoom {
  const [left, right] = [xOf(scale, from), xOf(scale, to)];
  if (right <= left) return whole;
  const idle = scale.segments.filter(({ isIdle }) => isIdle);
  const inGaps = idle.reduce(
    (sum, { x, width }) => sum + Math.max(0, Math.min(right, x + width) - Math.max(left, x)),
    0,
  );
  const gap = idle[0]?.width ?? idleWidth;
  // Up to this factor collapsed time grows, too.
  const growing = gap > 0 ? idleWidth / gap : 1;
  const together = scale.width / (right - left);
  const busy = right - left - inGaps;
  const apart = (scale.width - inGaps * growing) / busy;
  const factor = together <= growing ? together : Number.isFinite(apart) ? Math.max(growing, apart) : growing;
  return bounded(scale, factor, (wide) => {
    const [first, last] = [xOf(wide, from), xOf(wide, to)];
    return first + (last - first - scale.width) / 2;
  });
}
