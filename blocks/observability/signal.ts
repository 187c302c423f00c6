import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Severity } from './observability-names.ts';

/**
 * Meaning of missing data: `fine` for a metric that is silent while all is well, `bad` for one that is silent only when
 * something is wrong.
 */
export type MissingData = 'fine' | 'bad';

/** Something worth watching, as data: the monitoring stage turns it into an alarm. */
export interface Signal {
  /** Unique among the signals of its owner; becomes the end of the alarm's name, for example `failed`. */
  readonly id: string;
  /** Sentence about what happened, for the person who reads the alarm first. */
  readonly title: string;
  /** With account and region, because it is watched from another account. */
  readonly metric: IMetric;
  /** The alarm fires at this value and above; for a signal that fires `below`, under it. */
  readonly threshold: number;
  /** @default at-or-above */
  readonly fires?: 'at-or-above' | 'below';
  /** Periods in a row before the alarm fires. */
  readonly periods: number;
  /**
   * Time zone whose hours, days or weeks the periods are.
   *
   * @default - periods end with each evaluation
   */
  readonly calendar?: string;
  /**
   * Minutes after its creation in which the alarm keeps quiet, unless there is data for all periods; 2,880 at most.
   *
   * @default - it speaks at once
   */
  readonly warmUpMinutes?: number;
  readonly missingData: MissingData;
  readonly severity: Severity;
  /** File name without the extension: in docs/runbooks, for a workload's own signal in its folder `runbooks`. */
  readonly runbook: string;
}
