import type { Stack } from '@crosswind/assembly/resolve';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { freeDashboardMetrics, type prices } from '@crosswind/aws/prices';
import { metricRows } from '../../policies/metrics/metric-rows.ts';
import { metricsOfAlarm } from '../../policies/metrics/watched-metric.ts';
import { widgetProperties } from '../../policies/metrics/widget-properties.ts';
import { resourcesOfType } from '../../policies/rules/rule.ts';
import { type Emitting, metricsMatched } from './matched-metrics.ts';
import { added, always, type Quantity, sum } from './quantity.ts';
import type { ScheduledFunction } from './scheduled-functions.ts';

/** Quantities by price, in its unit. */
export type Usage = Readonly<Partial<Record<keyof typeof prices, Quantity>>>;

/** Minutes of a month of 30 days. */
const monthMinutes = 30 * 24 * 60;

/** Assumed of a round of the probe: it was not measured on AWS. */
export const assumedRound = { seconds: 1, logBytes: 1_000 } as const;

/** Usage of a month by everything that is there to watch the platform. */
export function monitoringUsage(emitting: Emitting): Usage {
  const { stacks, scheduled, own } = emitting;
  const alarms = resourcesOfType(stacks, 'AWS::CloudWatch::Alarm');
  const queried = alarms
    .flatMap(({ resource, stack }) => metricsOfAlarm(resource, stack))
    .filter(({ account }) => account === undefined);
  const times = sum(scheduled.map(({ minutes }) => monthMinutes / minutes));
  const gigabyteSeconds = (wanted: ScheduledFunction['architecture']): Quantity =>
    always(
      sum(
        scheduled
          .filter(({ architecture }) => architecture === wanted)
          .map(({ minutes, memoryMegabytes }) => (monthMinutes / minutes) * (memoryMegabytes / 1_024)),
      ) * assumedRound.seconds,
    );
  return {
    alarmMetrics: always(sum(alarms.map(({ resource }) => metricsCounted(resource.properties)))),
    queriedMetrics: added(queried.map((metric) => metricsMatched(metric, emitting))),
    compositeAlarms: always(resourcesOfType(stacks, 'AWS::CloudWatch::CompositeAlarm').length),
    dashboards: always(resourcesOfType(stacks, 'AWS::CloudWatch::Dashboard').length),
    customMetrics: { least: 0, most: sum(own.map(({ metrics, series }) => metrics.length * series)) },
    lambdaRequests: always(times),
    lambdaArmDuration: gigabyteSeconds('arm64'),
    lambdaX86Duration: gigabyteSeconds('x86_64'),
    scheduledInvocations: always(times),
    logsIngested: always((times * assumedRound.logBytes) / 1e9),
    keys: always(keysOfTopics(stacks)),
  };
}

/** Metrics that an alarm refers to, without those of queries (cloudwatch_billing, "Metric alarms"). */
function metricsCounted({ MetricName, Metrics }: Readonly<Record<string, Json>>): number {
  if (MetricName !== undefined) return 1;
  return listOf(Metrics).filter((query) => objectOf(query)['MetricStat'] !== undefined).length;
}

/** Dashboards with so few metrics that they may be free. */
export const smallDashboards = (stacks: readonly Stack[]): number =>
  resourcesOfType(stacks, 'AWS::CloudWatch::Dashboard').filter(({ resource }) => {
    const rows = widgetProperties(textOf(resource.properties['DashboardBody'])).flatMap(({ metrics }) =>
      metricRows(metrics),
    );
    return rows.filter(({ texts }) => texts.length > 0).length <= freeDashboardMetrics;
  }).length;

/** Keys in the stacks of topics that alarms notify. */
function keysOfTopics(stacks: readonly Stack[]): number {
  const notified = new Set(
    resourcesOfType(stacks, 'AWS::CloudWatch::Alarm').flatMap(({ resource }) =>
      listOf(resource.properties['AlarmActions']).map(textOf),
    ),
  );
  const isNotified = ({ resources }: Stack): boolean => resources.some(({ arn = '' }) => notified.has(arn));
  return resourcesOfType(stacks.filter(isNotified), 'AWS::KMS::Key').length;
}
