/** What differs between two deployments of the workload; `config/` validates it, the stage hands it over. */
export interface WindSpeedSettings {
  /** Objects per batch. */
  readonly batchSize: number;
  /** Batches that run at the same time. */
  readonly maxConcurrency: number;
  /** Share of objects that may fail before the run does, 0 to 100. */
  readonly toleratedFailurePercentage: number;
  /** Memory of the function that reads a batch. */
  readonly memoryMegabytes: number;
  /** Years that the import workflow copies. */
  readonly years: readonly number[];
  readonly logRetentionDays: 7 | 30 | 90 | 365;
  /** Days until the partial results of a run are deleted. */
  readonly partialRetentionDays: number;
}
