/** Metrics of a batch, summed over the batches of a run. */
export const batchMetrics = {
  /** Objects that were looked at. */
  Objects: 'Count',
  /** Objects that could not be read; the Map tolerates `toleratedFailurePercentage` of them. */
  FailedObjects: 'Count',
  /** Objects that the fast parser took, in percent of those that could be read. */
  FastPathShare: 'Percent',
  Bytes: 'Bytes',
  BatchDuration: 'Milliseconds',
} as const;

/** Metrics of a run. */
export const runMetrics = {
  /** Runs that found no object at all. */
  EmptyRuns: 'Count',
} as const;
