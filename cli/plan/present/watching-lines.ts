import { countOf } from '../../count.ts';
import { alarmValue, alarmWord, type AlarmChange } from '../sections/alarms.ts';
import type { DashboardChange, WidgetChange } from '../sections/dashboards.ts';
import { code, type Line, line, strong, withMore } from './line.ts';
import { type AccountNames, placeLines, valuesSpans } from './names.ts';

const verbs = { removed: 'Removed', added: 'Added', changed: 'Changed' } as const;

/** An alarm that is removed, changed or added; several that change alike are counted. */
export function alarmLine({ change, name, values, places }: AlarmChange, names: AccountNames): Line {
  const said = values.map(({ path, before, after }) => ({
    path,
    ...(before !== undefined && { before: alarmValue(before) }),
    ...(after !== undefined && { after: alarmValue(after) }),
  }));
  const differs = change === 'changed' && said.length > 0 ? [': ', ...valuesSpans(said, alarmWord)] : [];
  const others = places.length > 1 ? ` and ${countOf(places.length - 1, 'alarm')} like it` : '';
  return withMore(
    line`${strong(verbs[change])}: alarm ${code(name)}${others}${differs}.`,
    places.length > 1 ? placeLines(places, names) : [],
  );
}

/** A dashboard that changes, its widgets below. */
export function dashboardLine({ change, name, widgets, places }: DashboardChange, names: AccountNames): Line {
  const counts = (['removed', 'changed', 'added'] as const).flatMap((kind) => {
    const some = widgets.filter((widget) => widget.change === kind);
    return some.length === 0 ? [] : [`${countOf(some.length, 'widget')} ${kind}`];
  });
  const others = places.length > 1 ? ` and ${countOf(places.length - 1, 'dashboard')} like it` : '';
  const what = counts.length === 0 ? '' : `: ${counts.join(', ')}`;
  return withMore(line`${strong(verbs[change])}: dashboard ${code(name)}${others}${what}.`, [
    ...widgets.map(widgetLine),
    ...(places.length > 1 ? placeLines(places, names) : []),
  ]);
}

const widgetLine = ({ title, change, metricsAdded, metricsRemoved }: WidgetChange): Line =>
  withMore(line`Widget ${code(title)} ${change}`, [
    ...metricsRemoved.map((metric) => line`without ${code(metric)}`),
    ...metricsAdded.map((metric) => line`with ${code(metric)}`),
  ]);
