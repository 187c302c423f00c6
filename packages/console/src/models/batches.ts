import { remembered } from './remembered.ts';

/** Batches of a Map Run in columns, in the order of their starts. */
export interface BatchColumns {
  /** ARN of the execution that the Map Run is a part of. */
  readonly execution: string;
  readonly mapRunArn: string;
  /** Name of the Map state. */
  readonly state: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly status: string;
  /** Share of failed items that the Map Run tolerates, 0 to 100; null where it says none or a count. */
  readonly toleratedPercent: number | null;
  /** Highest number of batches at a time that the definition allows; null for no limit. */
  readonly maxConcurrency: number | null;
  readonly statuses: readonly string[];
  readonly errors: readonly string[];
  /** Place of a batch in the Map Run, from 0. */
  readonly index: readonly number[];
  /** Milliseconds since `startedAt`. */
  readonly start: readonly number[];
  /** Milliseconds; -1 while it runs. */
  readonly duration: readonly number[];
  /** Place in `statuses`. */
  readonly batchStatus: readonly number[];
  /** Place in `errors`; -1 for none. */
  readonly error: readonly number[];
  readonly items: readonly number[];
  readonly attempts: readonly number[];
  /** Batches of the Map Run, also those that were left out. */
  readonly total: number;
  /** Names of the child executions; empty where they were left out. */
  readonly names: readonly string[];
}

/** A batch before it is put into columns: its start is milliseconds since that of the Map Run. */
export interface BatchEntry {
  readonly index: number;
  readonly start: number;
  /** -1 while it runs. */
  readonly duration: number;
  readonly status: string;
  readonly error: string | null;
  readonly items: number;
  readonly attempts: number;
  readonly name: string | null;
}

/** Puts batches into columns in the order of their starts. */
export function columnsOfBatches(
  head: Pick<
    BatchColumns,
    | 'execution'
    | 'mapRunArn'
    | 'state'
    | 'startedAt'
    | 'stoppedAt'
    | 'status'
    | 'toleratedPercent'
    | 'maxConcurrency'
    | 'total'
  >,
  entries: readonly BatchEntry[],
): BatchColumns {
  const batches = [...entries].sort((one, other) => one.start - other.start || one.index - other.index);
  const statuses = [...new Set(batches.map(({ status }) => status))];
  const errors = [...new Set(batches.flatMap(({ error }) => error ?? []))];
  const statusPlaces = new Map(statuses.map((status, place) => [status, place]));
  const errorPlaces = new Map(errors.map((error, place) => [error, place]));
  return {
    ...head,
    statuses,
    errors,
    index: batches.map(({ index }) => index),
    start: batches.map(({ start }) => start),
    duration: batches.map(({ duration }) => duration),
    batchStatus: batches.map(({ status }) => statusPlaces.get(status) ?? 0),
    error: batches.map(({ error }) => (error === null ? -1 : (errorPlaces.get(error) ?? -1))),
    items: batches.map(({ items }) => items),
    attempts: batches.map(({ attempts }) => attempts),
    names: batches.flatMap(({ name }) => name ?? []),
  };
}

/** A batch of the columns. */
export interface BatchRow {
  readonly index: number;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly status: string;
  readonly error: string | null;
  readonly items: number;
  readonly attempts: number;
  readonly name: string | null;
}

/** Batches of the columns, made once for each of them. */
export const batchRows = remembered((columns: BatchColumns): readonly BatchRow[] =>
  columns.index.map((index, at) => {
    const startedAt = columns.startedAt + (columns.start[at] ?? 0);
    const duration = columns.duration[at] ?? -1;
    return {
      index,
      startedAt,
      stoppedAt: duration < 0 ? null : startedAt + duration,
      status: columns.statuses[columns.batchStatus[at] ?? -1] ?? 'RUNNING',
      error: columns.errors[columns.error[at] ?? -1] ?? null,
      items: columns.items[at] ?? 0,
      attempts: columns.attempts[at] ?? 1,
      name: columns.names[at] ?? null,
    };
  }),
);

/** Columns with the batches at those places only. */
export function batchesWith(columns: BatchColumns, places: readonly number[]): BatchColumns {
  const kept = <Item>(column: readonly Item[]): readonly Item[] => places.flatMap((place) => column[place] ?? []);
  return {
    ...columns,
    index: kept(columns.index),
    start: kept(columns.start),
    duration: kept(columns.duration),
    batchStatus: kept(columns.batchStatus),
    error: kept(columns.error),
    items: kept(columns.items),
    attempts: kept(columns.attempts),
    names: kept(columns.names),
  };
}
