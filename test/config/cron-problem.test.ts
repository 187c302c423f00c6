import { describe, expect, test } from 'vitest';
import { cronProblem } from '../../config/cron-problem.ts';

describe('a cron expression of EventBridge Scheduler', () => {
  test.each([
    ['every month on the first at six', '0 6 1 * ? *'],
    ['every hour', '59 * * * ? *'],
    ['every day of the week that has a name', '0 6 ? * MON-FRI *'],
    ['every day of the week that has a number', '0 6 ? * 1,7 *'],
    ['the last day of the month', '0 6 L * ? *'],
    ['the weekday next to the 31st', '0 6 31W * ? *'],
    ['the last Friday', '0 6 ? * 6L *'],
    ['the third Friday', '0 6 ? * FRI#3 *'],
    ['every second hour of the day', '0 8-18/2 * * ? *'],
    ['quarters by name and by number', '0 6 1 JAN,4,JUL,10 ? *'],
    ['some years', '0 6 1 * ? 2027-2030'],
    ['more than one blank', '0  6 1 *   ? *'],
  ])('may be %s: %s', (_, text) => {
    expect(cronProblem(text)).toBeUndefined();
  });

  test.each([
    ['0 6 1 * ?', 'six fields, minutes hours day-of-month month day-of-week year; write for example cron(0 6 1 * ? *)'],
    [
      ' 0 6 1 * ? *',
      'six fields, minutes hours day-of-month month day-of-week year; write for example cron(0 6 1 * ? *)',
    ],
    ['', 'six fields, minutes hours day-of-month month day-of-week year; write for example cron(0 6 1 * ? *)'],
    [
      '*/5 * * * ? *',
      'a single minute from 0 to 59, because a run starts once an hour at most; write it instead of "*/5"',
    ],
    [
      '0,30 * * * ? *',
      'a single minute from 0 to 59, because a run starts once an hour at most; write it instead of "0,30"',
    ],
    [
      '60 6 1 * ? *',
      'a single minute from 0 to 59, because a run starts once an hour at most; write it instead of "60"',
    ],
    ['0 24 1 * ? *', 'hours 0 to 23, with , - * /; correct "24"'],
    ['0 6,24 1 * ? *', 'hours 0 to 23, with , - * /; correct "6,24"'],
    ['0 6-7-8 1 * ? *', 'hours 0 to 23, with , - * /; correct "6-7-8"'],
    ['0 */0 1 * ? *', 'hours 0 to 23, with , - * /; correct "*/0"'],
    ['0 6/x 1 * ? *', 'hours 0 to 23, with , - * /; correct "6/x"'],
    ['0 ? 1 * ? *', 'hours 0 to 23, with , - * /; correct "?"'],
    ['0 6 0 * ? *', 'day-of-month 1 to 31, with , - * ? / L W; correct "0"'],
    ['0 6 32W * ? *', 'day-of-month 1 to 31, with , - * ? / L W; correct "32W"'],
    ['0 6 1 jan ? *', 'month 1 to 12 or JAN to DEC, with , - * /; correct "jan"'],
    ['0 6 1 13 ? *', 'month 1 to 12 or JAN to DEC, with , - * /; correct "13"'],
    ['0 6 ? * 0 *', 'day-of-week 1 to 7 or SUN to SAT, with , - * ? L #; correct "0"'],
    ['0 6 ? * FRI#6 *', 'day-of-week 1 to 7 or SUN to SAT, with , - * ? L #; correct "FRI#6"'],
    ['0 6 ? * 3#1,6#3 *', 'day-of-week 1 to 7 or SUN to SAT, with , - * ? L #; correct "3#1,6#3"'],
    ['0 6 1 * ? 1969', 'year 1970 to 2199, with , - * /; correct "1969"'],
    ['0 6 1 * ? 2200', 'year 1970 to 2199, with , - * /; correct "2200"'],
    ['0 6 * * * *', '? as day-of-month or as day-of-week, and not as both; write ? for the one that does not matter'],
    ['0 6 ? * ? *', '? as day-of-month or as day-of-week, and not as both; write ? for the one that does not matter'],
  ])('is not "%s": it needs %s', (text, problem) => {
    expect(cronProblem(text)).toBe(problem);
  });
});
