import { z } from 'zod';
import { permit } from '../../aws-json/permit.ts';
import { answerQueries } from '../answer-queries.ts';
import { ExpressionError } from '../math/expression.ts';
import { isPoints, isSeveral, type Points, type Value } from '../math/value.ts';
import { minuteOf } from '../metric.ts';
import { metricDataQuery, type MetricQuery } from '../metric-query.ts';
import { visibleSeries } from '../visible-series.ts';
import { type CloudWatchOperation, cloudWatchError, epochSeconds, placeOf, requested } from './cloudwatch-api.ts';
import { placeIn, tokenFor } from './next-token.ts';

const request = z.object({
  MetricDataQueries: z.array(metricDataQuery).min(1).max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxDatapoints: z.number().int().min(1).max(100_800).default(100_800),
  NextToken: z.string().optional(),
});

/** The earliest values that are kept. */
const fifteenDays = 15 * 24 * 3_600_000;

/** A line of the answer before it is cut into pages. */
interface Line {
  readonly query: MetricQuery;
  readonly points: readonly (readonly [time: number, value: number])[];
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * In a monitoring account a query may name the account of its metric.
 */
export const getMetricData: CloudWatchOperation = (api, call) => {
  const asked = requested(request, call.body);
  permit(api.authorize, call, 'cloudwatch:GetMetricData', '*');
  const { NextToken, ...rest } = asked;
  const { MetricDataQueries: queries, StartTime, EndTime, ScanBy, MaxDatapoints: size } = rest;
  if (StartTime >= EndTime) {
    throw cloudWatchError('ValidationException', 'The parameter StartTime must be less than the parameter EndTime.');
  }
  checkIds(queries);
  const place = placeOf(call);
  const seriesOf = visibleSeries(api.cloudWatch.metrics, api.observability, place);
  const start = Math.max(minuteOf(StartTime * 1_000), minuteOf(api.now() - fifteenDays));
  const end = Math.min(EndTime * 1_000, api.now() + 1);
  const answers = answersTo(queries, { seriesOf, start, end });
  const lines = queries
    .filter(({ returned }) => returned)
    .flatMap((query) => linesOf(query, answers.get(query.id), ScanBy));
  const of = ['GetMetricData', place, rest];
  const from = placeIn(NextToken, of);
  const total = lines.reduce((sum, { points }) => sum + points.length, 0);
  const results = cut(lines, from, from + size).map(({ query, points, more }) => {
    const seen = api.observability.seesMetrics(place.account, query.account ?? place.account, place.region);
    return {
      Id: query.id,
      Label: query.label ?? (query.of.kind === 'metric' ? query.of.metric.name : query.id),
      Timestamps: points.map(([time]) => epochSeconds(time)),
      Values: points.map(([, value]) => value),
      StatusCode: seen ? (more ? 'PartialData' : 'Complete') : 'Forbidden',
    };
  });
  return {
    MetricDataResults: results,
    Messages: [],
    ...(from + size < total && { NextToken: tokenFor(from + size, of) }),
  };
};

function checkIds(queries: readonly MetricQuery[]): void {
  const ids = queries.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw cloudWatchError(
    'ValidationException',
    `the id ${twice} of MetricDataQueries must be unique, and stands there twice`,
  );
}

function answersTo(...asked: Parameters<typeof answerQueries>): ReadonlyMap<string, Value> {
  try {
    return answerQueries(...asked);
  } catch (error) {
    throw error instanceof ExpressionError ? cloudWatchError('ValidationException', error.message) : error;
  }
}

function linesOf(query: MetricQuery, value: Value = 0, order: z.output<typeof request>['ScanBy']): readonly Line[] {
  if (isPoints(value)) return [lineOf(query, value, order)];
  if (isSeveral(value)) return value.map((points) => lineOf(query, points, order));
  throw cloudWatchError(
    'ValidationException',
    `the expression ${query.id} must come to a time series, and is a number`,
  );
}

function lineOf(query: MetricQuery, series: Points, order: z.output<typeof request>['ScanBy']): Line {
  const points = [...series];
  return { query, points: order === 'TimestampDescending' ? points.reverse() : points };
}

/** The lines with the data points from one place to another, counted through all lines; empty lines are on the first page. */
function cut(lines: readonly Line[], from: number, to: number): readonly (Line & { readonly more: boolean })[] {
  let before = 0;
  return lines.flatMap(({ query, points }) => {
    const first = before;
    before += points.length;
    const kept = points.slice(Math.max(0, from - first), Math.max(0, to - first));
    const here = kept.length > 0 || (points.length === 0 && from === 0);
    return here ? [{ query, points: kept, more: to < before }] : [];
  });
}
