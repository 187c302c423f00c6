import { describe, expect, test } from 'vitest';
import { plannedWaves } from '../../config/deployments.ts';
import { parsePlatform } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { schedule } from '../../config/schedule.ts';
import { platformOf } from '../synthesized.ts';
import { changed } from './platform-text.ts';
import { contracts } from '../workloads.ts';

/** The platform in which the tenant of wave dev has this schedule. */
const scheduled = (lines: string): string =>
  changed('        child: child-dev\n', `        child: child-dev\n        schedule: ${lines}\n`);

function problemsOf(lines: string): readonly string[] {
  const parsed = parsePlatform(scheduled(lines), contracts);
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem));
}

/** Text between the brackets of the only problem: what was expected, and the fix. */
const expectedFor = (given: { readonly expression?: string; readonly timezone?: string }): string | undefined =>
  schedule.safeParse({ expression: 'rate(7 days)', ...given }).error?.issues[0]?.message;

describe('a schedule', () => {
  test('belongs to a tenant in one wave, and there is none where nobody asks for one', () => {
    const waves = plannedWaves(platformOf(scheduled('{ expression: cron(0 6 1 * ? *), timezone: Europe/Berlin }')));
    expect(waves.map(({ deployments }) => deployments[0]?.schedule)).toEqual([
      { expression: 'cron(0 6 1 * ? *)', timezone: 'Europe/Berlin' },
      undefined,
    ]);
  });

  test('is told in UTC unless it says otherwise', () => {
    const [dev] = plannedWaves(platformOf(scheduled('{ expression: rate(7 days) }')));
    expect(dev?.deployments[0]?.schedule).toEqual({ expression: 'rate(7 days)', timezone: 'UTC' });
  });
});

describe('a problem of a schedule is reported with its place, what came, what was expected and the fix:', () => {
  const at = 'platform.yaml:45:';
  const path = 'tenants.wind.waves.dev.schedule';

  test.each([
    [
      'an expression of another kind',
      '{ expression: at(2027-01-01T06:00:00) }',
      `${at}33 ${path}.expression has the wrong form (got at(2027-01-01T06:00:00); expected cron(six fields) or rate(number unit); write for example cron(0 6 1 * ? *) or rate(7 days))`,
    ],
    [
      'a cron expression that starts too often',
      '{ expression: cron(*/5 * * * ? *) }',
      `${at}33 ${path}.expression has the wrong form (got cron(*/5 * * * ? *); expected a single minute from 0 to 59, because a run starts once an hour at most; write it instead of "*/5")`,
    ],
    [
      'an expression that is missing',
      '{ timezone: UTC }',
      `${at}19 ${path}.expression is missing (got nothing; expected cron(six fields) or rate(number unit); add it)`,
    ],
    [
      'an expression that is empty',
      "{ expression: '' }",
      `${at}33 ${path}.expression is empty (got ''; expected cron(six fields) or rate(number unit); fill it in)`,
    ],
    [
      'a time zone that is misspelled',
      '{ expression: rate(7 days), timezone: Europe/Berln }',
      `${at}57 ${path}.timezone has the wrong form (got Europe/Berln; expected UTC or Area/City as the IANA time zone database has it; did you mean "Europe/Berlin"?)`,
    ],
    [
      'a time zone that is a number',
      '{ expression: rate(7 days), timezone: 1 }',
      `${at}57 ${path}.timezone has the wrong type (got 1; expected UTC or Area/City as the IANA time zone database has it; write for example Europe/Berlin)`,
    ],
    [
      'an unknown key',
      '{ expression: rate(7 days), timeZone: UTC }',
      `${at}47 unknown key "timeZone" in ${path} (got timeZone; expected expression, timezone; did you mean "timezone"?)`,
    ],
    [
      'an expression alone',
      'rate(7 days)',
      `${at}19 ${path} has the wrong type (got rate(7 days); expected a mapping; write its keys below it, indented)`,
    ],
  ])('%s', (_, lines, problem) => {
    expect(problemsOf(lines)).toEqual([problem]);
  });
});

describe('a rate', () => {
  test.each(['rate(60 minutes)', 'rate(1 hour)', 'rate(12 hours)', 'rate(1 day)', 'rate(365 days)'])(
    'may be %s',
    (expression) => {
      expect(expectedFor({ expression })).toBeUndefined();
    },
  );

  test.each([
    ['rate(5 minutes)', 'a rate of 1 hour or more, because every run costs money; raise it'],
    ['rate(59 minutes)', 'a rate of 1 hour or more, because every run costs money; raise it'],
    ['rate(366 days)', 'a rate of 365 days or less; lower it'],
    ['rate(8761 hours)', 'a rate of 365 days or less; lower it'],
    ['rate(0 days)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
    ['rate(1.5 hours)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
    ['rate(1 minute)', 'a rate of 1 hour or more, because every run costs money; raise it'],
    ['rate(1 week)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
    ['rate(days)', 'a whole number and minutes, hours or days; write for example rate(7 days)'],
  ])('is not %s: it needs %s', (expression, expected) => {
    expect(expectedFor({ expression })).toBe(expected);
  });
});

describe('a time zone', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Etc/GMT+1'])(
    'may be %s',
    (timezone) => {
      expect(expectedFor({ timezone })).toBeUndefined();
    },
  );

  test.each([
    ['an abbreviation, which only some know', 'PST', /; write for example Europe\/Berlin$/],
    ['an offset', '+01:00', /; write for example Europe\/Berlin$/],
    ['a place that is none', 'Moon/Base', /^UTC or Area\/City as the IANA time zone database has it; /],
    ['a city without its area', 'Berlin', /; did you mean "Europe\/Berlin"\?$/],
    ['a name in small letters', 'europe/berlin', /; did you mean "Europe\/Berlin"\?$/],
    ['another name of one, in small letters', 'america/Argentina/Buenos_Aires', /; did you mean "America\//],
    ['a name in capitals', 'EUROPE/BERLIN', /; did you mean "Europe\/Berlin"\?$/],
  ])('is not %s: %s', (_, timezone, expected) => {
    expect(expectedFor({ timezone })).toMatch(expected);
  });
});
