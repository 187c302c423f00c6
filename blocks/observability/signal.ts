import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Severity } from './observability-names.ts';

/**
 * Meaning of missing data: `fine` for a metric that is silent while all is well, `unknown` for one that always reports.
 */
export type MissingData = 'fine' | 'unknown';

/** Something worth watching, as data: the monitoring stage turns it into a graph and an alarm. */
export interface Signal {
  /** Unique among the signals of an account; becomes part of the alarm's name. */
  readonly id: string;
  /** Sentence about what happened, for the person who reads the alarm first. */
  readonly title: string;
  /** With account and region, because it is watched from another account. */
  readonly metric: IMetric;
  /** The alarm fires at this value and above. */
  readonly threshold: number;
  /** Periods in a row at the threshold before the alarm fires. */
  readonly periods: number;
  readonly missingData: MissingData;
  readonly severity: Severity;
  /** File name without the extension: in docs/runbooks, for a workload's own signal in its folder `runbooks`. */
  readonly runbook: string;
}
