import { Duration } from 'aws-cdk-lib/core';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Color,
  Dashboard,
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  Row,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { freshDays } from './freshness.ts';
import type { Signal } from './signal.ts';

/** A dashboard of rows that shows the last hours first. */
export function dashboard(
  scope: Construct,
  id: string,
  name: string,
  rows: readonly (readonly IWidget[])[],
): Dashboard {
  const built = new Dashboard(scope, id, { dashboardName: name, defaultInterval: Duration.hours(12) });
  for (const row of rows) built.addWidgets(new Row(...row));
  return built;
}

/** Columns of a dashboard. */
const columns = 24;

/** A text over the whole width, with the height that its lines need. */
export const text = (markdown: string, height: number): IWidget => new TextWidget({ markdown, width: columns, height });

/** The heading of what follows. */
export const heading = (title: string): IWidget => text(`## ${title}`, 1);

/** A graph of metrics, as wide as its lines need, with the thresholds of the alarms that watch them. */
export const graph = (
  title: string,
  region: string,
  left: readonly IMetric[],
  alarms: readonly Threshold[] = [],
): GraphWidget =>
  new GraphWidget({
    title,
    region,
    left: [...left],
    leftAnnotations: [...thresholdLines(alarms)],
    width: left.length > 4 ? 12 : 6,
    height: 6,
    leftYAxis: { min: 0 },
  });

/** Part of a signal that a graph shows. */
export type Threshold = Pick<Signal, 'id' | 'threshold' | 'fires' | 'severity'>;

const colors = { page: Color.RED, ticket: Color.ORANGE } as const;

/** A line for each threshold: alarms of one severity that fire at the same value share it. */
export function thresholdLines(alarms: readonly Threshold[]): readonly HorizontalAnnotation[] {
  const lines = new Map<string, { alarm: Threshold; ids: readonly string[] }>();
  for (const alarm of alarms) {
    const { id, severity, fires = 'at-or-above', threshold } = alarm;
    const key = [severity, fires, threshold].join(' ');
    lines.set(key, { alarm, ids: [...(lines.get(key)?.ids ?? []), id] });
  }
  return [...lines.values()].map(({ alarm: { severity, fires, threshold }, ids }) => ({
    value: threshold,
    label: `${severity}${fires === 'below' ? ' below' : ''}: ${ids.join(', ')}`,
    color: colors[severity],
  }));
}

/** Numbers of hours, over the days that they are counted in. */
export const hours = (title: string, region: string, metrics: readonly IMetric[], height: number): IWidget =>
  new SingleValueWidget({
    title,
    region,
    metrics: [...metrics],
    sparkline: true,
    start: `-P${freshDays}D`,
    width: columns / 2,
    height,
  });

/** Most alarms of a status widget (Dashboard Body Structure, "Properties of an Alarm Status Widget Object"). */
const alarmsPerWidget = 100;

/** States of alarms, those that fire first, in as many widgets as they need. */
export function alarmStates(scope: Construct, title: string, arns: readonly string[]): readonly IWidget[] {
  const alarms = arns.map((arn) => Alarm.fromAlarmArn(scope, arn.replaceAll(/[^\w-]/g, '-'), arn));
  return Array.from({ length: Math.ceil(alarms.length / alarmsPerWidget) }, (_, index) => {
    const part = alarms.slice(index * alarmsPerWidget, (index + 1) * alarmsPerWidget);
    return new AlarmStatusWidget({
      title,
      alarms: part,
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: columns,
      // Six alarms to a row, estimated without the console.
      height: 2 + Math.ceil(part.length / 6),
    });
  });
}
