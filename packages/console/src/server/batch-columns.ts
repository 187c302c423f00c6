import { type BatchColumns, type BatchEntry, columnsOfBatches } from '../models/batches.ts';
import type { SourceBatch, SourceMapRun } from './source.ts';

/** Batches of a Map Run in columns, in the order of their starts. */
export function batchColumns(executionArn: string, mapRun: SourceMapRun): BatchColumns {
  return columnsOfBatches(
    {
      execution: executionArn,
      mapRunArn: mapRun.mapRunArn,
      state: mapRun.state,
      startedAt: mapRun.startDate,
      stoppedAt: mapRun.stopDate ?? null,
      status: mapRun.status,
      toleratedPercent: mapRun.toleratedFailurePercentage ?? null,
      maxConcurrency: mapRun.maxConcurrency ?? null,
      total: mapRun.batches.length,
    },
    mapRun.batches.map((batch) => entryOf(batch, mapRun.startDate)),
  );
}

function entryOf({ index, executionArn, items, attempts }: SourceBatch, mapRunStart: number): BatchEntry {
  const start = attempts[0]?.startedAt ?? 0;
  const last = attempts.at(-1);
  return {
    index,
    start: start - mapRunStart,
    duration: last?.endedAt === undefined ? -1 : last.endedAt - start,
    status: last?.status ?? 'RUNNING',
    error: last?.error ?? null,
    items,
    attempts: attempts.length,
    name: executionArn.split(':').at(-1) ?? executionArn,
  };
}
