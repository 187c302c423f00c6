import { z } from 'zod';
import { isArray, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Resource } from '@crosswind/assembly/resolve';
import type { ResourceChange } from '../diff/resource-change.ts';
import { followsIn } from '../follows.ts';
import { folded } from '../folded.ts';
import type { Movement } from '../movement.ts';
import { place, placeOf } from '../place.ts';

const widgetChange = z
  .strictObject({
    title: z.string().describe('Title of the widget; its type, if it has none.'),
    change: z.enum(['added', 'removed', 'changed']),
    metricsAdded: z.array(z.string()),
    metricsRemoved: z.array(z.string()),
  })
  .describe('A widget. Metrics are namespace, name and dimensions, or an expression. None, if something else differs.');

export const dashboardChange = z
  .strictObject({
    change: z.enum(['added', 'removed', 'changed']),
    name: z.string(),
    widgets: z.array(widgetChange).describe('Of a dashboard that stays. Positions are no change.'),
    places: z.array(place).min(1),
  })
  .describe('Dashboards that change alike.');

export type DashboardChange = z.infer<typeof dashboardChange>;
export type WidgetChange = z.infer<typeof widgetChange>;

/** True for a change of a dashboard. */
export const isOfDashboard = ({ type }: Pick<ResourceChange, 'type'>): boolean => type === 'AWS::CloudWatch::Dashboard';

interface Read {
  readonly change: ResourceChange;
  readonly kind: DashboardChange['change'];
  readonly widgets: readonly WidgetChange[];
}

/** Dashboards that change, without those that only follow what joins, leaves or moves. */
export function dashboardChanges(
  changes: readonly ResourceChange[],
  movement: Movement,
  shape: (text: string) => string,
): readonly DashboardChange[] {
  const read = changes.filter(isOfDashboard).flatMap((change): readonly Read[] => {
    const { consequence, before, after } = change;
    if (consequence === 'created') return [{ change, kind: 'added', widgets: [] }];
    if (consequence === 'deleted' || consequence === 'left behind') return [{ change, kind: 'removed', widgets: [] }];
    const widgets = widgetChanges(widgetsOf(before), widgetsOf(after), movement);
    return widgets.length === 0 ? [] : [{ change, kind: 'changed', widgets }];
  });
  const text = ({ change, kind, widgets }: Read): string => JSON.stringify([kind, change.path, widgets]);
  return folded(read, shape, text).map(({ first: { change, kind, widgets }, all }) => ({
    change: kind,
    name: (change.after ?? change.before)?.name ?? change.logicalId,
    widgets: [...widgets],
    places: all.map((each) => placeOf(each.change)),
  }));
}

interface Widget {
  readonly title: string;
  readonly content: JsonObject;
  readonly metrics: readonly string[];
}

function widgetsOf(dashboard: Resource | undefined): readonly Widget[] {
  const body = bodyOf(textOf(dashboard?.properties['DashboardBody']));
  return listOf(objectOf(body)['widgets']).map((widget) => {
    const { type, properties } = objectOf(widget);
    const content = objectOf(properties);
    const title = textOf(content['title']) || firstLine(textOf(content['markdown'])) || textOf(type);
    return { title, content, metrics: listOf(content['metrics']).map(metricText) };
  });
}

/** The body of a dashboard; nothing, if it is no JSON: rule OBS-6 reports that. */
function bodyOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/^#+ */, '') ?? '';

/** A row of a graph: namespace, name, dimensions, account; its expression if it has one. Labels and colors are left out. */
function metricText(row: Json): string {
  const parts = listOf(row);
  const options = objectOf(parts.at(-1));
  const account = options['accountId'] === undefined ? '' : ` of account ${textOf(options['accountId'])}`;
  const named = parts.filter((part) => !isObject(part) && !isArray(part)).map(textOf);
  return (options['expression'] === undefined ? named.join(' ') : textOf(options['expression'])) + account;
}

/** Widgets by title, where titles repeat by their order. */
function byTitle<Titled extends Widget>(widgets: readonly Titled[]): ReadonlyMap<string, Titled> {
  const seen = new Map<string, number>();
  return new Map(
    widgets.map((widget) => {
      const count = (seen.get(widget.title) ?? 0) + 1;
      seen.set(widget.title, count);
      return [`${widget.title} ${count}`, widget];
    }),
  );
}

function widgetChanges(
  before: readonly Widget[],
  after: readonly Widget[],
  movement: Movement,
): readonly WidgetChange[] {
  const moved = before.map((widget) => ({ ...widget, title: movement.moved(widget.title), former: widget.title }));
  const [old, next] = [byTitle(moved), byTitle(after)];
  const none = { metricsAdded: [], metricsRemoved: [] };
  return [
    ...[...old].flatMap(([key, widget]): readonly WidgetChange[] => {
      if (next.has(key) || movement.namesGone(JSON.stringify(widget))) return [];
      return [{ title: widget.title, change: 'removed', ...none, metricsRemoved: [...widget.metrics] }];
    }),
    ...[...next].flatMap(([key, widget]): readonly WidgetChange[] => {
      const was = old.get(key);
      if (!was) {
        const isOfNew = movement.namesNew(JSON.stringify(widget));
        return isOfNew ? [] : [{ title: widget.title, change: 'added', ...none, metricsAdded: [...widget.metrics] }];
      }
      const isMoved = was.former !== widget.title;
      if (isMoved || followsIn(was.content, widget.content, movement)) return [];
      const known = was.metrics.map(movement.moved);
      return [
        {
          ...{ title: widget.title, change: 'changed' },
          metricsAdded: widget.metrics.filter((metric) => !known.includes(metric) && !movement.namesNew(metric)),
          metricsRemoved: known.filter((metric) => !widget.metrics.includes(metric) && !movement.namesGone(metric)),
        },
      ];
    }),
  ];
}
