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
  return rows.filter(
    (row) =>
      row.kind === 'event' &&
      (execution === undefined || row.execution.arn === execution) &&
      (!isOnlyFailures || isFailure(row.event.type)) &&
      (row.event.type.toLowerCase().includes(wanted) || (row.state ?? '').toLowerCase().includes(wanted)),
  );
}

/** True for an event that says that something did not succeed. */
export const isFailure = (type: string): boolean => /(Failed|TimedOut|Aborted)$/.test(type);
