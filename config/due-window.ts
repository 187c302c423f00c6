import { parseScheduleExpression, scheduleTimes } from '@crosswind/aws/schedule-expression';
import type { Schedule } from './schema.ts';

/** Days or weeks of a time zone, each with at least one run of a schedule. */
export interface DueWindow {
  readonly unit: 'day' | 'week';
  /** As IANA names it. */
  readonly timeZone: string;
}

const hour = 3_600_000;
const day = 24 * hour;

/** A Monday. The answer does not depend on it: a year of weeks is looked at from there. */
const from = Date.UTC(2026, 0, 5);
const days = 371;

/**
 * The shortest window in which a run is always due; undefined for a schedule that pauses for more than a week, because an
 * alarm looks at seven days at most (API_PutMetricAlarm).
 */
export function dueWindow({ expression: text, timezone }: Schedule): DueWindow | undefined {
  const parsed = parseScheduleExpression(text);
  if (!parsed.ok) return undefined;
  const { expression } = parsed;
  // A rate counts hours, whatever clocks do.
  const timeZone = expression.kind === 'rate' ? 'UTC' : timezone;
  const times = scheduleTimes({ expression, timeZone, createdAt: from });
  const waits = Array.from({ length: days }, (_, index) => {
    const begin = from + index * day;
    return (times?.next(begin) ?? Infinity) - begin;
  });
  const longest = Math.max(...waits);
  // An hour more, when clocks are put back.
  if (longest <= day + hour) return { unit: 'day', timeZone };
  return longest <= 7 * day + hour ? { unit: 'week', timeZone } : undefined;
}
