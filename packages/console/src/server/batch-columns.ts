import type { BatchColumns } from '../models/batches.ts';
import type { SourceBatch, SourceMapRun } from './source.ts';

/** Batches of a Map Run in columns, in the order of their starts. */
export function batchColumns(executionArn: string, mapRun: SourceMapRun): BatchColumns {
  const batches = mapRun.batches
    .map((batch) => ({ ...batch, start: startOf(batch), last: batch.attempts.at(-1) }))
    .sort((one, other) => one.start - other.start || one.index - other.index);
  const statuses = [...new Set(batches.map(({ last }) => last?.status ?? 'RUNNING'))];
  const errors = [...new Set(batches.flatMap(({ last }) => last?.error ?? []))];
  return {
    execution: executionArn,
    mapRunArn: mapRun.mapRunArn,
    state: mapRun.state,
    startedAt: mapRun.startDate,
    stoppedAt: mapRun.stopDate ?? null,
    status: mapRun.status,
    toleratedPercent: mapRun.toleratedFailurePercentage ?? null,
    maxConcurrency: mapRun.maxConcurrency ?? null,
    statuses,
    errors,
    index: batches.map(({ index }) => index),
    start: batches.map(({ start }) => start - mapRun.startDate),
    duration: batches.map(({ start, last }) => (last?.endedAt === undefined ? -1 : last.endedAt - start)),
    batchStatus: batches.map(({ last }) => statuses.indexOf(last?.status ?? 'RUNNING')),
    error: batches.map(({ last }) => (last?.error === undefined ? -1 : errors.indexOf(last.error))),
    items: batches.map(({ items }) => items),
    attempts: batches.map(({ attempts }) => attempts.length),
    total: batches.length,
    names: batches.map(({ executionArn: arn }) => arn.split(':').at(-1) ?? arn),
  };
}

const startOf = ({ attempts }: SourceBatch): number => attempts[0]?.startedAt ?? 0;
