import type { BatchColumns } from '../batches.ts';
import type { ChangedBatch, MapRunHead } from './patch.ts';

/** Batches of columns as tuples. */
export const batchTuples = (columns: BatchColumns): readonly ChangedBatch[] =>
  columns.index.map((index, place) => [
    index,
    columns.start[place] ?? 0,
    columns.duration[place] ?? -1,
    columns.statuses[columns.batchStatus[place] ?? -1] ?? 'RUNNING',
    columns.errors[columns.error[place] ?? -1] ?? null,
    columns.items[place] ?? 0,
    columns.attempts[place] ?? 1,
    columns.names[place] ?? null,
  ]);

/** A Map Run without its batches. */
export function headOf(columns: BatchColumns): MapRunHead {
  const { execution, mapRunArn, state, startedAt, stoppedAt, status, toleratedPercent, maxConcurrency, total } =
    columns;
  return { execution, mapRunArn, state, startedAt, stoppedAt, status, toleratedPercent, maxConcurrency, total };
}
