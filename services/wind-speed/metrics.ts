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
  /**
   * Objects that are missing in the results, in percent of all: those that could not be read, and those of batches that
   * were lost as a whole.
   */
  FailedShare: 'Percent',
} as const;
