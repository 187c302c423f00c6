import { z } from 'zod';
import type { MetricQuery } from '../metric-query.ts';
import { type TimeZone, TimeZoneError, timeZoneOf, utc } from './time-zone.ts';
import { completePeriods, wallClockPeriods } from './wall-clock.ts';

/**
 * Where the periods of an alarm end: whenever it is evaluated, or at boundaries of the clock (CloudWatch User Guide, "Alarm
 * evaluation window").
 */
export type EvaluationWindow = { readonly kind: 'sliding' } | { readonly kind: 'wall-clock'; readonly zone: TimeZone };

/** `EvaluationWindow` of AWS::CloudWatch::Alarm. */
export const evaluationWindow = z
  .strictObject({
    SlidingWindow: z.strictObject({}).optional(),
    WallClockWindow: z.strictObject({ Timezone: z.string().min(1).max(50).optional() }).optional(),
  })
  .refine(
    ({ SlidingWindow: sliding, WallClockWindow: wallClock }) => (sliding === undefined) !== (wallClock === undefined),
    {
      error: 'have either SlidingWindow or WallClockWindow',
    },
  )
  .transform(({ WallClockWindow: wallClock }, context): EvaluationWindow => {
    if (!wallClock) return { kind: 'sliding' };
    try {
      return { kind: 'wall-clock', zone: timeZoneOf(wallClock.Timezone ?? utc.name) };
    } catch (error) {
      if (!(error instanceof TimeZoneError)) throw error;
      context.addIssue({ code: 'custom', message: error.message, path: ['WallClockWindow', 'Timezone'] });
      return z.NEVER;
    }
  });

const day = 86_400;

/** Data that alarms on Metrics Insights look at: 3 hours (CloudWatch User Guide, "Limits"), in seconds. */
const insightsSeconds = 3 * 3_600;

/** Seconds that periods may come to: a day, or a week for periods from an hour on (API_PutMetricAlarm). */
const mostSeconds = (periodSeconds: number): number => (periodSeconds < 3_600 ? day : 7 * day);

/** Size of the periods of an alarm, their number, and where they end. */
interface Sized {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly window: EvaluationWindow;
  readonly queries: readonly MetricQuery[];
}

const isInsights = ({ queries }: Pick<Sized, 'queries'>): boolean => queries.some(({ of }) => of.kind === 'insights');

/** Problem of an alarm's periods, if there is one. AWS's own words are not documented. */
export function windowProblem(criteria: Sized): string | undefined {
  const { periodSeconds, evaluationPeriods, window } = criteria;
  if (window.kind === 'wall-clock' && !wallClockPeriods.includes(periodSeconds)) {
    return `a wall clock window has periods of ${wallClockPeriods.join(', ')} seconds, got ${periodSeconds}`;
  }
  const most = mostSeconds(periodSeconds);
  const seconds = periodSeconds * evaluationPeriods;
  if (seconds > most) {
    return `EvaluationPeriods times Period must be at most ${most} seconds, got ${evaluationPeriods} times ${periodSeconds}`;
  }
  // One more period is reserved to align the window ("Supported periods").
  const reserved = window.kind === 'wall-clock' ? periodSeconds : 0;
  if (isInsights(criteria) && seconds + reserved > insightsSeconds) {
    const times = reserved === 0 ? 'EvaluationPeriods' : 'EvaluationPeriods + 1, for a wall clock window,';
    return `${times} times Period must be at most 3 hours for a query of Metrics Insights, got ${seconds + reserved} seconds`;
  }
  return undefined;
}

/**
 * Periods that are looked at. Of a sliding window they are two more than are evaluated, as in the documentation's tables;
 * AWS says that their number depends on the period, and does not say how (alarms-and-missing-data). They are none more for
 * days and weeks, since an alarm on a daily backup fires after 24 hours without one, and for a wall clock window, which
 * evaluates each day for itself ("Choosing between a sliding window and a wall clock window").
 */
function lookedAt(criteria: Sized): number {
  const { evaluationPeriods, periodSeconds, window } = criteria;
  if (window.kind === 'wall-clock' || periodSeconds >= day) return evaluationPeriods;
  const range = evaluationPeriods + 2;
  return isInsights(criteria) ? Math.min(range, Math.floor(insightsSeconds / periodSeconds)) : range;
}

/** Periods that an alarm looks at at a full minute: their starts, the oldest first, and the end of the newest. */
export interface Periods {
  readonly starts: readonly number[];
  readonly end: number;
}

export function periodsAt(criteria: Sized, at: number): Periods {
  const { periodSeconds, window } = criteria;
  const count = lookedAt(criteria);
  if (window.kind === 'wall-clock') return completePeriods(at, count, periodSeconds, window.zone);
  const length = periodSeconds * 1_000;
  return { starts: Array.from({ length: count }, (_, index) => at - (count - index) * length), end: at };
}
