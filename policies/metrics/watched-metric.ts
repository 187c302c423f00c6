import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { widgetProperties } from './widget-properties.ts';

/** A metric that an alarm or a graph names. */
export interface WatchedMetric {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  /** Names of dimensions, and values; a query names dimensions without values. */
  readonly dimensions: Readonly<Record<string, string | undefined>>;
  /** Place in the resource, for example `Properties.Metrics`. */
  readonly property: string;
}

type Place = Pick<Stack, 'account' | 'region'>;

/** Metrics that an alarm watches, those of its queries included. */
export function metricsOfAlarm({ properties }: Resource, place: Place): readonly WatchedMetric[] {
  const { MetricName: name, Namespace: namespace, Dimensions: dimensions, Metrics: queries } = properties;
  const single =
    name === undefined
      ? []
      : [
          {
            ...{ account: place.account, region: place.region, property: 'Properties.MetricName' },
            ...{ namespace: textOf(namespace), name: textOf(name), dimensions: dimensionsOf(dimensions) },
          },
        ];
  return [...single, ...listOf(queries).flatMap((query) => metricsOfQuery(objectOf(query), place))];
}

function metricsOfQuery(query: Readonly<Record<string, Json>>, place: Place): readonly WatchedMetric[] {
  const property = 'Properties.Metrics';
  const account = query['AccountId'] === undefined ? place.account : textOf(query['AccountId']);
  if (query['MetricStat'] === undefined) return inQuery(textOf(query['Expression']), { ...place, account, property });
  const metric = objectOf(objectOf(query['MetricStat'])['Metric']);
  return [
    {
      ...{ account, region: place.region, property },
      namespace: textOf(metric['Namespace']),
      name: textOf(metric['MetricName']),
      dimensions: dimensionsOf(metric['Dimensions']),
    },
  ];
}

const dimensionsOf = (list: Json | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listOf(list).map((dimension) => {
      const { Name: name, Value: value } = objectOf(dimension);
      return [textOf(name), textOf(value)];
    }),
  );

/** The metric of a query of Metrics Insights; none for an expression of other metrics. */
function inQuery(
  text: string,
  place: Pick<WatchedMetric, 'account' | 'region' | 'property'>,
): readonly WatchedMetric[] {
  const {
    name,
    schema,
    plain,
    condition = '',
  } = /^\s*SELECT\s+\w+\("?(?<name>[\w.]+)"?\)\s+FROM\s+(?:SCHEMA\((?<schema>[^)]*)\)|"(?<plain>[^"]+)")(?<condition>.*)$/is.exec(
    text,
  )?.groups ?? {};
  if (name === undefined) return [];
  const [namespace = '', ...names] = (schema ?? plain ?? '').split(',').map((part) => part.trim().replaceAll('"', ''));
  const values = new Map(
    [...condition.matchAll(/"?(\w+)"?\s*=\s*'([^']*)'/g)].map(([, key = '', value = '']) => [key, value]),
  );
  return [{ ...place, namespace, name, dimensions: Object.fromEntries(names.map((key) => [key, values.get(key)])) }];
}

/** Metrics that a dashboard draws; shortened rows take over what the row before them has (Dashboard Body Structure). */
export function metricsOfDashboard({ properties }: Resource, place: Place): readonly WatchedMetric[] {
  return widgetProperties(textOf(properties['DashboardBody'])).flatMap((given) => {
    const region = given['region'] === undefined ? place.region : textOf(given['region']);
    let before: readonly string[] = [];
    return listOf(given['metrics']).flatMap((row): readonly WatchedMetric[] => {
      const parts = listOf(row);
      const options = objectOf(parts.find((part) => typeof part === 'object'));
      const account = options['accountId'] === undefined ? place.account : textOf(options['accountId']);
      const at = { account, region, property: 'Properties.DashboardBody' };
      if (options['expression'] !== undefined) return inQuery(textOf(options['expression']), at);
      const texts = parts.flatMap((part) => (typeof part === 'string' ? [part] : []));
      const whole = texts.flatMap((text, index) => spelledOut(text, index, before));
      before = whole;
      const [namespace = '', name = '', ...pairs] = whole;
      return [{ ...at, namespace, name, dimensions: inPairs(pairs) }];
    });
  });
}

/** `.` stands for the same part of the row before, `...` for all parts from here but the last ones. */
function spelledOut(text: string, index: number, before: readonly string[]): readonly string[] {
  if (text === '.') return [before[index] ?? ''];
  return text === '...' ? before.slice(index) : [text];
}

const inPairs = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? '']] : [])));
