/** Aggregation of the values of a period, or of the values of a line. */
export type Aggregation = 'AVG' | 'COUNT' | 'MAX' | 'MIN' | 'SUM';

/** Condition on a dimension, or on the account of a metric. */
export interface Filter {
  readonly label: string;
  readonly value: string;
  readonly equal: boolean;
}

/** Order of the lines of an answer. */
export interface Order {
  readonly by: Aggregation;
  readonly descending: boolean;
}

/** A Metrics Insights query (CloudWatch User Guide, "Metrics Insights query components and syntax"). */
export interface InsightsQuery {
  readonly aggregation: Aggregation;
  readonly metric: string;
  readonly namespace: string;
  /**
   * The exact dimensions of metrics that match.
   *
   * @default - any dimensions
   */
  readonly schema?: readonly string[];
  /** All of them must hold. */
  readonly filters: readonly Filter[];
  /** Labels that lines are grouped by; one line for all without any. */
  readonly groupBy: readonly string[];
  /** @default - that of the first value */
  readonly order?: Order;
  readonly limit: number;
}

/** Label of the account that a metric belongs to. */
export const accountLabel = 'AWS.AccountId';

/** Lines that a query answers at most, and metrics that it goes through ("Metrics Insights quotas"). */
export const mostLines = 500;
export const mostMetrics = 10_000;

/** True for a text that is a query and no metric math. */
export const isInsights = (text: string): boolean => /^\s*SELECT\b/i.test(text);
