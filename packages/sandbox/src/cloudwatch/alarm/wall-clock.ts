import { instantOf, type TimeZone } from './time-zone.ts';

/** Periods of a wall clock window, in seconds: a minute, five, an hour, a day, a week ("Supported periods"). */
export const wallClockPeriods: readonly number[] = [60, 300, 3_600, 86_400, 604_800];

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/** 1970-01-05, a Monday: weeks begin on Mondays (ISO 8601). */
const monday = 4 * day;

/**
 * The last boundary at or before a time: the full minute, five minutes or hour, midnight, or Monday at midnight of the
 * zone ("Wall clock window"). A day on which the clocks change has 23 or 25 hours. Hours are counted with the offset that
 * holds at the time (assumed; it matters only where clocks change by half an hour).
 */
export function boundaryBefore(at: number, periodSeconds: number, zone: TimeZone): number {
  const length = periodSeconds * 1_000;
  // Offsets are multiples of five minutes.
  const offset = length < hour ? 0 : zone.offsetAt(at);
  const local = at + offset;
  if (length <= hour) return Math.floor(local / length) * length - offset;
  const origin = length === week ? monday : 0;
  return instantOf(origin + Math.floor((local - origin) / length) * length, zone);
}

/** The first boundary after a time. */
export function boundaryAfter(at: number, periodSeconds: number, zone: TimeZone): number {
  const start = boundaryBefore(at, periodSeconds, zone);
  const length = periodSeconds * 1_000;
  if (length <= hour) return start + length;
  // Halfway into the next period, whose clocks may have changed on the way.
  return boundaryBefore(start + length + length / 2, periodSeconds, zone);
}

/** Starts of the last periods that are complete at a time, the oldest first, and the end of the newest. */
export function completePeriods(
  at: number,
  count: number,
  periodSeconds: number,
  zone: TimeZone,
): { readonly starts: readonly number[]; readonly end: number } {
  const end = boundaryBefore(at, periodSeconds, zone);
  const starts: number[] = [];
  for (let next = end; starts.length < count; next = starts[0] ?? end) {
    starts.unshift(boundaryBefore(next - 1, periodSeconds, zone));
  }
  return { starts, end };
}
