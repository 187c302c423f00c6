import { z } from 'zod';
import { ExpressionError } from './math/expression.ts';
import { parseExpression } from './math/parse-expression.ts';
import { type InsightsQuery, isInsights } from './insights/query.ts';
import { parseQuery } from './insights/parse-query.ts';
import type { Expression } from './math/expression.ts';
import type { Metric } from './metric.ts';
import { knownStatistics, statisticOf } from './statistic.ts';

/** A metric or an expression that is asked for (API_MetricDataQuery). */
export interface MetricQuery {
  readonly id: string;
  readonly label?: string;
  /** True if the answer contains it. Otherwise only expressions use it. */
  readonly returned: boolean;
  /** Account of the metric, if that is another one. */
  readonly account?: string;
  readonly of:
    | { readonly kind: 'metric'; readonly metric: Metric; readonly statistic: string; readonly unit?: string }
    | { readonly kind: 'expression'; readonly text: string; readonly expression: Expression }
    | { readonly kind: 'insights'; readonly text: string; readonly query: InsightsQuery };
  /** Absent for an expression that does not say: then it is that of its metrics. */
  readonly periodSeconds?: number;
}

const dimension = z.object({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1_024) });

export const dimensionList = z.array(dimension).max(30);

/** A period of full minutes; AWS knows shorter ones, of high-resolution metrics. */
export const period = z
  .number()
  .int()
  .min(1)
  .refine((seconds) => seconds % 60 === 0, 'be a multiple of 60 in the sandbox');

export const statistic = z
  .string()
  .refine((name) => statisticOf(name) !== undefined, `be one of ${knownStatistics} in the sandbox`);

const metric = z.object({
  Namespace: z.string().min(1).max(255),
  MetricName: z.string().min(1).max(255),
  Dimensions: dimensionList.optional(),
});

/** One element of `MetricDataQueries` or of an alarm's `Metrics`. */
export const metricDataQuery = z
  .strictObject({
    Id: z.string().regex(/^[a-z][A-Za-z0-9_]{0,254}$/, 'begin with a lower-case letter'),
    MetricStat: z
      .strictObject({ Metric: metric, Period: period, Stat: statistic, Unit: z.string().optional() })
      .optional(),
    Expression: z.string().min(1).max(2_048).optional(),
    Label: z.string().optional(),
    ReturnData: z.boolean().default(true),
    Period: period.optional(),
    AccountId: z.string().min(1).max(255).optional(),
  })
  .refine(({ MetricStat, Expression }) => (MetricStat === undefined) !== (Expression === undefined), {
    error: 'have either MetricStat or Expression',
  })
  .transform((query, context): MetricQuery => {
    const { MetricStat: stat, Expression: text = '' } = query;
    const { Id: id, Label: label, ReturnData: returned, AccountId: account } = query;
    if (!stat) {
      const of = parsed(text, (problem) => {
        context.addIssue({ code: 'custom', message: problem });
      });
      return { id, label, returned, account, periodSeconds: query.Period, of };
    }
    const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = stat.Metric;
    const asked = { namespace, name, dimensions: dimensionsOf(dimensions) };
    const of = { kind: 'metric', metric: asked, statistic: stat.Stat, unit: stat.Unit } as const;
    return { id, label, returned, account, periodSeconds: stat.Period, of };
  });

export const dimensionsOf = (list: z.output<typeof dimensionList> = []): Metric['dimensions'] =>
  Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));

/** An expression of metric math, or a query of Metrics Insights; throws an `ExpressionError` for any other text. */
export const expressionOf = (text: string): Exclude<MetricQuery['of'], { readonly kind: 'metric' }> =>
  isInsights(text)
    ? { kind: 'insights', text, query: parseQuery(text) }
    : { kind: 'expression', text, expression: parseExpression(text) };

function parsed(text: string, report: (problem: string) => void): MetricQuery['of'] {
  try {
    return expressionOf(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    report(error.message);
    return { kind: 'expression', text, expression: { kind: 'number', value: 0 } };
  }
}
