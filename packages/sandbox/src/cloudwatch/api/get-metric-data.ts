import { z } from 'zod';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { JsonObject } from '@crosswind/aws/json';
import { permit } from '../../aws-json/permit.ts';
import { answerQueries, type Asked, insightsOf, pointsOf, TooManyPoints } from '../answer-queries.ts';
import { ExpressionError } from '../math/expression.ts';
import { isPoints, isSeveral, type Points, type Value } from '../math/value.ts';
import { minuteOf } from '../metric.ts';
import { metricDataQuery, type MetricQuery } from '../metric-query.ts';
import { visible } from '../visible-series.ts';
import {
  type CloudWatchApi,
  type CloudWatchOperation,
  cloudWatchError,
  epochSeconds,
  placeOf,
  requested,
} from './cloudwatch-api.ts';
import { dynamicLabel, isDynamic } from './dynamic-label.ts';
import { indexIn, tokenFor } from './next-token.ts';

/** Data points on a page. */
const maxPoints = 100_800;

/** Data points that may be gone through for a page of metric math, steps in between among them: half a second's work. */
const maxEffort = 5 * maxPoints;

const request = z.object({
  MetricDataQueries: z.array(metricDataQuery).min(1).max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxDatapoints: z.number().int().min(1).max(maxPoints).default(maxPoints),
  NextToken: z.string().optional(),
});

/** The earliest values that are kept. */
const fifteenDays = 15 * 24 * 3_600_000;

/** A line of the answer before it is cut into pages; of no more than `maxPoints`, as long as values are kept for 15 days. */
interface Line {
  readonly query: MetricQuery;
  /** Values of the labels of a group. */
  readonly group?: string;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * In a monitoring account a query may name the account of its metric.
 */
export const getMetricData: CloudWatchOperation = (api, call) => {
  const asked = requested(request, call.body);
  permit(api.authorize, call, 'cloudwatch:GetMetricData', '*');
  return metricData(api, placeOf(call), asked);
};

/** Parts of the API that an answer needs. */
export type MetricDataPorts = Pick<CloudWatchApi, 'cloudWatch' | 'observability' | 'now'>;

/**
 * Answer to a request that is allowed, as seen from a place.
 *
 * @throws AwsJsonError
 */
export const answerMetricData = (api: MetricDataPorts, place: Environment, body: JsonObject): JsonObject =>
  metricData(api, place, requested(request, body));

function metricData(api: MetricDataPorts, place: Environment, asked: z.output<typeof request>): JsonObject {
  const { NextToken, ...rest } = asked;
  const { MetricDataQueries: queries, StartTime, EndTime, ScanBy, MaxDatapoints: size } = rest;
  if (StartTime >= EndTime) {
    throw cloudWatchError('ValidationException', 'The parameter StartTime must be less than the parameter EndTime.');
  }
  checkIds(queries);
  const { seriesOf, seen } = visible(api.cloudWatch.metrics, api.observability, place);
  const start = Math.max(minuteOf(StartTime * 1_000), minuteOf(api.now() - fifteenDays));
  const end = Math.min(EndTime * 1_000, api.now() + 1);
  const lines = linesOf(queries, { seriesOf, seen, start, end, most: maxEffort }, ScanBy);
  const of = ['GetMetricData', place, rest];
  const { parts, next } = cut(lines, indexIn(NextToken, of) ?? 0, size);
  const results = parts.map(({ query, group, points, more }) => {
    const isSeen = api.observability.seesMetrics(place.account, query.account ?? place.account, place.region);
    return {
      Id: query.id,
      Label: labelOf({ query, group, points }, { place, order: ScanBy }),
      Timestamps: points.map(([time]) => epochSeconds(time)),
      Values: points.map(([, value]) => value),
      StatusCode: isSeen ? (more ? 'PartialData' : 'Complete') : 'Forbidden',
    };
  });
  return {
    MetricDataResults: results,
    Messages: [],
    ...(next !== undefined && { NextToken: tokenFor(next, of) }),
  };
}

/** Label of a line: that of a group follows the one that the request gives, or is where that names it. */
function labelOf(
  { query, group = '', points }: Line,
  { place, order }: { readonly place: Environment; readonly order: Order },
): string {
  const { id, label, of } = query;
  const own = group === '' ? (of.kind === 'metric' ? of.metric.name : id) : group;
  if (label === undefined) return own;
  if (!isDynamic(label)) return group === '' ? label : `${label} ${group}`;
  const values = points.map(([, value]) => value);
  if (order === 'TimestampDescending') values.reverse();
  return dynamicLabel(label, { own, values, properties: propertiesOf(query, place) });
}

function propertiesOf({ account, periodSeconds, of }: MetricQuery, place: Environment): Map<string, string | number> {
  const properties = new Map<string, string | number>([
    ['AccountId', account ?? place.account],
    ['Region', place.region],
  ]);
  if (periodSeconds !== undefined) properties.set('Period', periodSeconds);
  if (of.kind !== 'metric') return properties;
  const { namespace, name, dimensions } = of.metric;
  properties.set('Namespace', namespace).set('MetricName', name).set('Stat', of.statistic);
  for (const [dimension, value] of Object.entries(dimensions)) properties.set(`Dim.${dimension}`, value);
  return properties;
}

function checkIds(queries: readonly MetricQuery[]): void {
  const insights = queries.filter(({ of }) => of.kind === 'insights');
  if (insights.length > 1) {
    throw cloudWatchError(
      'ValidationException',
      `a request has at most one query of Metrics Insights, got ${insights.length}: ${insights.map(({ id }) => id).join(', ')}`,
    );
  }
  const ids = queries.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw cloudWatchError(
    'ValidationException',
    `the id ${twice} of MetricDataQueries must be unique, and is there twice`,
  );
}

type Order = z.output<typeof request>['ScanBy'];

/** All lines, each to be made when it is needed: metrics one by one, expressions together with what they refer to. */
function linesOf(queries: readonly MetricQuery[], asked: Asked, order: Order): readonly (() => Line)[] {
  const returned = queries.filter((query) => query.returned);
  if (queries.every(({ of }) => of.kind === 'metric')) {
    return returned.map((query) => () => lineOf(query, pointsOf(query, asked), order));
  }
  const answers = answersTo(queries, asked);
  return returned.flatMap((query) =>
    query.of.kind === 'insights'
      ? insightsOf(query, asked).lines.map(({ label, points }) => () => ({
          ...lineOf(query, points, order),
          group: label,
        }))
      : seriesIn(query, answers.get(query.id)).map((points) => () => lineOf(query, points, order)),
  );
}

function answersTo(...asked: Parameters<typeof answerQueries>): ReadonlyMap<string, Value> {
  try {
    return answerQueries(...asked);
  } catch (error) {
    if (error instanceof TooManyPoints) throw cloudWatchError('InvalidParameterCombinationException', tooMany);
    throw error instanceof ExpressionError ? cloudWatchError('ValidationException', error.message) : error;
  }
}

const tooMany =
  `The metric math of the request goes through more than ${maxEffort} datapoints, which is the limit of the sandbox. ` +
  'You may reduce the datapoints requested by increasing Period, or decreasing the time range.';

function seriesIn(query: MetricQuery, value: Value = 0): readonly Points[] {
  if (isPoints(value)) return [value];
  if (isSeveral(value)) return value;
  throw cloudWatchError(
    'ValidationException',
    `the expression ${query.id} must come to a time series, and is a number`,
  );
}

function lineOf(query: MetricQuery, series: Points, order: Order): Line {
  const points = [...series];
  return { query, points: order === 'TimestampDescending' ? points.reverse() : points };
}

/** The parts of lines on the page from `place` on, and the place of the next page: places count `maxPoints` a line. */
function cut(
  lines: readonly (() => Line)[],
  place: number,
  size: number,
): { readonly parts: readonly (Line & { readonly more: boolean })[]; readonly next?: number } {
  const parts: (Line & { readonly more: boolean })[] = [];
  let left = size;
  let next = place;
  for (const line of lines.slice(Math.floor(place / maxPoints))) {
    if (left === 0) return { parts, next };
    const from = next % maxPoints;
    const { points, ...rest } = line();
    const kept = points.slice(from, from + left);
    const more = from + kept.length < points.length;
    parts.push({ ...rest, points: kept, more });
    left -= kept.length;
    next += more ? kept.length : maxPoints - from;
    if (more) return { parts, next };
  }
  return { parts };
}
