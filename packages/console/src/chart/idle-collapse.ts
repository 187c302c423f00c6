/** A part of a scale: milliseconds `from` to `to` are drawn from pixel `x` to `x + width`. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly width: number;
  /** True for time in which nothing happens, drawn with a fixed width. */
  readonly isIdle: boolean;
}

/** A piecewise linear scale of time: segments without gaps between them, in their order; at least one. */
export interface TimeScale {
  readonly segments: readonly Segment[];
  /** Pixels. */
  readonly width: number;
}

/** Pixels of a gap at most: many of them share what the rest leaves. */
export const idleWidth = 140;

/** A gap is longer than this, in milliseconds, and than this share of the time that is not a gap. */
const shortestGap = 10_000;
const shareOfBusy = 0.05;

const mostGaps = 24;

/** Times are a timer's if they are equally far from each other, to that many milliseconds. */
const sameDistance = 1_000;

/** Milliseconds of all time that is not a gap: less of it is none. */
const shortestBusy = 0.001;

/** Pixels at least for the time in which something happens, where there are as many. */
const narrowestBusy = 240;

/** Times with runs of equal distances reduced to their ends: polling is not what happens. */
export function ends(times: readonly number[]): readonly number[] {
  const sorted = [...new Set(times)].sort((one, other) => one - other);
  return sorted.filter((time, index) => {
    const [before, after] = [sorted[index - 1], sorted[index + 1]];
    if (before === undefined || after === undefined) return true;
    return Math.abs(after - time - (time - before)) > sameDistance || after - time <= sameDistance;
  });
}

/** Time as it is before anybody says how wide it is: pieces without gaps between them, in their order. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Pieces in which nothing happens for long. */
  readonly gaps: number;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly isIdle: boolean;
}

/**
 * Scale in which long gaps between cut points are short.
 * @param cuts times at which something happens, milliseconds
 * @param width pixels to fill
 */
export const collapseIdle = (time: CutTime, width: number): TimeScale => scaleOf(idlePieces(time), width);

export interface CutTime {
  readonly from: number;
  readonly to: number;
  readonly cuts: readonly number[];
}

/** Pieces of time with neighbors joined that are no gaps. */
export function idlePieces({ from, to, cuts }: CutTime): Pieces {
  // Numbers alone: 25,000 cuts as objects take ten times as long.
  const points = Float64Array.from([from, ...cuts.filter((cut) => cut > from && cut < to), to]).sort();
  const gaps = gapsIn(points, to - from);
  const pieces: Piece[] = [];
  let end = from;
  for (const gap of gaps) {
    if (gap.from > end) pieces.push({ from: end, to: gap.from, isIdle: false });
    pieces.push(gap);
    end = gap.to;
  }
  if (end < to || pieces.length === 0) pieces.push({ from: end, to, isIdle: false });
  return { pieces, gaps: gaps.length };
}

/** Scale of that many pixels: gaps have a fixed width, the rest is divided by time. */
export function scaleOf({ pieces, gaps }: Pieces, width: number): TimeScale {
  const busyTime = pieces.reduce((sum, piece) => (piece.isIdle ? sum : sum + (piece.to - piece.from)), 0);
  const isBusy = busyTime > shortestBusy || gaps === 0;
  const room = Math.max(0, isBusy ? width - narrowestBusy : width) / Math.max(1, gaps);
  const widthOfGap = isBusy ? Math.min(idleWidth, room) : room;
  const busy = width - gaps * widthOfGap;
  let x = 0;
  const segments = pieces.map((piece): Segment => {
    const share = busyTime > 0 ? (piece.to - piece.from) / busyTime : 1;
    const segment = { ...piece, x, width: piece.isIdle ? widthOfGap : share * busy };
    x += segment.width;
    return segment;
  });
  return { segments, width: x };
}

/** The longest gaps between points, in the order of time. */
function gapsIn(points: Float64Array, all: number): readonly Piece[] {
  const long: Piece[] = [];
  for (let at = 1; at < points.length; at += 1) {
    const [from = 0, to = 0] = [points[at - 1], points[at]];
    if (to - from > shortestGap) long.push({ from, to, isIdle: true });
  }
  const length = ({ from, to }: Piece): number => to - from;
  const busy = all - long.reduce((sum, piece) => sum + length(piece), 0);
  return long
    .filter((piece) => length(piece) > busy * shareOfBusy)
    .sort((one, other) => length(other) - length(one))
    .slice(0, mostGaps)
    .sort((one, other) => one.from - other.from);
}

/** Pixel of a time; outside of the scale that of its nearest end. */
export function xOf({ segments }: TimeScale, time: number): number {
  const segment = firstWith(segments, ({ to }) => time <= to);
  if (!segment) return 0;
  const length = segment.to - segment.from;
  const share = length > 0 ? (time - segment.from) / length : 0;
  return segment.x + Math.min(1, Math.max(0, share)) * segment.width;
}

/** Time of a pixel: the inverse of `xOf`. */
export function timeAt({ segments }: TimeScale, x: number): number {
  const segment = firstWith(segments, (each) => x <= each.x + each.width);
  if (!segment) return 0;
  const share = segment.width > 0 ? (x - segment.x) / segment.width : 0;
  return segment.from + Math.min(1, Math.max(0, share)) * (segment.to - segment.from);
}

/** The first segment that reaches so far, else the last one; found by halves, because each span of a row asks twice. */
function firstWith(segments: readonly Segment[], reaches: (segment: Segment) => boolean): Segment | undefined {
  let [first, last] = [0, segments.length - 1];
  while (first < last) {
    const middle = (first + last) >> 1;
    const segment = segments[middle];
    if (segment && reaches(segment)) last = middle;
    else first = middle + 1;
  }
  return segments[first];
}
