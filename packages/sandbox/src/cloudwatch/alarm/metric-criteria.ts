import { z } from 'zod';
import type { JsonObject } from '@crosswind/aws/json';
import { answerQueries } from '../answer-queries.ts';
import type { InsightsQuery } from '../insights/query.ts';
import { ExpressionError } from '../math/expression.ts';
import { isPoints } from '../math/value.ts';
import { dimensionList, dimensionsOf, metricDataQuery, type MetricQuery, period, statistic } from '../metric-query.ts';
import type { MetricCriteria } from './alarm.ts';
import { comparisons, type ComparisonOperator, comparisonOperators } from './comparison.ts';
import { evaluationWindow, windowProblem } from './evaluation-window.ts';
import { missingDataTreatments } from './judge.ts';
import { warmUpConfiguration } from './warm-up.ts';

/** Properties of an alarm besides its name, description and actions (AWS::CloudWatch::Alarm). Any other is refused. */
const properties = z.strictObject({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensionList.optional(),
  Statistic: statistic.optional(),
  ExtendedStatistic: statistic.optional(),
  Period: period.optional(),
  Unit: z.string().optional(),
  Metrics: z.array(metricDataQuery).min(1).max(20).optional(),
  EvaluationPeriods: z.number().int().min(1),
  DatapointsToAlarm: z.number().int().min(1).optional(),
  Threshold: z.number(),
  ComparisonOperator: z.enum(comparisonOperators as [ComparisonOperator, ...ComparisonOperator[]]),
  TreatMissingData: z.enum(missingDataTreatments).default('missing'),
  EvaluationWindow: evaluationWindow.default({ kind: 'sliding' }),
  WarmUpConfiguration: warmUpConfiguration.optional(),
  EvaluateLowSampleCountPercentile: z.literal('evaluate').optional(),
  Tags: z.unknown().optional(),
});

type Properties = z.output<typeof properties>;

/** Parsed value, or all problems. */
export type Parsed<What> =
  { readonly ok: true; readonly value: What } | { readonly ok: false; readonly problems: readonly string[] };

export function metricCriteria(given: JsonObject): Parsed<MetricCriteria> {
  const parsed = properties.safeParse(given);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(problemOf) };
  const { EvaluationPeriods: evaluationPeriods, Threshold: threshold, ComparisonOperator: operator } = parsed.data;
  const queries = queriesOf(parsed.data);
  const watched = queries.filter(({ returned }) => returned);
  const [first, second] = watched;
  if (!first)
    return refused(
      'the alarm must watch one metric: MetricName and a statistic, or Metrics with one that returns data',
    );
  if (second) return refused(`the alarm must watch one metric, and ${first.id} and ${second.id} both return data`);
  const periodsSeconds = [...new Set(queries.flatMap(({ periodSeconds = [] }) => periodSeconds))];
  const [periodSeconds] = periodsSeconds;
  if (periodSeconds === undefined || periodsSeconds.length > 1) {
    return refused(`the metrics of the alarm must have one period, got ${periodsSeconds.join(', ') || 'none'}`);
  }
  const { EvaluationWindow: window } = parsed.data;
  const problem = problemIn(queries, first) ?? windowProblem({ queries, periodSeconds, evaluationPeriods, window });
  if (problem !== undefined) return refused(problem);
  const { words: comparison, breaches } = comparisons[operator];
  const { DatapointsToAlarm: asked, TreatMissingData: treatMissingData } = parsed.data;
  const datapointsToAlarm = asked ?? evaluationPeriods;
  if (datapointsToAlarm > evaluationPeriods) {
    return refused(
      `DatapointsToAlarm must be at most EvaluationPeriods, got ${datapointsToAlarm} of ${evaluationPeriods}`,
    );
  }
  const isBreaching = (value: number): boolean => breaches(value, threshold);
  const datapointsGiven = asked !== undefined;
  const { WarmUpConfiguration: warmUp } = parsed.data;
  const criteria = { evaluationPeriods, datapointsToAlarm, treatMissingData, isBreaching, datapointsGiven, warmUp };
  return { ok: true, value: { ...criteria, queries, watched: first, periodSeconds, window, threshold, comparison } };
}

const refused = (problem: string): Parsed<never> => ({ ok: false, problems: [problem] });

/** The metrics and expressions of the alarm; a single metric is written as if it were a list of one. */
function queriesOf({ Metrics, MetricName: name, Namespace: namespace, ...rest }: Properties): readonly MetricQuery[] {
  if (Metrics) return Metrics;
  const named = rest.Statistic ?? rest.ExtendedStatistic;
  if (name === undefined || namespace === undefined || named === undefined) return [];
  const metric = { namespace, name, dimensions: dimensionsOf(rest.Dimensions) };
  const of = { kind: 'metric', metric, statistic: named, unit: rest.Unit } as const;
  return [{ id: 'm1', returned: true, periodSeconds: rest.Period, of }];
}

/** Problem of the expressions, if there is one. It shows even if the metrics have no values. */
function problemIn(queries: readonly MetricQuery[], watched: MetricQuery): string | undefined {
  const insights = queries.filter(({ of }) => of.kind === 'insights');
  if (insights.length > 1) {
    return `an alarm has at most one query of Metrics Insights, got ${insights.length}: ${insights.map(({ id }) => id).join(', ')}`;
  }
  if (watched.of.kind === 'insights') return orderProblem(watched.id, watched.of.query);
  try {
    const answer = answerQueries(queries, { seriesOf: () => undefined, start: 0, end: 0 }).get(watched.id);
    return answer && isPoints(answer) ? undefined : `${watched.id} must come to one time series`;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

/** Problem of a query with a time series for each group: CloudWatch evaluates the first ones ("Limits"). */
const orderProblem = (id: string, { groupBy, order }: InsightsQuery): string | undefined =>
  groupBy.length > 0 && !order
    ? `${id} has GROUP BY and needs ORDER BY, which says the time series that the alarm evaluates first`
    : undefined;

function problemOf({ path, message, ...issue }: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `the sandbox does not know ${issue.keys.join(', ')} of an alarm`;
  return `${path.join('.')}: ${message}`;
}
