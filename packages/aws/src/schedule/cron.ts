import { cronFields, fieldNumber, fieldProblem, fieldValues } from './cron-field.ts';
import type { TimeZone } from './time-zone.ts';

/** A cron expression as numbers. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly isDay: (day: Date) => boolean;
}

export type ParsedCron =
  | { readonly ok: true; readonly cron: Cron }
  /** Says what is expected; the fix. */
  | { readonly ok: false; readonly problem: string };

/** Parses the fields between the brackets of `cron(…)`; the year may be left out. */
export function parseCron(text: string): ParsedCron {
  const given = text.split(/\s+/);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = given;
  if (given.length < 5 || given.length > 6) {
    const problem =
      'six fields, minutes hours day-of-month month day-of-week year; write for example cron(0 6 1 * ? *)';
    return { ok: false, problem };
  }
  const texts = { minutes, hours, dayOfMonth, month, dayOfWeek, year };
  const [wrong] = (Object.keys(cronFields) as (keyof typeof cronFields)[]).flatMap(
    (name) => fieldProblem(cronFields[name], texts[name]) ?? [],
  );
  if (wrong !== undefined) return { ok: false, problem: wrong };
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    const problem = '? as day-of-month or as day-of-week, and not as both; write ? for the one that does not matter';
    return { ok: false, problem };
  }
  return {
    ok: true,
    cron: {
      minutes: fieldValues(cronFields.minutes, minutes) ?? [],
      hours: fieldValues(cronFields.hours, hours) ?? [],
      months: new Set(fieldValues(cronFields.month, month)),
      years: new Set(fieldValues(cronFields.year, year)),
      isDay: dayOfWeek === '?' ? dayOfMonthIs(dayOfMonth) : dayOfWeekIs(dayOfWeek),
    },
  };
}

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;
const dayMilliseconds = 24 * hourMilliseconds;
const afterTheLastYear = Date.UTC(cronFields.year.most + 1, 0);

/**
 * The first time of a cron expression after another; undefined if none is left. A local time that a clock change skips is
 * skipped, and of one that it repeats the first counts ("Daylight savings time on EventBridge Scheduler").
 * @param after milliseconds since the epoch
 */
export function nextOfCron(cron: Cron, zone: TimeZone, after: number): number | undefined {
  const from = Math.floor(zone.localOf(after) / minuteMilliseconds) * minuteMilliseconds;
  let day = Math.floor(from / dayMilliseconds) * dayMilliseconds;
  while (day < afterTheLastYear) {
    const date = new Date(day);
    if (!cron.years.has(date.getUTCFullYear()) || !cron.months.has(date.getUTCMonth() + 1)) {
      day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
      continue;
    }
    const found = cron.isDay(date) ? nextOfDay(cron, zone, { day, from, after }) : undefined;
    if (found !== undefined) return found;
    day += dayMilliseconds;
  }
  return undefined;
}

/** @param from local time before which no time is tried, because it is past */
function nextOfDay(
  { hours, minutes }: Cron,
  zone: TimeZone,
  { day, from, after }: { readonly day: number; readonly from: number; readonly after: number },
): number | undefined {
  for (const hour of hours) {
    const hourAt = day + hour * hourMilliseconds;
    if (hourAt + hourMilliseconds <= from) continue;
    for (const minute of minutes) {
      const local = hourAt + minute * minuteMilliseconds;
      const at = local < from ? undefined : zone.instantOf(local);
      if (at !== undefined && at > after) return at;
    }
  }
  return undefined;
}

const lastOfMonth = (day: Date): number =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

/** Sunday is 1, as in the field. */
const weekdayOf = (day: Date): number => day.getUTCDay() + 1;

function dayOfMonthIs(text: string): Cron['isDay'] {
  if (text === 'L') return (day) => day.getUTCDate() === lastOfMonth(day);
  if (text.endsWith('W')) {
    const near = Number(text.slice(0, -1));
    return (day) => day.getUTCDate() === weekdayNear(day, near);
  }
  const days = new Set(fieldValues(cronFields.dayOfMonth, text));
  return (day) => days.has(day.getUTCDate());
}

/**
 * Day of the weekday that is nearest to a day of the month, in the same month; none if the month has no such day. AWS
 * documents neither; both are as in Quartz, whose syntax it is.
 */
function weekdayNear(month: Date, near: number): number | undefined {
  const last = lastOfMonth(month);
  if (near > last) return undefined;
  const weekday = weekdayOf(new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), near)));
  if (weekday === 7) return near === 1 ? near + 2 : near - 1;
  if (weekday === 1) return near === last ? near - 2 : near + 1;
  return near;
}

function dayOfWeekIs(text: string): Cron['isDay'] {
  if (text === 'L') return (day) => weekdayOf(day) === 7;
  const [, name = '', which = ''] = /^(\w+?)(L|#\d)$/.exec(text) ?? [];
  if (which === '') {
    const days = new Set(fieldValues(cronFields.dayOfWeek, text));
    return (day) => days.has(weekdayOf(day));
  }
  const weekday = fieldNumber(cronFields.dayOfWeek, name);
  const isWeek: Cron['isDay'] =
    which === 'L'
      ? (day) => day.getUTCDate() > lastOfMonth(day) - 7
      : (day) => Math.ceil(day.getUTCDate() / 7) === Number(which.slice(1));
  return (day) => weekdayOf(day) === weekday && isWeek(day);
}
