import type { HistoryRow } from '../../chart/interleaved.ts';

export interface HistoryFilter {
  /** Part of a type or of a state's name, in any case. */
  readonly text: string;
  /** ARN of the only execution; undefined for all. */
  readonly execution: string | undefined;
  readonly isOnlyFailures: boolean;
}

/** Rows that match; gaps between them only if nothing is filtered, because they are gaps of all events. */
export function filtered(
  rows: readonly HistoryRow[],
  { text, execution, isOnlyFailures }: HistoryFilter,
): readonly HistoryRow[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' && execution === undefined && !isOnlyFailures) return rows;
  // There are few types and few states: each of them is compared once.
  const known = new Map<string, boolean>();
  const matches = (word: string): boolean => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const isMatch = word.toLowerCase().includes(wanted);
    known.set(word, isMatch);
    return isMatch;
  };
  return rows.filter(
    (row) =>
      row.kind === 'event' &&
      (execution === undefined || row.execution.arn === execution) &&
      (!isOnlyFailures || isFailure(row.event.type)) &&
      (matches(row.event.type) || matches(row.state ?? '')),
  );
}

/** True for an event that says that something did not succeed. */
export const isFailure = (type: string): boolean => /(Failed|TimedOut|Aborted)$/.test(type);
