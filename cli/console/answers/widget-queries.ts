import { type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { metricRows } from '../../../policies/metrics/metric-rows.ts';

/** A request of GetMetricData for a widget, all of whose metrics are of one Region. */
export interface WidgetRequest {
  readonly region: string;
  /** Body of the request (API_GetMetricData); its times are seconds since the epoch. */
  readonly request: JsonObject;
  /** Place of a query in the metrics of the widget, and its period in seconds, by its id. */
  readonly rows: ReadonlyMap<string, { readonly row: number; readonly periodSeconds: number }>;
}

export interface WidgetRange {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface WidgetRequestsProps extends WidgetRange {
  /** Properties of a metric widget. */
  readonly properties: JsonObject;
  /** Region of the dashboard, for a widget that names none. */
  readonly region: string;
  /** True if the body says `periodOverride: inherit`: periods stay as they are, however long the range is. */
  readonly keepsPeriods: boolean;
}

/** Default period of a widget, in seconds ("Properties of a Metric Widget Object"). */
const defaultPeriod = 300;

/** Data points of a line at most: a line of a chart has few pixels more. Above it the period is longer. */
const mostPoints = 720;

/** Periods that CloudWatch offers from a minute on, in seconds. */
const periods = [60, 300, 900, 3_600, 21_600, 86_400];

/**
 * The requests whose answers a widget shows, and the start of their first period: full periods of each line, so that
 * periods are those that CloudWatch has. A long range has longer periods, as in CloudWatch.
 */
export function widgetRequests(props: WidgetRequestsProps): {
  readonly requests: readonly WidgetRequest[];
  readonly from: number;
} {
  const { properties, region, keepsPeriods, from, to } = props;
  const rows = metricRows(properties['metrics']);
  const ids = new Set(rows.map(({ options }) => textOf(options['id'])));
  const wanted = properties['setPeriodToTimeRange'] === true ? rangeSeconds(from, to) : undefined;
  const periodOf = (options: JsonObject): number => {
    const given = numberOf(options['period']) ?? numberOf(properties['period']) ?? defaultPeriod;
    return wanted ?? (keepsPeriods ? given : longEnough(given, from, to));
  };
  const queries = rows.map(({ texts, options }, row) => {
    const id = textOf(options['id']) || unused(`row${row}`, ids);
    const periodSeconds = periodOf(options);
    const isExpression = options['expression'] !== undefined;
    const query: JsonObject = {
      Id: id,
      ReturnData: options['visible'] !== false,
      ...(options['label'] !== undefined && { Label: options['label'] }),
      ...accountOf(options, properties),
      ...(isExpression
        ? { Expression: textOf(options['expression']), Period: periodSeconds }
        : { MetricStat: metricStat(texts, options, properties, periodSeconds) }),
    };
    return { query, id, row, periodSeconds, region: textOf(options['region'] ?? properties['region']) || region };
  });
  const regions = [...new Set(queries.map((query) => query.region))];
  // With a period as long as the range, the range itself is the period.
  const step =
    wanted === undefined ? Math.max(60, ...queries.map(({ periodSeconds }) => periodSeconds)) * 1_000 : 60_000;
  const start = Math.floor(from / step) * step;
  return {
    from: start,
    requests: regions.map((each) => {
      const own = queries.filter((query) => query.region === each);
      return {
        region: each,
        rows: new Map(own.map(({ id, row, periodSeconds }) => [id, { row, periodSeconds }])),
        request: {
          MetricDataQueries: own.map(({ query }) => query),
          StartTime: start / 1_000,
          EndTime: to / 1_000,
          ScanBy: 'TimestampAscending',
        },
      };
    }),
  };
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const rangeSeconds = (from: number, to: number): number => Math.max(1, Math.ceil((to - from) / 60_000)) * 60;

function longEnough(period: number, from: number, to: number): number {
  const isFew = (seconds: number): boolean => (to - from) / (seconds * 1_000) <= mostPoints;
  return isFew(period) ? period : (periods.find((each) => each >= period && isFew(each)) ?? Math.max(period, 86_400));
}

function unused(id: string, ids: ReadonlySet<string>): string {
  return ids.has(id) ? unused(`${id}_`, ids) : id;
}

function accountOf(options: JsonObject, properties: JsonObject): JsonObject {
  const account = options['accountId'] ?? properties['accountId'];
  return account === undefined ? {} : { AccountId: account };
}

function metricStat(
  [Namespace = '', MetricName = '', ...dimensions]: readonly string[],
  options: JsonObject,
  properties: JsonObject,
  Period: number,
): JsonObject {
  const Dimensions = dimensions.flatMap((Name, index) =>
    index % 2 === 0 ? [{ Name, Value: dimensions[index + 1] ?? '' }] : [],
  );
  const Stat = options['stat'] ?? properties['stat'] ?? 'Average';
  return { Metric: { Namespace, MetricName, Dimensions }, Period, Stat };
}

/** Properties of a widget that shows the metric of an alarm, as it is deployed (AWS::CloudWatch::Alarm). */
export function alarmProperties(properties: JsonObject, region: string): JsonObject {
  const { Namespace, MetricName, Dimensions, Metrics, Period, Statistic, ExtendedStatistic } = properties;
  const pairs = (given: unknown): readonly string[] =>
    listOf(given as JsonObject['x']).flatMap((each) => {
      const { Name, Value } = objectOf(each);
      return [textOf(Name), textOf(Value)];
    });
  const own = [
    [
      textOf(Namespace),
      textOf(MetricName),
      ...pairs(Dimensions),
      { stat: Statistic ?? ExtendedStatistic, period: Period },
    ],
  ];
  const rows = Metrics === undefined ? own : listOf(Metrics).map((query) => rowOf(objectOf(query), pairs));
  return { region, metrics: rows as unknown as JsonObject['x'] };
}

function rowOf(query: JsonObject, pairs: (given: unknown) => readonly string[]): readonly unknown[] {
  const { Id, Label, ReturnData, AccountId, Expression, Period, MetricStat } = query;
  const options = {
    id: Id,
    visible: ReturnData !== false,
    ...(Label !== undefined && { label: Label }),
    ...(AccountId !== undefined && { accountId: AccountId }),
  };
  if (Expression !== undefined)
    return [{ ...options, expression: Expression, ...(Period !== undefined && { period: Period }) }];
  const { Metric, Period: period, Stat } = objectOf(MetricStat);
  const { Namespace, MetricName, Dimensions } = objectOf(Metric);
  return [textOf(Namespace), textOf(MetricName), ...pairs(Dimensions), { ...options, period, stat: Stat }];
}
