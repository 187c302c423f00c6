import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { metricsInExpression } from '../../../../policies/metrics/expression-metrics.ts';
import { criteriaChanges, queryChanges } from './change-criteria.ts';
import { metricChanges } from './change-metric.ts';
import type { AlarmDefinition, Mutant } from './mutant.ts';
import type { RecordedSeries } from './recorded-series.ts';

/** All mutants of an alarm, with the metrics of the recordings in place of its own. */
export const mutantsOf = (alarm: AlarmDefinition, series: readonly RecordedSeries[]): readonly Mutant[] =>
  [...metricChanges(alarm, series), ...criteriaChanges(alarm, isWhole(alarm, series)), ...queryChanges(alarm)].map(
    (change) => ({ alarm: alarm.name, ...change }),
  );

/** True if the alarm compares whole numbers: no expression divides, and all values that were recorded are whole. */
function isWhole({ properties }: AlarmDefinition, series: readonly RecordedSeries[]): boolean {
  const names = listOf(properties['Metrics']).flatMap((given) => {
    const { MetricStat: stat, Expression: expression } = objectOf(given);
    if (stat !== undefined) return [textOf(objectOf(objectOf(stat)['Metric'])['MetricName'])];
    const found = metricsInExpression(textOf(expression)).map(({ name }) => name);
    return found.length > 0 ? found : [undefined];
  });
  const fractions = new Set(series.filter((each) => !each.isWhole).map(({ metric }) => metric.name));
  return names.every((name) => name !== undefined && !fractions.has(name));
}
