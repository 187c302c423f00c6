import { answerQuery, type InsightsAnswer, type Owned } from './insights/answer-query.ts';
import { evaluateExpression } from './math/evaluate-expression.ts';
import { ExpressionError } from './math/expression.ts';
import { type Points, pointsIn, type Value } from './math/value.ts';
import { minute } from './metric.ts';
import type { MetricQuery } from './metric-query.ts';
import type { Series } from './series.ts';
import { type Statistic, statisticOf } from './statistic.ts';

/** Where an answer comes from, and over which time. */
export interface Asked {
  /** The metric of a query, where it has any values that may be seen. */
  readonly seriesOf: (query: MetricQuery) => Series | undefined;
  /**
   * All metrics that a query of Metrics Insights may go through.
   *
   * @default - none
   */
  readonly seen?: (query: MetricQuery) => readonly Owned[];
  /** A full minute; periods are counted from here. */
  readonly start: number;
  /** The time that no period goes beyond. */
  readonly end: number;
  /**
   * Starts of periods that differ in length, such as days on which the clocks change; the first is `start`.
   *
   * @default - periods have the length that their query gives
   */
  readonly starts?: readonly number[];
  /**
   * Data points that metrics and all parts of expressions may come to together.
   *
   * @default - any number
   */
  readonly most?: number;
}

/** Thrown instead of an answer that takes more data points than it may. */
export class TooManyPoints extends Error {
  override readonly name = 'TooManyPoints';
}

/**
 * Results of all queries, by id. Throws an `ExpressionError` if an expression cannot be evaluated, and `TooManyPoints`
 * if there are more than `most` data points.
 */
export function answerQueries(queries: readonly MetricQuery[], asked: Asked): ReadonlyMap<string, Value> {
  const answers = new Map<string, Value>();
  const count = counter(asked);
  for (const query of queries) {
    if (query.of.kind === 'expression') continue;
    const isMetric = query.of.kind === 'metric';
    const points = isMetric ? pointsOf(query, asked) : insightsOf(query, asked).lines.map((line) => line.points);
    count(points);
    answers.set(query.id, points);
  }
  const metrics = queries.flatMap((query) => {
    const points = query.of.kind === 'metric' ? answers.get(query.id) : undefined;
    return points === undefined ? [] : [{ id: query.id, points: points as Points }];
  });
  const periods = queries.flatMap(({ of, periodSeconds = of.kind === 'metric' ? 60 : 300 }) =>
    of.kind === 'expression' ? [] : [periodSeconds],
  );
  const shortest = Math.min(...periods);
  const valueOf = (id: string, trail: readonly string[]): Value | undefined => {
    const known = answers.get(id);
    const query = queries.find((candidate) => candidate.id === id);
    if (known !== undefined || query?.of.kind !== 'expression') return known;
    if (trail.includes(id)) throw new ExpressionError(`${[...trail, id].join(' uses ')}: expressions go in a circle`);
    const value = evaluateExpression(query.of.expression, {
      metrics,
      times: () => periodStarts(query.periodSeconds ?? shortest, asked),
      valueOf: (other) => valueOf(other, [...trail, id]),
      periodOf: (other) => queries.find((candidate) => candidate.id === other && isMetric(candidate))?.periodSeconds,
      count,
    });
    answers.set(id, value);
    return value;
  };
  for (const { id } of queries) valueOf(id, []);
  return answers;
}

function counter(asked: Asked): (value: Value) => void {
  const count = pointCounter(asked);
  return (value) => {
    count(pointsIn(value));
  };
}

function pointCounter({ most = Infinity }: Asked): (points: number) => void {
  let sum = 0;
  return (points) => {
    sum += points;
    if (sum > most) throw new TooManyPoints(`more than ${most} data points`);
  };
}

/** Answer to a query of Metrics Insights; without lines for another query. Throws `TooManyPoints`. */
export function insightsOf(query: MetricQuery, asked: Asked): InsightsAnswer {
  const { of, periodSeconds = 300 } = query;
  if (of.kind !== 'insights') return { lines: [], isPartial: false };
  const { start, end } = asked;
  return answerQuery(of.query, {
    metrics: asked.seen?.(query) ?? [],
    start,
    end,
    periodSeconds,
    count: pointCounter(asked),
  });
}

function periodStarts(periodSeconds: number, { start, end, starts }: Asked): readonly number[] {
  if (starts) return starts;
  const length = (periodSeconds / 60) * minute;
  return Array.from({ length: Math.max(0, Math.ceil((end - start) / length)) }, (_, index) => start + index * length);
}

const isMetric = ({ of }: MetricQuery): boolean => of.kind === 'metric';

const none: Points = new Map<number, number>();

/** Data points of a metric, one for each period with values. Empty for an expression. */
export function pointsOf(query: MetricQuery, asked: Asked): Points {
  const { of, periodSeconds = 60 } = query;
  if (of.kind !== 'metric') return none;
  const series = asked.seriesOf(query);
  const statistic = statisticOf(of.statistic);
  if (!series || !statistic || (of.unit ?? series.unit) !== series.unit) return none;
  return datapoints(series, statistic, periodSeconds, asked);
}

/** A statistic for every period that has values. */
export function datapoints(
  series: Series,
  statistic: Statistic,
  periodSeconds: number,
  { start, end, starts }: Pick<Asked, 'start' | 'end' | 'starts'>,
): Points {
  if (starts) return pointsFrom(series, statistic, [...starts, end]);
  const periods = series.periods(start, end, (periodSeconds / 60) * minute);
  const points = [...periods].map(([time, values]) => [time, statistic(values)] as const);
  return new Map(points.sort(([one], [other]) => one - other));
}

/** A statistic for every stretch between two bounds that has values. */
function pointsFrom(series: Series, statistic: Statistic, bounds: readonly number[]): Points {
  const points = new Map<number, number>();
  for (const [place, from] of bounds.slice(0, -1).entries()) {
    const to = bounds[place + 1] ?? from;
    const [values] = series.periods(from, to, to - from).values();
    if (values) points.set(from, statistic(values));
  }
  return points;
}
