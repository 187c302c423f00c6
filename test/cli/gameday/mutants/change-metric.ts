import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { metricsInExpression } from '../../../../policies/metrics/expression-metrics.ts';
import type { AlarmDefinition, Change } from './mutant.ts';
import type { RecordedSeries } from './recorded-series.ts';

/** A metric that an alarm watches by name, and the alarm with another one in its place. */
interface Watched {
  readonly account: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly replaced: (other: RecordedSeries) => JsonObject;
}

/** Mutants on a metric with the same namespace and names of dimensions, and on the same metric of something else. */
export const metricChanges = (alarm: AlarmDefinition, series: readonly RecordedSeries[]): readonly Change[] => [
  ...watchedBy(alarm).flatMap((watched) => ofMetric(watched, series)),
  ...listOf(alarm.properties['Metrics']).flatMap((_, place) => ofQuery(alarm, place, series)),
];

function watchedBy({ account, properties }: AlarmDefinition): readonly Watched[] {
  return listOf(properties['Metrics']).flatMap((given, place): readonly Watched[] => {
    const query = objectOf(given);
    const stat = objectOf(query['MetricStat']);
    const metric = objectOf(stat['Metric']);
    if (metric['MetricName'] === undefined) return [];
    const dimensions = Object.fromEntries(
      listOf(metric['Dimensions']).map((each) => {
        const { Name: name, Value: value } = objectOf(each);
        return [textOf(name), textOf(value)];
      }),
    );
    return [
      {
        account: query['AccountId'] === undefined ? account : textOf(query['AccountId']),
        namespace: textOf(metric['Namespace']),
        name: textOf(metric['MetricName']),
        dimensions,
        replaced: ({ account: owner, metric: other }) =>
          withQuery(properties, place, {
            ...query,
            AccountId: owner,
            MetricStat: {
              ...stat,
              Metric: {
                Namespace: other.namespace,
                MetricName: other.name,
                Dimensions: Object.entries(other.dimensions).map(([Name, Value]) => ({ Name, Value })),
              },
            },
          }),
      },
    ];
  });
}

function ofMetric(watched: Watched, series: readonly RecordedSeries[]): readonly Change[] {
  const { account, namespace, name, dimensions, replaced } = watched;
  const alike = series.filter(
    ({ metric }) => metric.namespace === namespace && sameNames(metric.dimensions, dimensions),
  );
  const isSamePlace = (other: RecordedSeries): boolean =>
    other.account === account && textOfDimensions(other.metric.dimensions) === textOfDimensions(dimensions);
  return [
    ...alike
      .filter((other) => other.metric.name !== name && isSamePlace(other))
      .map((other) => ({
        kind: 'sibling metric' as const,
        text: `${name} -> ${other.metric.name}`,
        properties: replaced(other),
      })),
    ...alike
      .filter((other) => other.metric.name === name && !isSamePlace(other))
      .map((other) => ({
        kind: 'other dimension' as const,
        text: `${name} of ${account} ${textOfDimensions(dimensions)} -> ${other.account} ${textOfDimensions(other.metric.dimensions)}`,
        properties: replaced(other),
      })),
  ];
}

/** Mutants of a query: on a sibling, and with another value in its condition. */
function ofQuery({ properties }: AlarmDefinition, place: number, series: readonly RecordedSeries[]): readonly Change[] {
  const query = objectOf(listOf(properties['Metrics'])[place]);
  const expression = textOf(query['Expression'] ?? '');
  const replaced = (text: string): JsonObject => withQuery(properties, place, { ...query, Expression: text });
  return metricsInExpression(expression).flatMap(({ namespace, name, dimensions = {} }) => {
    const alike = series.filter(
      ({ metric }) => metric.namespace === namespace && sameNames(metric.dimensions, dimensions),
    );
    const siblings = new Set(alike.map(({ metric }) => metric.name).filter((other) => other !== name));
    const conditions = Object.entries(dimensions).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, value }],
    );
    return [
      ...[...siblings].map((other) => ({
        kind: 'sibling metric' as const,
        text: `${name} -> ${other}`,
        properties: replaced(expression.replace(`(${name})`, `(${other})`)),
      })),
      ...conditions.flatMap(({ key, value }) =>
        [...new Set(alike.map(({ metric }) => metric.dimensions[key]))]
          .filter((other) => other !== undefined && other !== value)
          .map((other = '') => ({
            kind: 'other dimension' as const,
            text: `${key} ${value} -> ${other}`,
            properties: replaced(expression.replace(`'${value}'`, `'${other}'`)),
          })),
      ),
    ];
  });
}

/** The properties with another query at that place. */
export const withQuery = (properties: JsonObject, place: number, query: JsonObject): JsonObject => ({
  ...properties,
  Metrics: listOf(properties['Metrics']).map((each, index) => (index === place ? query : each)),
});

const sameNames = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(one).sort().join() === Object.keys(other).sort().join();

const textOfDimensions = (dimensions: Readonly<Record<string, string>>): string =>
  Object.entries(dimensions)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
