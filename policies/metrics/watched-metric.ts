import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { metricsInExpression, type ReadMetric } from './expression-metrics.ts';
import { metricRows } from './metric-rows.ts';
import { widgetProperties } from './widget-properties.ts';

/** A metric that an alarm or a graph names. */
export interface WatchedMetric extends ReadMetric {
  readonly region: string;
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
  if (query['MetricStat'] === undefined) {
    return metricsInExpression(textOf(query['Expression'])).map((found) => ({
      ...found,
      ...{ region: place.region, property },
    }));
  }
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

/** Metrics that a dashboard draws, each with the metrics of its queries and searches (Dashboard Body Structure). */
export function metricsOfDashboard({ properties }: Resource, place: Place): readonly WatchedMetric[] {
  return widgetProperties(textOf(properties['DashboardBody'])).flatMap((given) =>
    metricRows(given['metrics']).flatMap(({ texts, options }): readonly WatchedMetric[] => {
      const part = (name: string, otherwise: string): string => {
        const value = options[name] ?? given[name];
        return value === undefined ? otherwise : textOf(value);
      };
      const at = { region: part('region', place.region), property: 'Properties.DashboardBody' };
      const { expression } = options;
      if (expression !== undefined)
        return metricsInExpression(textOf(expression)).map((found) => ({ ...found, ...at }));
      const [namespace = '', name = '', ...pairs] = texts;
      return [{ ...at, account: part('accountId', place.account), namespace, name, dimensions: inPairs(pairs) }];
    }),
  );
}

const inPairs = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? '']] : [])));
