import { matches } from '../insights/answer-query.ts';
import { minute } from '../metric.ts';
import type { Series } from '../series.ts';
import type { MetricView } from '../visible-series.ts';
import type { Alarm, MetricCriteria } from './alarm.ts';
import type { Periods } from './evaluation-window.ts';
import { boundaryAfter } from './wall-clock.ts';

const hour = 60 * minute;
const day = 24 * hour;

/**
 * The first full minute from a time on at which an alarm is evaluated: alarms over more than a day are every hour, all
 * others every minute ("Alarm evaluation").
 */
export const evaluationFrom = ({ evaluationPeriods, periodSeconds }: MetricCriteria, at: number): number =>
  evaluationPeriods * periodSeconds * 1_000 > day ? Math.ceil(at / hour) * hour : at;

/**
 * When the result of an evaluation can differ from the one at `at` without new values: when a value comes into another
 * period. Infinite if there is no value in the periods.
 */
export function dueAfter(
  criteria: MetricCriteria,
  view: MetricView,
  { starts: [start = 0] }: Periods,
  at: number,
): number {
  const { window, periodSeconds } = criteria;
  const series = seriesOf(criteria, view).filter(({ last }) => last >= start);
  if (series.length === 0) return Infinity;
  if (window.kind === 'wall-clock') return boundaryAfter(at, periodSeconds, window.zone);
  const length = periodSeconds * 1_000;
  if (length === minute) return at + minute;
  let next = Infinity;
  for (const each of series) {
    for (const place of each.minutesFrom(start)) {
      const age = at - minute - place;
      next = Math.min(next, age < 0 ? place + minute : at + length - (age % length));
      if (next === at + minute) return next;
    }
  }
  return next;
}

/** When an alarm must be evaluated now that a metric of it has new values, the earliest at the minute `from`. */
export function dueWith({ dueAt, evaluatedTo }: Alarm, criteria: MetricCriteria, from: number, at: number): number {
  const { window, periodSeconds } = criteria;
  if (window.kind === 'sliding' || from < evaluatedTo) return Math.min(dueAt, at);
  // The period of the value has not ended: the alarm is evaluated when it does, if it is not evaluated before.
  if (dueAt < Infinity) return dueAt;
  return Math.max(at, boundaryAfter(from, periodSeconds, window.zone));
}

/** The metrics of an alarm that have values and can be seen. */
function seriesOf({ queries }: MetricCriteria, view: MetricView): readonly Series[] {
  return queries.flatMap((query) => {
    if (query.of.kind === 'metric') return view.seriesOf(query) ?? [];
    if (query.of.kind === 'expression') return [];
    const { query: asked } = query.of;
    return view
      .seen(query)
      .filter((owned) => matches(asked, owned))
      .map(({ series }) => series);
  });
}
