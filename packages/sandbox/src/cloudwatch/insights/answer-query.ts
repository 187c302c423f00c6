import { Distribution } from '../distribution.ts';
import type { Points } from '../math/value.ts';
import { minute } from '../metric.ts';
import type { Series } from '../series.ts';
import { accountLabel, type Aggregation, type InsightsQuery, mostLines, mostMetrics } from './query.ts';

/** A metric with the account that it belongs to. */
export interface Owned {
  readonly account: string;
  readonly series: Series;
}

/** A line of the answer: one for each group. */
export interface InsightsLine {
  /** Values of the labels that lines are grouped by; empty without groups. */
  readonly label: string;
  /** The same values, by label. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly points: Points;
}

export interface AskedLines {
  readonly metrics: readonly Owned[];
  /** A full minute; periods are counted from here. */
  readonly start: number;
  readonly end: number;
  readonly periodSeconds: number;
  /** Called with the number of data points that were gone through; throws if there are too many. */
  readonly count: (points: number) => void;
}

const aggregated: Readonly<Record<Aggregation, (values: Distribution) => number>> = {
  AVG: ({ sum, count }) => sum / count,
  COUNT: ({ count }) => count,
  MAX: ({ maximum }) => maximum,
  MIN: ({ minimum }) => minimum,
  SUM: ({ sum }) => sum,
};

/** Lines that a query answers, and true if it has gone through a part of the metrics or lines only. */
export interface InsightsAnswer {
  readonly lines: readonly InsightsLine[];
  readonly isPartial: boolean;
}

interface Group {
  readonly attributes: InsightsLine['attributes'];
  readonly periods: Map<number, Distribution>;
}

/** The answer to a query: a metric without values in the time is in no line. */
export function answerQuery(query: InsightsQuery, asked: AskedLines): InsightsAnswer {
  const groups = new Map<string, Group>();
  const matching = asked.metrics.filter((each) => matches(query, each));
  for (const owned of matching.slice(0, mostMetrics)) {
    const attributes = attributesOf(query, owned);
    if (attributes === undefined) continue;
    const key = JSON.stringify(Object.values(attributes));
    const periods = owned.series.periods(asked.start, asked.end, asked.periodSeconds * (minute / 60));
    asked.count(periods.size);
    if (periods.size === 0) continue;
    const group = groups.get(key) ?? { attributes, periods: new Map<number, Distribution>() };
    groups.set(key, group);
    for (const [time, values] of periods) {
      const known = group.periods.get(time) ?? new Distribution();
      known.merge(values);
      group.periods.set(time, known);
    }
  }
  const lines = [...groups.values()].map((group) => lineOf(query, group));
  const isPartial = matching.length > mostMetrics || (lines.length > mostLines && query.limit === mostLines);
  return { lines: ordered(query, lines).slice(0, query.limit), isPartial };
}

function lineOf({ aggregation }: InsightsQuery, { attributes, periods }: Group): InsightsLine {
  const label = Object.values(attributes).join(' ');
  const points = [...periods].map(([time, values]) => [time, aggregated[aggregation](values)] as const);
  return { label, attributes, points: new Map(points.sort(([one], [other]) => one - other)) };
}

/** True if a query goes through a metric. */
export function matches({ namespace, metric, schema, filters }: InsightsQuery, owned: Owned): boolean {
  const { metric: found } = owned.series;
  if (found.namespace !== namespace || found.name !== metric) return false;
  if (schema !== undefined) {
    const names = Object.keys(found.dimensions);
    if (names.length !== schema.length || !schema.every((name) => names.includes(name))) return false;
  }
  return filters.every(({ label, value, equal }) => {
    const actual = valueOf(label, owned);
    return actual !== undefined && (actual === value) === equal;
  });
}

function valueOf(label: string, { account, series }: Owned): string | undefined {
  if (label === accountLabel) return account;
  const { dimensions } = series.metric;
  return Object.hasOwn(dimensions, label) ? dimensions[label] : undefined;
}

/** The labels of the group of a metric; undefined for one that lacks a label. */
function attributesOf({ groupBy }: InsightsQuery, owned: Owned): InsightsLine['attributes'] | undefined {
  const labels = groupBy.map((label) => [label, valueOf(label, owned)] as const);
  return labels.some(([, value]) => value === undefined)
    ? undefined
    : (Object.fromEntries(labels) as InsightsLine['attributes']);
}

/** Lines by a value that is made of each; the same value keeps the order of the first values. */
function ordered({ order }: InsightsQuery, lines: readonly InsightsLine[]): readonly InsightsLine[] {
  if (!order) return lines;
  const { by, descending } = order;
  const value = ({ points }: InsightsLine): number => {
    const values = new Distribution();
    for (const point of points.values()) values.add(point);
    return aggregated[by](values);
  };
  return lines
    .map((line) => [value(line), line] as const)
    .sort(([one], [other]) => (descending ? other - one : one - other))
    .map(([, line]) => line);
}
