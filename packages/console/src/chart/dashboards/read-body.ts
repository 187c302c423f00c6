import type { BodyFields, BodyJson, DashboardModel } from '../../models/dashboards.ts';

/** A widget of a body, as far as it can be read; what is missing is absent. */
export interface BodyWidget {
  /** Place in the list of widgets. */
  readonly index: number;
  readonly type: string;
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly properties: BodyFields;
}

export const listIn = (value: BodyJson | undefined): readonly BodyJson[] =>
  Array.isArray(value) ? (value as readonly BodyJson[]) : [];

export const fieldsIn = (value: BodyJson | undefined): BodyFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as BodyFields) : {};

export const textIn = (value: BodyJson | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const numberIn = (value: BodyJson | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** Size of a widget that gives none, in units of the grid ("Widgets Array Structure"). */
const size = 6;

/** Widgets of a dashboard, in the order of its body. */
export const widgetsOf = ({ body }: Pick<DashboardModel, 'body'>): readonly BodyWidget[] =>
  listIn(body['widgets']).map((given, index) => {
    const { type, x, y, width, height, properties } = fieldsIn(given);
    return {
      index,
      type: textIn(type) ?? 'unknown',
      x: numberIn(x),
      y: numberIn(y),
      width: numberIn(width) ?? size,
      height: numberIn(height) ?? size,
      properties: fieldsIn(properties),
    };
  });

/** ARNs of the alarms that a widget shows. */
export const alarmArnsOf = ({ type, properties }: Pick<BodyWidget, 'type' | 'properties'>): readonly string[] => {
  const given = type === 'alarm' ? properties['alarms'] : fieldsIn(properties['annotations'])['alarms'];
  return listIn(given).flatMap((arn) => textIn(arn) ?? []);
};

/** ARNs of all alarms that a dashboard shows, each once. */
export const alarmsShown = (dashboard: Pick<DashboardModel, 'body'>): readonly string[] => [
  ...new Set(widgetsOf(dashboard).flatMap(alarmArnsOf)),
];

/** Options of the metrics of a widget, by their place. */
export const rowOptions = (properties: BodyFields): readonly BodyFields[] =>
  listIn(properties['metrics']).map((row) => fieldsIn(listIn(row).at(-1)));
