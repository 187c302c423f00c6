import { listOf, objectOf } from '@crosswind/aws/json';
import { type AnswerModel, type MetricsQuestion, wholeRange } from '@crosswind/console/server/snapshot';
import type { ConsoleContext } from '../console-context.ts';
import { answerWidget } from './metrics.ts';

/** Kind of the questions for values of widgets. */
export const metricsKind = 'metrics';

/**
 * The values of all dashboards over a whole run, for a page without a server.
 *
 * @param first start of the first execution
 */
export function metricAnswers(sandbox: ConsoleContext['sandbox'], first: number, at: number): readonly AnswerModel[] {
  return sandbox.observability.dashboards.flatMap(({ account, name: dashboard, properties }) =>
    listOf(properties['widgets']).flatMap((widget, index) => {
      if (objectOf(widget)['type'] !== 'metric') return [];
      const question: MetricsQuestion = { account, dashboard, widget: index, ...wholeRange(first, at) };
      return [{ kind: metricsKind, question: JSON.stringify(question), answer: answerWidget(sandbox, question) }];
    }),
  );
}
