import { isObject, type Json, type JsonObject, listOf, objectOf } from '@crosswind/aws/json';
import { answerQueries } from './answer-queries.ts';
import { ExpressionError } from './math/expression.ts';
import { expressionOf, type MetricQuery } from './metric-query.ts';

/**
 * Problem of the expressions in a dashboard's widgets, if there is one. A metric is a list of namespace, name and
 * dimensions, with its options at the end. An expression is a list of its options alone ("Dashboard Body Structure").
 */
export function expressionProblem(body: JsonObject): string | undefined {
  for (const widget of listOf(body['widgets'])) {
    const metrics = listOf(objectOf(objectOf(widget)['properties'])['metrics']);
    try {
      answerQueries(metrics.map(queryOf), { seriesOf: () => undefined, start: 0, end: 0 });
    } catch (error) {
      if (error instanceof ExpressionError) return error.message;
      throw error;
    }
  }
  return undefined;
}

function queryOf(metric: Json, index: number): MetricQuery {
  const last = listOf(metric).at(-1);
  const { id, expression: text } = isObject(last) ? last : {};
  const query = { id: typeof id === 'string' ? id : `unnamed${index}`, returned: true };
  if (typeof text === 'string') return { ...query, of: expressionOf(text) };
  const unread = { namespace: '', name: '', dimensions: {} };
  return { ...query, periodSeconds: 60, of: { kind: 'metric', metric: unread, statistic: 'Sum' } };
}
