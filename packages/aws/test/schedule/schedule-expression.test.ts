import { describe, expect, test } from 'vitest';
import { parseScheduleExpression, scheduleTimes, type TimesProps } from '../../src/schedule/schedule-expression.ts';

const instant = (text: string): number => Date.parse(text);
const shown = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z');

/** The first times of an expression. */
function timesOf(
  text: string,
  createdAt: string,
  count: number,
  rest: Partial<Pick<TimesProps, 'timeZone' | 'startDate' | 'endDate'>> = {},
): readonly (string | undefined)[] {
  const parsed = parseScheduleExpression(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  const { expression } = parsed;
  const times = scheduleTimes({ expression, timeZone: 'UTC', createdAt: instant(createdAt), ...rest });
  if (!times) throw new Error('there is no such time zone');
  const found = [times.first];
  while (found.length < count) {
    const last = found.at(-1);
    found.push(last === undefined ? undefined : times.next(last));
  }
  return found.map(shown);
}

describe('the times of a cron expression', () => {
  test.each<[string, string, string, readonly string[]]>([
    // EventBridge Scheduler User Guide, "Schedule types".
    [
      'the last Friday of each month',
      'cron(15 10 ? * 6L 2022-2023)',
      '2022-01-01T00:00:00Z',
      ['2022-01-28T10:15:00Z', '2022-02-25T10:15:00Z', '2022-03-25T10:15:00Z'],
    ],
    [
      'every tenth minute from the first one on',
      'cron(1/10 * * * ? *)',
      '2026-01-01T00:02:00Z',
      ['2026-01-01T00:11:00Z', '2026-01-01T00:21:00Z', '2026-01-01T00:31:00Z'],
    ],
    [
      'the second Tuesday',
      'cron(0 8 ? * 3#2 *)',
      '2026-01-01T00:00:00Z',
      ['2026-01-13T08:00:00Z', '2026-02-10T08:00:00Z', '2026-03-10T08:00:00Z'],
    ],
    [
      'the weekday nearest to the third',
      'cron(0 6 3W * ? *)',
      '2026-01-01T00:00:00Z',
      ['2026-01-02T06:00:00Z', '2026-02-03T06:00:00Z', '2026-03-03T06:00:00Z'],
    ],
    [
      'three months by name',
      'cron(0 0 1 JAN,FEB,MAR ? *)',
      '2026-01-15T00:00:00Z',
      ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ],
    // Amazon EventBridge User Guide, "Setting a schedule pattern", examples of cron expressions.
    [
      'every day at 10:00',
      'cron(0 10 * * ? *)',
      '2026-03-31T11:00:00Z',
      ['2026-04-01T10:00:00Z', '2026-04-02T10:00:00Z'],
    ],
    [
      'Monday through Friday at 18:00',
      'cron(0 18 ? * MON-FRI *)',
      '2026-01-02T12:00:00Z',
      ['2026-01-02T18:00:00Z', '2026-01-05T18:00:00Z'],
    ],
    [
      'every five minutes of working hours',
      'cron(0/5 8-17 ? * MON-FRI *)',
      '2026-01-02T17:50:00Z',
      ['2026-01-02T17:55:00Z', '2026-01-05T08:00:00Z'],
    ],
    [
      'the first Monday of every month',
      'cron(0 9 ? * 2#1 *)',
      '2026-01-01T00:00:00Z',
      ['2026-01-05T09:00:00Z', '2026-02-02T09:00:00Z'],
    ],
    [
      'every half an hour at night',
      'cron(0/30 20-2 ? * MON-FRI *)',
      '2026-01-02T23:00:00Z',
      ['2026-01-02T23:30:00Z', '2026-01-05T00:00:00Z', '2026-01-05T00:30:00Z'],
    ],
    [
      'the last day of the month',
      'cron(0 0 L * ? *)',
      '2028-01-31T00:00:00Z',
      ['2028-02-29T00:00:00Z', '2028-03-31T00:00:00Z'],
    ],
    [
      'the last day of the week',
      'cron(0 0 ? * L *)',
      '2026-01-01T00:00:00Z',
      ['2026-01-03T00:00:00Z', '2026-01-10T00:00:00Z'],
    ],
    [
      'a weekday in the same month, at its beginning and its end',
      'cron(0 0 1W * ? *)',
      '2026-07-15T00:00:00Z',
      ['2026-08-03T00:00:00Z', '2026-09-01T00:00:00Z'],
    ],
    [
      'the 31st, only in months that have one',
      'cron(0 0 31W * ? *)',
      '2026-01-01T00:00:00Z',
      ['2026-01-30T00:00:00Z', '2026-03-31T00:00:00Z', '2026-05-29T00:00:00Z'],
    ],
    [
      'a leap day, after a century without one',
      'cron(0 0 29 2 ? *)',
      '2096-03-01T00:00:00Z',
      ['2104-02-29T00:00:00Z', '2108-02-29T00:00:00Z'],
    ],
    [
      'a fifth Friday, in months that have one',
      'cron(0 0 ? * FRI#5 *)',
      '2026-01-01T00:00:00Z',
      ['2026-01-30T00:00:00Z', '2026-05-29T00:00:00Z'],
    ],
    [
      'every year if none is named',
      'cron(0 6 1 1 ?)',
      '2026-01-01T06:00:00Z',
      ['2027-01-01T06:00:00Z', '2028-01-01T06:00:00Z'],
    ],
  ])('are %s: %s', (_, text, createdAt, times) => {
    expect(timesOf(text, createdAt, times.length)).toEqual(times);
  });

  test.each([
    ['a year that is over', 'cron(0 6 1 * ? 2025)'],
    ['a day that no month has', 'cron(0 6 31 2 ? *)'],
    ['a year after the last', 'cron(0 6 1 1 ? 1970)'],
  ])('are none for %s', (_, text) => {
    expect(timesOf(text, '2026-01-01T00:00:00Z', 1)).toEqual([undefined]);
  });
});

describe('daylight saving time', () => {
  const timeZone = 'America/Los_Angeles';

  test('skips a local time that does not exist', () => {
    expect(timesOf('cron(30 2 * * ? *)', '2026-03-07T00:00:00Z', 3, { timeZone })).toEqual([
      '2026-03-07T10:30:00Z',
      '2026-03-09T09:30:00Z',
      '2026-03-10T09:30:00Z',
    ]);
  });

  test('does not repeat a local time that comes twice', () => {
    expect(timesOf('cron(30 1 * * ? *)', '2026-10-31T00:00:00Z', 3, { timeZone })).toEqual([
      '2026-10-31T08:30:00Z',
      '2026-11-01T08:30:00Z',
      '2026-11-02T09:30:00Z',
    ]);
  });

  test('leaves a gap of an hour in what recurs within the repeated one', () => {
    expect(timesOf('cron(0/30 * * * ? *)', '2026-11-01T07:59:00Z', 4, { timeZone })).toEqual([
      '2026-11-01T08:00:00Z',
      '2026-11-01T08:30:00Z',
      '2026-11-01T10:00:00Z',
      '2026-11-01T10:30:00Z',
    ]);
  });

  test('does not change the length of a day of a rate', () => {
    expect(timesOf('rate(1 day)', '2026-03-07T10:30:00Z', 3, { timeZone })).toEqual([
      '2026-03-07T10:30:00Z',
      '2026-03-08T10:30:00Z',
      '2026-03-09T10:30:00Z',
    ]);
  });

  test('of half an hour is known as well', () => {
    expect(timesOf('cron(15 2 * * ? *)', '2026-10-03T00:00:00Z', 3, { timeZone: 'Australia/Lord_Howe' })).toEqual([
      '2026-10-04T15:15:00Z',
      '2026-10-05T15:15:00Z',
      '2026-10-06T15:15:00Z',
    ]);
  });
});

describe('the times of a rate', () => {
  test('begin at once', () => {
    expect(timesOf('rate(5 minutes)', '2026-01-02T03:04:05Z', 3)).toEqual([
      '2026-01-02T03:04:05Z',
      '2026-01-02T03:09:05Z',
      '2026-01-02T03:14:05Z',
    ]);
  });

  test.each([
    ['to come', '2026-01-03T00:00:00Z', ['2026-01-03T00:00:00Z', '2026-01-03T02:00:00Z']],
    ['that has just been', '2026-01-02T03:01:05Z', ['2026-01-02T05:01:05Z', '2026-01-02T07:01:05Z']],
  ])('begin at a start date %s', (_, startDate, times) => {
    expect(timesOf('rate(2 hours)', '2026-01-02T03:04:05Z', 2, { startDate: instant(startDate) })).toEqual(times);
  });
});

describe('the dates of a schedule', () => {
  const dates = { startDate: instant('2026-01-03T06:00:00Z'), endDate: instant('2026-01-04T06:00:00Z') };

  test('bound the times of a cron expression, themselves included', () => {
    expect(timesOf('cron(0 6 * * ? *)', '2026-01-01T00:00:00Z', 3, dates)).toEqual([
      '2026-01-03T06:00:00Z',
      '2026-01-04T06:00:00Z',
      undefined,
    ]);
  });

  test('bound the times of a rate', () => {
    expect(timesOf('rate(20 hours)', '2026-01-01T00:00:00Z', 3, dates)).toEqual([
      '2026-01-03T06:00:00Z',
      '2026-01-04T02:00:00Z',
      undefined,
    ]);
  });

  test('are ignored by a one-time schedule', () => {
    expect(timesOf('at(2026-02-01T00:00:00)', '2026-01-01T00:00:00Z', 2, dates)).toEqual([
      '2026-02-01T00:00:00Z',
      undefined,
    ]);
  });
});

describe('a one-time schedule', () => {
  test('has the time of its zone', () => {
    const timeZone = 'America/Los_Angeles';
    expect(timesOf('at(2022-11-20T13:00:00)', '2022-01-01T00:00:00Z', 2, { timeZone })).toEqual([
      '2022-11-20T21:00:00Z',
      undefined,
    ]);
  });

  test('keeps a time that is past', () => {
    expect(timesOf('at(2025-12-31T00:00:00)', '2026-01-01T00:00:00Z', 1)).toEqual(['2025-12-31T00:00:00Z']);
  });
});

describe('an expression', () => {
  test.each([
    ['rate(0 minutes)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
    ['rate(5)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
    ['rate(5 weeks)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
    ['at(2026-02-30T00:00:00)', 'a date and time that exist; write for example at(2027-01-01T06:00:00)'],
    ['at(2026-02-01)', 'a date and time that exist; write for example at(2027-01-01T06:00:00)'],
    ['cron(60 6 1 * ? *)', 'minutes 0 to 59, with , - * /; correct "60"'],
    ['cron(0 6 1 * ? 2030-2027)', 'year 1970 to 2199, with , - * /; correct "2030-2027"'],
    ['every(5 minutes)', 'cron(six fields), rate(number unit) or at(date and time); write for example rate(7 days)'],
  ])('is not %s: it needs %s', (text, problem) => {
    expect(parseScheduleExpression(text)).toEqual({ ok: false, problem });
  });

  test.each(['rate(1 minute)', 'rate(1 minutes)', 'rate(2  hours)', 'at(2026-02-01T00:00:00)', 'cron(* * ? * * *)'])(
    'may be %s',
    (text) => {
      expect(parseScheduleExpression(text).ok).toBe(true);
    },
  );

  test.each(['+01:00', 'Atlantis/Capital', ''])('has no times in the zone "%s"', (timeZone) => {
    const parsed = parseScheduleExpression('rate(1 hour)');
    if (!parsed.ok) throw new Error(parsed.problem);
    expect(scheduleTimes({ expression: parsed.expression, timeZone, createdAt: 0 })).toBeUndefined();
  });
});
