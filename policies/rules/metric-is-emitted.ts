import { emitterCheck } from '../metrics/emitters.ts';
import { metricsOfAlarm, metricsOfDashboard } from '../metrics/watched-metric.ts';
import { type Rule, findingAt, resourcesOfType } from './rule.ts';

export const metricIsEmitted: Rule = {
  id: 'OBS-5',
  severity: 'error',
  requires: 'Every metric of an alarm or a graph is emitted by somebody, with exactly its dimensions.',
  because:
    'An alarm on a metric that nobody emits never fires, and a graph of it is empty: both look as if all were well.',
  fix: 'Name a metric of a resource of the platform, with the dimensions that AWS emits it with; let a function that emits an own metric say so (`emits`).',
  check: ({ stacks, allDeployed = true }) => {
    const problemOf = emitterCheck(stacks, allDeployed);
    const watching = [
      ...resourcesOfType(stacks, 'AWS::CloudWatch::Alarm').map((at) => ({
        at,
        metrics: metricsOfAlarm(at.resource, at.stack),
      })),
      ...resourcesOfType(stacks, 'AWS::CloudWatch::Dashboard').map((at) => ({
        at,
        metrics: metricsOfDashboard(at.resource, at.stack),
      })),
    ];
    return watching.flatMap(({ at, metrics }) =>
      metrics.flatMap((metric) => {
        const message = problemOf(metric);
        return message === undefined ? [] : [findingAt(at, { property: metric.property, message })];
      }),
    );
  },
};
