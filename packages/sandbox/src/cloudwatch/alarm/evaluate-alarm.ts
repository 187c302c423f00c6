import { answerQueries, type Asked, insightsOf } from '../answer-queries.ts';
import { isPoints, type Points, type Value } from '../math/value.ts';
import type { MetricView } from '../visible-series.ts';
import type { Alarm, MetricCriteria } from './alarm.ts';
import type { StateUpdate } from './alarm-state.ts';
import { type ContributorChange, evaluateContributors } from './evaluate-contributors.ts';
import type { Periods } from './evaluation-window.ts';
import { judge } from './judge.ts';
import { reasonDataOf, reasonOf } from './reason.ts';

export interface Evaluation {
  /** The new state; undefined where the alarm keeps the one that it is in. */
  readonly update: StateUpdate | undefined;
  /** Contributors that change their states; none for an alarm that does not group a query. */
  readonly contributors: readonly ContributorChange[];
  /** True if there is data for all periods that are evaluated; of a query with GROUP BY, if there is any. */
  readonly isComplete: boolean;
  /** True if a query goes through a part of its metrics or lines only. */
  readonly isPartial: boolean;
}

/** Evaluates an alarm at a full minute over the metrics that it may see. */
export function evaluateAlarm(
  criteria: MetricCriteria,
  view: MetricView,
  { starts, end }: Periods,
  { at, state, contributors }: { readonly at: number } & Pick<Alarm, 'state' | 'contributors'>,
): Evaluation {
  const { queries, watched, window } = criteria;
  const [start = end] = starts;
  const asked = { ...view, start, end, ...(window.kind === 'wall-clock' && { starts }) };
  const answer = watched.of.kind === 'insights' ? insightsOf(watched, asked) : undefined;
  if (answer && watched.of.kind === 'insights' && watched.of.query.groupBy.length > 0) {
    const { lines, isPartial } = answer;
    const changes = evaluateContributors(criteria, lines, { state, contributors }, { starts, at });
    return { ...changes, isComplete: lines.length > 0, isPartial };
  }
  const points = answer ? (answer.lines[0]?.points ?? none) : pointsOf(answerQueries(queries, asked).get(watched.id));
  const values = starts.map((time) => points.get(time));
  const judgement = judge(values, criteria);
  const isComplete = judgement.filled === 0;
  const all = { contributors: [], isComplete, isPartial: answer?.isPartial ?? isPartial(queries, asked) };
  if (judgement.state === undefined || judgement.state === state.value) return { ...all, update: undefined };
  const evaluated = judgement.evaluated.map((place) => ({ at: starts[place] ?? NaN, value: values[place] ?? NaN }));
  const reason = reasonOf(criteria, judgement, evaluated);
  const reasonData = reasonDataOf(criteria, evaluated, at);
  return { ...all, update: { value: judgement.state, reason, reasonData, at } };
}

/** True if a query in an expression goes through a part of its metrics or lines only. */
const isPartial = (queries: MetricCriteria['queries'], asked: Asked): boolean =>
  queries.some((query) => query.of.kind === 'insights' && insightsOf(query, asked).isPartial);

const none: Points = new Map<number, number>();

const pointsOf = (value: Value = none): Points => (isPoints(value) ? value : none);
