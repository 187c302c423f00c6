/** States of batches and executions, the worst first: a merged column shows the first of those in it. */
const worstFirst = ['FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING', 'PENDING_REDRIVE', 'SUCCEEDED'];

const badness = (status: string): number => {
  const place = worstFirst.indexOf(status);
  // A state that nobody knows is worth a look.
  return place < 0 ? 0 : place;
};

/** A pixel column of a strip. */
export interface Column {
  readonly status: string;
  /** Milliseconds of the longest bar. */
  readonly duration: number;
  /** Bars in it. */
  readonly count: number;
}

/** Bars side by side in at most that many columns: of the bars in one, the worst state and the longest duration. */
export function columnsOf(
  bars: readonly { readonly status: string; readonly duration: number }[],
  most: number,
): readonly Column[] {
  const count = Math.min(bars.length, Math.max(1, Math.floor(most)));
  return Array.from({ length: count }, (_, column) => {
    const inside = bars.slice(
      Math.floor((column * bars.length) / count),
      Math.floor(((column + 1) * bars.length) / count),
    );
    return merged(inside);
  });
}

const merged = (bars: readonly { readonly status: string; readonly duration: number }[]): Column =>
  bars.reduce<Column>(
    (column, { status, duration }) => ({
      status: badness(status) < badness(column.status) ? status : column.status,
      duration: Math.max(column.duration, duration),
      count: column.count + 1,
    }),
    { status: bars[0]?.status ?? 'SUCCEEDED', duration: 0, count: 0 },
  );

/** A pixel column of a strip on a line of time. */
export interface TimeColumn extends Omit<Column, 'duration'> {
  readonly x: number;
  readonly width: number;
}

/** Pixels of a column. */
const columnWidth = 2;

/**
 * Columns of two pixels in which bars are: how many, and the worst state of them.
 * @param bars from and to in pixels
 */
export function columnsInTime(
  bars: readonly { readonly from: number; readonly to: number; readonly status: string }[],
): readonly TimeColumn[] {
  const spans = bars.map(({ from, to, status }) => {
    const first = Math.floor(from / columnWidth);
    return { first, last: Math.max(first, Math.ceil(to / columnWidth) - 1), status };
  });
  const size = spans.reduce((most, { last }) => Math.max(most, last), -1) + 2;
  // Of each status, by how much its count changes from a column to the next: a bar costs two steps, however long it is.
  const changes = new Map<string, Int32Array>();
  for (const { first, last, status } of spans) {
    const steps = changes.get(status) ?? new Int32Array(size);
    changes.set(status, steps);
    steps[first] = (steps[first] ?? 0) + 1;
    steps[last + 1] = (steps[last + 1] ?? 0) - 1;
  }
  const open = [...changes]
    .sort(([one], [other]) => badness(one) - badness(other))
    .map(([status, steps]) => ({ status, steps, count: 0 }));
  return Array.from({ length: Math.max(0, size - 1) }, (_, column): TimeColumn => {
    for (const each of open) each.count += each.steps[column] ?? 0;
    const count = open.reduce((sum, each) => sum + each.count, 0);
    const status = open.find((each) => each.count > 0)?.status ?? '';
    return { x: column * columnWidth, width: columnWidth, status, count };
  }).filter(({ count }) => count > 0);
}
