import { type Cron, nextOfCron, parseCron } from './cron.ts';
import { type TimeZone, timeZoneNamed } from './time-zone.ts';

/** A schedule expression of EventBridge Scheduler. */
export type ScheduleExpression =
  | { readonly kind: 'rate'; readonly milliseconds: number }
  | { readonly kind: 'cron'; readonly cron: Cron }
  /** A local time, in milliseconds as if it were in UTC. */
  | { readonly kind: 'at'; readonly local: number };

export type ParsedExpression =
  | { readonly ok: true; readonly expression: ScheduleExpression }
  /** Says what is expected; the fix. */
  | { readonly ok: false; readonly problem: string };

/** Parses an expression (EventBridge Scheduler User Guide, "Schedule types"). */
export function parseScheduleExpression(text: string): ParsedExpression {
  const [, kind, inner = ''] = /^(cron|rate|at)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'rate') return parseRate(inner);
  if (kind === 'at') return parseAt(inner);
  if (kind !== 'cron')
    return failed('cron(six fields), rate(number unit) or at(date and time); write for example rate(7 days)');
  const parsed = parseCron(inner);
  return parsed.ok ? { ok: true, expression: { kind, cron: parsed.cron } } : parsed;
}

const minutesPer: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };

function parseRate(text: string): ParsedExpression {
  const [, number = '', unit = ''] = /^([1-9]\d*)\s+([a-z]+?)s?$/.exec(text) ?? [];
  const milliseconds = Number(number) * (minutesPer[unit] ?? NaN) * 60_000;
  if (Number.isNaN(milliseconds)) {
    return failed('a whole number and minutes, hours or days; write for example rate(7 days)');
  }
  return { ok: true, expression: { kind: 'rate', milliseconds } };
}

function parseAt(text: string): ParsedExpression {
  const local = Date.parse(`${text}.000Z`);
  const isExact = !Number.isNaN(local) && new Date(local).toISOString() === `${text}.000Z`;
  if (!isExact) return failed(`a date and time that exist; write for example at(2027-01-01T06:00:00)`);
  return { ok: true, expression: { kind: 'at', local } };
}

const failed = (problem: string): ParsedExpression => ({ ok: false, problem });

export interface TimesProps {
  readonly expression: ScheduleExpression;
  /** In which cron and at expressions are read, as IANA names it. */
  readonly timeZone: string;
  /** When the schedule was created or changed last, in milliseconds since the epoch. */
  readonly createdAt: number;
  /** @default - none; one-time schedules ignore both dates */
  readonly startDate?: number;
  /** @default - none */
  readonly endDate?: number;
}

/** The times of a schedule, in milliseconds since the epoch; undefined where there is none. */
export interface ScheduleTimes {
  /**
   * The first time. A rate without a start date begins at once; a one-time schedule may be in the past, and its target is
   * then invoked at once (EventBridge Scheduler User Guide, "Disabling or enabling one-time schedules").
   */
  readonly first: number | undefined;
  readonly next: (after: number) => number | undefined;
}

/** The times of a schedule; undefined if there is no such time zone. */
export function scheduleTimes(props: TimesProps): ScheduleTimes | undefined {
  const { expression, createdAt, startDate = -Infinity, endDate = Infinity } = props;
  const zone = timeZoneNamed(props.timeZone);
  if (!zone) return undefined;
  if (expression.kind === 'at') return once(zone.instantOf(expression.local));
  const following = followingOf(expression, zone, props);
  const next = (after: number): number | undefined => {
    const at = following(Math.max(after, startDate - 1));
    return at === undefined || at > endDate ? undefined : at;
  };
  return { first: next(expression.kind === 'rate' ? createdAt - 1 : createdAt), next };
}

const once = (at: number | undefined): ScheduleTimes => ({
  first: at,
  next: (after) => (at !== undefined && at > after ? at : undefined),
});

function followingOf(
  expression: Exclude<ScheduleExpression, { kind: 'at' }>,
  zone: TimeZone,
  { createdAt, startDate = createdAt }: TimesProps,
): ScheduleTimes['next'] {
  if (expression.kind === 'cron') return (after) => nextOfCron(expression.cron, zone, after);
  const { milliseconds } = expression;
  // A day of a rate has 24 hours, whatever clocks do ("Daylight savings time on EventBridge Scheduler").
  return (after) => startDate + Math.max(0, Math.floor((after - startDate) / milliseconds) + 1) * milliseconds;
}
