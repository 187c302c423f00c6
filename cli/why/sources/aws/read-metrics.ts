import { ownNamespace } from '../../../../blocks/observability/own-metrics.ts';
import type { RecordedMetric } from '../../../run-record/recorded-facts.ts';
import type { WantedMetric } from '../../../run-record/wanted-metrics.ts';
import { callJson, type StageAccess } from './stage-access.ts';

export interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Queries of one request (API_GetMetricData). */
const mostQueries = 500;

const day = 86_400_000;

/** Seconds of a period: so that a metric has at most 1,440 values. */
const periodOf = ({ from, to }: Span): number => (to - from <= day ? 60 : to - from <= 5 * day ? 300 : 3_600);

/** Values of at most 500 metrics over a time, each in the order of the time in milliseconds since the epoch. */
export async function readValues(
  access: StageAccess,
  wanted: readonly WantedMetric[],
  span: Span,
): Promise<readonly (readonly Value[])[]> {
  const values = await valuesOf(access, wanted, span, periodOf(span));
  return wanted.map((_, index) => (values.get(`m${index}`) ?? []).sort(([one], [other]) => one - other));
}

/** Values of metrics over a time; metrics without a value above 0 are left out. */
export async function readMetrics(
  access: StageAccess,
  wanted: readonly WantedMetric[],
  span: Span,
): Promise<readonly RecordedMetric[]> {
  const period = periodOf(span);
  const found: RecordedMetric[] = [];
  for (let first = 0; first < wanted.length; first += mostQueries) {
    const some = wanted.slice(first, first + mostQueries);
    const values = await valuesOf(access, some, span, period);
    found.push(...some.map((metric, index) => recorded(metric, values.get(`m${index}`) ?? [])));
  }
  return found.filter(({ value }) => value > 0);
}

interface Answer {
  readonly MetricDataResults?: readonly {
    readonly Id: string;
    /** Seconds since the epoch. */
    readonly Timestamps?: readonly number[];
    readonly Values?: readonly number[];
  }[];
  readonly NextToken?: string;
}

type Value = readonly [at: number, value: number];

async function valuesOf(access: StageAccess, wanted: readonly WantedMetric[], { from, to }: Span, Period: number) {
  const MetricDataQueries = wanted.map(({ namespace, name, dimensions, statistic: Stat }, index) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    return {
      Id: `m${index}`,
      MetricStat: { Metric: { Namespace: namespace, MetricName: name, Dimensions }, Period, Stat },
    };
  });
  const StartTime = Math.floor(from / 1_000 / Period) * Period;
  const EndTime = Math.ceil(to / 1_000 / Period) * Period;
  const values = new Map<string, Value[]>();
  let NextToken: string | undefined;
  do {
    const answer: Answer = await callJson(access, operation('GetMetricData'), {
      ...{ MetricDataQueries, StartTime, EndTime },
      ...(NextToken !== undefined && { NextToken }),
    });
    for (const { Id, Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
      const more = Timestamps.map((seconds, index): Value => [seconds * 1_000, Values[index] ?? 0]);
      values.set(Id, [...(values.get(Id) ?? []), ...more]);
    }
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return values;
}

const operation = (name: string) =>
  ({ service: 'monitoring', target: `GraniteServiceVersion20100801.${name}`, version: '1.0' }) as const;

function recorded(metric: WantedMetric, values: readonly Value[]): RecordedMetric {
  const above = values.filter(([, value]) => value > 0).map(([at]) => at);
  const numbers = values.map(([, value]) => value);
  return {
    ...metric,
    value: metric.statistic === 'Sum' ? numbers.reduce((sum, value) => sum + value, 0) : Math.max(0, ...numbers),
    peak: Math.max(0, ...numbers),
    first: above.length === 0 ? null : Math.min(...above),
    last: above.length === 0 ? null : Math.max(...above),
  };
}

/** Metrics that functions of a tenant emit themselves. */
export async function ownMetrics(access: StageAccess, tenant: string): Promise<readonly WantedMetric[]> {
  const { account, region } = access;
  const { Metrics = [] } = await callJson<{
    readonly Metrics?: readonly {
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    }[];
  }>(access, operation('ListMetrics'), { Namespace: ownNamespace, Dimensions: [{ Name: 'Tenant', Value: tenant }] });
  return Metrics.map(({ MetricName: name, Dimensions = [] }) => ({
    account,
    region,
    namespace: ownNamespace,
    name,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
    statistic: 'Sum' as const,
  }));
}
