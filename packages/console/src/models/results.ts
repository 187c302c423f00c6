/** Results of a tenant's runs, as its workload reports them. */
export interface ResultModel {
  readonly tenant: string;
  readonly workload: string;
  /** False for a workload that reports no results, whatever runs. */
  readonly reports: boolean;
  /** Runs that have ended, the newest first. */
  readonly runs: readonly ResultRunModel[];
}

/** A run whose results can be asked for, as `result` with `{ run }`. */
export interface ResultRunModel {
  /** ARN of the execution of the entry. */
  readonly run: string;
  readonly wave: string;
  /** Milliseconds since the epoch: from then on there are results. */
  readonly endedAt: number;
}

export const resultsAt = (models: readonly ResultModel[], at: number): readonly ResultModel[] =>
  models.map((model) => ({ ...model, runs: model.runs.filter(({ endedAt }) => endedAt <= at) }));

/** The question for the results of a run. */
export interface ResultQuestion {
  readonly run: string;
}

/** Results of a run: the answer to `result`. */
export interface ResultContent {
  /** The most important of it, as a sentence without a full stop; null where the workload says none. */
  readonly finding: string | null;
  /** Sentences about the origin of the data. */
  readonly provenance: readonly string[];
  readonly tables: readonly TableModel[];
  readonly series: readonly SeriesModel[];
  readonly maps: readonly PointsModel[];
}

export interface TableModel {
  readonly title: string;
  readonly columns: readonly { readonly heading: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below it. */
  readonly notes: readonly string[];
  /** Rows before any were left out. */
  readonly total: number;
}

/** Values in an order. */
export interface SeriesModel {
  readonly title: string;
  readonly unit: string;
  readonly labels: readonly string[];
  /** Null where there is no number. */
  readonly values: readonly (number | null)[];
}

/** Values at places of the map, as columns. */
export interface PointsModel {
  readonly title: string;
  readonly unit: string;
  /** Place in `tables` of the table with the same things. */
  readonly table: number;
  readonly row: readonly number[];
  /** On the map of `map`. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly value: readonly number[];
  /** Points that have no place on Earth or no number. */
  readonly left: number;
}

/** Outline of the land: the answer to `map`. */
export interface MapModel {
  readonly width: number;
  readonly height: number;
  /** Data of SVG paths. */
  readonly sphere: string;
  readonly land: string;
}
