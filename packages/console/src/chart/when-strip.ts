/** A column of a strip: how many decisions are in it. */
export interface WhenColumn {
  /** Pixels from the left. */
  readonly x: number;
  readonly times: number;
}

/** Pixels of a column. */
export const whenColumnWidth = 2;

/**
 * The part of a strip in which the decisions are that were not kept by second: the longest gap between two seconds that were.
 * @param times decisions in all
 * @returns pixels from the left; undefined if every second was kept
 */
export function unkeptGap(
  seconds: readonly (readonly [at: number, times: number])[],
  times: number,
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): readonly [left: number, right: number] | undefined {
  if (times <= seconds.reduce((sum, [, count]) => sum + count, 0) || to <= from) return undefined;
  const gaps = seconds.slice(1).map(([at], index) => [seconds[index]?.[0] ?? at, at] as const);
  const [longest] = [...gaps].sort(([a, b], [c, d]) => d - c - (b - a));
  const pixel = (at: number): number => (width * (at - from)) / (to - from);
  return longest && [pixel(longest[0]), pixel(longest[1])];
}

/**
 * Decisions by second as columns on a line of time.
 * @param width pixels from `from` to `to`
 */
export function whenColumns(
  seconds: readonly (readonly [at: number, times: number])[],
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): readonly WhenColumn[] {
  const last = Math.max(0, Math.floor(width / whenColumnWidth) - 1);
  const counts = new Map<number, number>();
  for (const [at, times] of seconds) {
    const share = to > from ? (at - from) / (to - from) : 0;
    const column = Math.round(Math.min(1, Math.max(0, share)) * last);
    counts.set(column, (counts.get(column) ?? 0) + times);
  }
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([column, times]) => ({ x: column * whenColumnWidth, times }));
}
