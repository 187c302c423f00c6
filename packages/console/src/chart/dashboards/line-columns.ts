import { timeOfPlace, type WidgetAnswer, type WidgetLine } from '../../models/metric-answers.ts';

/** A value, null where a period has none, undefined where a line has no period that begins then. */
export type Cell = number | null | undefined;

/** Lines on common times, in the form that uPlot draws. */
export interface LineColumns {
  /** Seconds since the epoch, ascending. */
  readonly times: readonly number[];
  /** One for each line. */
  readonly columns: readonly (readonly Cell[])[];
}

/**
 * Puts the lines of an answer on common times. A period without a value between two others is null, so that the line has a
 * gap and no zero; times at which only other lines have a period are undefined, so that they make no gap.
 */
export function lineColumns({ from, lines }: Pick<WidgetAnswer, 'from' | 'lines'>): LineColumns {
  const cells = lines.map((line) => cellsOf(from, line));
  const times = [...new Set(cells.flatMap((each) => [...each.keys()]))].sort((one, other) => one - other);
  return { times, columns: cells.map((each) => times.map((time) => each.get(time))) };
}

function cellsOf(from: number, line: WidgetLine): ReadonlyMap<number, number | null> {
  const cells = new Map<number, number | null>();
  for (const [index, place] of line.places.entries()) {
    const before = line.places[index - 1];
    if (before !== undefined && before + 1 < place) cells.set(timeOfPlace(from, line, before + 1) / 1_000, null);
    cells.set(timeOfPlace(from, line, place) / 1_000, line.values[index] ?? null);
  }
  return cells;
}

/** The same with each line on top of those before it, at the times at which it has a value. */
export function stacked({ times, columns }: LineColumns): LineColumns {
  const tops = times.map(() => 0);
  return {
    times,
    columns: columns.map((column) =>
      column.map((cell, place) => {
        if (typeof cell !== 'number') return cell;
        return (tops[place] = (tops[place] ?? 0) + cell);
      }),
    ),
  };
}
