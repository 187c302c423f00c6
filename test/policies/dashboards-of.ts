import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { metricsOfAlarm, metricsOfDashboard } from '../../policies/metrics/watched-metric.ts';
import { metricText } from '../../policies/metrics/series.ts';
import { type Located, resourcesOfType } from '../../policies/rules/rule.ts';

/** Body of a dashboard. */
export const bodyOf = ({ properties }: Resource): JsonObject =>
  JSON.parse(textOf(properties['DashboardBody'])) as JsonObject;

export const dashboardsOf = (stacks: readonly Stack[]): readonly Located[] =>
  resourcesOfType(stacks, 'AWS::CloudWatch::Dashboard');

/** Metrics of a dashboard or of each of its widgets, in words, each once. */
export const metricTexts = ({ resource, stack }: Located): readonly string[] => [
  ...new Set(metricsOfDashboard(resource, stack).map(metricText)),
];

/** Alarms whose thresholds no widget draws over what they watch. */
export function alarmsNotDrawn(stacks: readonly Stack[]): readonly string[] {
  const widgets = dashboardsOf(stacks).flatMap(({ resource, stack }) =>
    listOf(bodyOf(resource)['widgets']).map((widget) => {
      const alone = { ...resource, properties: { DashboardBody: JSON.stringify({ widgets: [widget] }) } };
      const { annotations } = objectOf(objectOf(widget)['properties']);
      return {
        metrics: metricsOfDashboard(alone, stack).map(metricText),
        lines: listOf(objectOf(annotations)['horizontal']).map(objectOf),
      };
    }),
  );
  const isDrawn = ({ resource, stack }: Located): boolean => {
    const watched = metricsOfAlarm(resource, stack).map(metricText);
    return widgets.some(
      ({ metrics, lines }) =>
        watched.every((metric) => metrics.includes(metric)) &&
        lines.some(
          ({ value, label }) =>
            value === resource.properties['Threshold'] &&
            textOf(label)
              .replace(/^.*: /, '')
              .split(', ')
              .some((id) => resource.name.endsWith(`-${id}`)),
        ),
    );
  };
  return resourcesOfType(stacks, 'AWS::CloudWatch::Alarm')
    .filter((alarm) => !isDrawn(alarm))
    .map(({ resource }) => resource.name);
}
