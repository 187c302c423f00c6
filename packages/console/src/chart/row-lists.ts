import { grouped } from '../models/grouped.ts';
import type { WaterfallRow } from './waterfall-rows.ts';

/** The rows that are not below a folded one. */
export function visibleRows(rows: readonly WaterfallRow[], folded: ReadonlySet<string>): readonly WaterfallRow[] {
  if (folded.size === 0) return rows;
  let below = Infinity;
  return rows.filter((row) => {
    if (row.depth > below) return false;
    below = folded.has(row.key) ? row.depth : Infinity;
    return true;
  });
}

/** Place of the row that a row is below; -1 for the first one. */
export function placeAbove(rows: readonly WaterfallRow[], place: number): number {
  const depth = rows[place]?.depth ?? 0;
  for (let above = place - 1; above >= 0; above -= 1) if ((rows[above]?.depth ?? 0) < depth) return above;
  return -1;
}

/** Rows of states by the ARN of their execution. */
export const rowsByExecution = (rows: readonly WaterfallRow[]): ReadonlyMap<string, readonly WaterfallRow[]> =>
  grouped(
    rows.filter(({ kind }) => kind === 'state'),
    ({ execution }) => execution,
  );
