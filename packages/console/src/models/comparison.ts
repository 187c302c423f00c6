/** A recorded event, as a page asks to compare it. */
export interface ComparedEvent {
  readonly id: number;
  /** Id of the event that led to it; 0 for none. */
  readonly previous: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Question of kind `import-comparison`: an imported execution whose definition is known. */
export interface ComparisonQuestion {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** Amazon States Language. */
  readonly definition: unknown;
  readonly events: readonly ComparedEvent[];
}

/** Question of kind `import-graph`; its answer is a `GraphModel`. */
export interface ImportGraphQuestion {
  readonly stateMachineArn: string;
  readonly definition: unknown;
}

/** Comparison of a recording with what the sandbox does with the same input and the recorded results of tasks. */
export interface ComparisonModel {
  /** Events that are the same in both. */
  readonly same: number;
  readonly total: number;
  /** The first event that differs; null for none. */
  readonly difference: DifferenceModel | null;
  /** Sentences: where the comparison had to stop and why, and what may differ by chance. */
  readonly limits: readonly string[];
}

export interface DifferenceModel {
  /** Id of the recorded event; null where the recording has ended and the sandbox goes on. */
  readonly event: number | null;
  /** Field that differs, for example `output` or `type`. */
  readonly field: string;
  /** Texts; null where there is none. */
  readonly recorded: string | null;
  readonly sandbox: string | null;
}
