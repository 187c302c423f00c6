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

/**
 * Scale in which long gaps between cut points are short.
 * @param cuts times at which something happens, milliseconds
 * @param width pixels to fill
 */
export function collapseIdle(
  { from, to, cuts }: { readonly from: number; readonly to: number; readonly cuts: readonly number[] },
  width: number,
): TimeScale {
  const inside = cuts.filter((cut) => cut > from && cut < to);
  const points = [...new Set([from, ...inside, to])].sort((one, other) => one - other);
  const pieces = points.slice(1).map((end, index) => ({ from: points[index] ?? from, to: end }));
  const gaps = gapsIn(pieces, to - from);
  const idle = new Set(gaps);
  const parts = joined(pieces, idle);
  const busyTime = parts.reduce((sum, part) => (idle.has(part) ? sum : sum + (part.to - part.from)), 0);
  const isBusy = busyTime > shortestBusy || gaps.length === 0;
  const room = Math.max(0, isBusy ? width - narrowestBusy : width) / Math.max(1, gaps.length);
  const widthOfGap = isBusy ? Math.min(idleWidth, room) : room;
  const busy = width - gaps.length * widthOfGap;
  let x = 0;
  const segments = parts.map((piece): Segment => {
    const isIdle = idle.has(piece);
    const share = busyTime > 0 ? (piece.to - piece.from) / busyTime : 0;
    const segment = { ...piece, x, width: isIdle ? widthOfGap : share * busy, isIdle };
    x += segment.width;
    return segment;
  });
  return segments.length > 0
    ? { segments, width: x }
    : { segments: [{ from, to, x: 0, width: busy, isIdle: false }], width: busy };
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

function gapsIn(pieces: readonly Piece[], all: number): readonly Piece[] {
  const length = (piece: Piece): number => piece.to - piece.from;
  const long = pieces.filter((piece) => length(piece) > shortestGap);
  const busy = all - long.reduce((sum, piece) => sum + length(piece), 0);
  return long
    .filter((piece) => length(piece) > busy * shareOfBusy)
    .sort((one, other) => length(other) - length(one))
    .slice(0, mostGaps);
}

/** Pieces with neighbors joined that are no gaps. */
function joined(pieces: readonly Piece[], idle: ReadonlySet<Piece>): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && !idle.has(last) && !idle.has(piece)) result[result.length - 1] = { from: last.from, to: piece.to };
    else result.push(piece);
  }
  return result;
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
