import { Duration } from 'aws-cdk-lib/core';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';

/** Days that hours are counted in: as far back as a query of Metrics Insights reads ("Metrics Insights quotas"). */
export const freshDays = 14;

/** Period of the counted metric, and so the precision of the answer. */
export const freshPeriod = Duration.hours(1);

/** More than any metric counts in a period. */
const many = 1_000_000_000;

/**
 * Hours since a metric last counted something, up to the present: the timestamp of each point, less that of the last point
 * which was not 0. Where there was none since the start of the graph, the hours since then.
 *
 * Metric math has no function for it. A count divided by a large number and rounded up is 1, or 0, and a point that is
 * divided by 0 is dropped; `FILL` repeats the timestamps that are left ("Math expressions with metrics", using-metric-math).
 * `IF` would be clearer, but takes no array of series, which the lines of a query are.
 * @param counted a count with a period of `freshPeriod`; several series if it is a query
 */
export function hoursSince(id: string, counted: IMetric, label: string, lines: 'one' | 'several'): MathExpression {
  const now = lines === 'one' ? `EPOCH(${id})` : `EPOCH(FIRST(${id}))`;
  const hours = `(${now} - FILL(FILL(${now} / CEIL(${id} / ${many}), REPEAT), MIN(${now}))) / 3600`;
  return new MathExpression({
    expression: lines === 'one' ? hours : `SORT(${hours}, AVG, DESC, 10)`,
    usingMetrics: { [id]: counted },
    label,
    period: freshPeriod,
  });
}
