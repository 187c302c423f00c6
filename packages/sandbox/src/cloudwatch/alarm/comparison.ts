/** How a value is compared with the threshold, and how reasons say so (API_PutMetricAlarm). */
export interface Comparison {
  readonly words: string;
  readonly breaches: (value: number, threshold: number) => boolean;
}

/** The operators that compare with one threshold; those for bands need anomaly detection, which the sandbox has not. */
export const comparisons = {
  GreaterThanOrEqualToThreshold: {
    words: 'greater than or equal to the threshold',
    breaches: (value, threshold) => value >= threshold,
  },
  GreaterThanThreshold: { words: 'greater than the threshold', breaches: (value, threshold) => value > threshold },
  LessThanThreshold: { words: 'less than the threshold', breaches: (value, threshold) => value < threshold },
  LessThanOrEqualToThreshold: {
    words: 'less than or equal to the threshold',
    breaches: (value, threshold) => value <= threshold,
  },
} as const satisfies Readonly<Record<string, Comparison>>;

export type ComparisonOperator = keyof typeof comparisons;
export const comparisonOperators = Object.keys(comparisons) as readonly ComparisonOperator[];
