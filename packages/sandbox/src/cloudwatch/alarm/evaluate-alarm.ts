import { answerQueries } from '../answer-queries.ts';
import { isPoints } from '../math/value.ts';
import { minute } from '../metric.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { Series } from '../series.ts';
import type { MetricCriteria } from './alarm.ts';
import type { StateUpdate } from './alarm-state.ts';
import { evaluationRange, judge } from './judge.ts';
import { reasonDataOf, reasonOf } from './reason.ts';

/** A metric of a query, if it has values that the alarm's account may see. */
export type SeriesOf = (query: MetricQuery) => Series | undefined;

export interface Evaluation {
  /** Undefined where the alarm keeps the state that it is in. */
  readonly update: StateUpdate | undefined;
  /** True if any metric has values in the evaluation range. */
  readonly hasValues: boolean;
}

const day = 24 * 60 * minute;
const hour = 60 * minute;

/** Alarms over more than a day are evaluated every hour, all others every minute ("Alarm evaluation"). */
export const isDue = ({ evaluationPeriods, periodSeconds }: MetricCriteria, at: number): boolean =>
  evaluationPeriods * periodSeconds * 1_000 <= day || at % hour === 0;

/** The state of an alarm at a full minute: its periods end there, whatever the clock says ("Sliding window"). */
export function evaluateAlarm(criteria: MetricCriteria, seriesOf: SeriesOf, at: number): Evaluation {
  const length = (criteria.periodSeconds / 60) * minute;
  const range = evaluationRange(criteria.evaluationPeriods);
  const start = at - range * length;
  const answers = answerQueries(criteria.queries, { seriesOf, start, end: at });
  const points = answers.get(criteria.watched.id) ?? NaN;
  const times = Array.from({ length: range }, (_, index) => start + index * length);
  const values = times.map((time) => (isPoints(points) ? points.get(time) : undefined));
  const judgement = judge(values, criteria);
  const evaluated = judgement.evaluated.map((place) => ({ at: times[place] ?? NaN, value: values[place] ?? NaN }));
  const update = judgement.state && {
    value: judgement.state,
    reason: reasonOf(criteria, judgement, evaluated),
    reasonData: reasonDataOf(criteria, evaluated, at),
    at,
  };
  return { update, hasValues: hasValues(criteria, seriesOf, at) };
}

/** True if any metric of an alarm has values in its evaluation range. */
export function hasValues(criteria: MetricCriteria, seriesOf: SeriesOf, at: number): boolean {
  const start = at - evaluationRange(criteria.evaluationPeriods) * criteria.periodSeconds * 1_000;
  return criteria.queries.some((query) => (seriesOf(query)?.last ?? -Infinity) >= start);
}
