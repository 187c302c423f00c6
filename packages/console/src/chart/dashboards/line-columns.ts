import { timeOfPlace, type WidgetAnswer, type WidgetLine } from '../../models/metric-answers.ts';

/** A value, null where a period has none, undefined where a line has no period that begins then. */
export type Cell = number | null | undefined;

/** Lines on common times. */
export interface LineColumns {
  /** Seconds since the epoch, ascending. */
  readonly times: readonly number[];
  /** One for each line. */
  readonly columns: readonly (readonly Cell[])[];
  /** The lower ends of stacked values; undefined if lines are not stacked. */
  readonly bases?: readonly (readonly Cell[])[];
}

/**
 * Puts the lines of an answer on common times. A period without a value between two others is null, so that the line has a
 * gap and no zero; times at which only other lines have a period are undefined, so that they make no gap.
 */
export function lineColumns({ from, lines }: Pick<WidgetAnswer, 'from' | 'lines'>): LineColumns {
  const own = lines.map((line) => cellsOf(from, line));
  const times = [...new Set(own.flatMap((line) => line.times))].sort((one, other) => one - other);
  const columns = own.map((line) => {
    let next = 0;
    return times.map((time) => {
      if (line.times[next] !== time) return undefined;
      next += 1;
      return line.cells[next - 1];
    });
  });
  return { times, columns };
}

/** Cells of a line with the starts of their periods, ascending. */
function cellsOf(from: number, line: WidgetLine) {
  const times: number[] = [];
  const cells: (number | null)[] = [];
  let after = Infinity;
  for (const [index, place] of line.places.entries()) {
    if (place > after) {
      times.push(timeOfPlace(from, line, after) / 1_000);
      cells.push(null);
    }
    times.push(timeOfPlace(from, line, place) / 1_000);
    cells.push(line.values[index] ?? null);
    after = place + 1;
  }
  return { times, cells };
}

/** The same with each line on top of those before it, at the times at which it has a value. */
export function stacked({ times, columns }: LineColumns): LineColumns {
  const tops = times.map(() => 0);
  const bases = columns.map((column) =>
    column.map((cell, place) => {
      if (typeof cell !== 'number') return cell;
      const base = tops[place] ?? 0;
      tops[place] = base + cell;
      return base;
    }),
  );
  const sums = columns.map((column, line) =>
    column.map((cell, place) => (typeof cell === 'number' ? cell + (bases[line]?.[place] ?? 0) : cell)),
  );
  return { times, columns: sums, bases };
}
