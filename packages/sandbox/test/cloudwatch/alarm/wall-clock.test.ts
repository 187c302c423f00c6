import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { TimeZoneError, timeZoneOf } from '../../../src/cloudwatch/alarm/time-zone.ts';
import { boundaryAfter, completePeriods } from '../../../src/cloudwatch/alarm/wall-clock.ts';
import { midnight, watching } from './watching.ts';

const hour = 3_600;
const day = 24 * hour;
const week = 7 * day;
const short = (at: number): string => new Date(at).toISOString().slice(0, 16);

describe('a time zone', () => {
  test.each([
    ['UTC', 0],
    ['Z', 0],
    ['+05:30', 5.5],
    ['-08:00', -8],
    ['UTC+05:30', 5.5],
    ['GMT-08:00', -8],
    ['+01:05', 1 + 1 / 12],
    ['Asia/Kolkata', 5.5],
    ['America/New_York', -5],
    ['Etc/GMT+5', -5],
  ])('%s is %d hours ahead of UTC in January', (name, hours) => {
    expect(timeZoneOf(name).offsetAt(midnight) / 3_600_000).toBeCloseTo(hours, 10);
  });

  test('of a place has daylight saving time, and an offset has none', () => {
    const july = Date.parse('2026-07-01T00:00:00Z');
    expect(timeZoneOf('America/New_York').offsetAt(july) / 3_600_000).toBe(-4);
    expect(timeZoneOf('UTC-05:00').offsetAt(july) / 3_600_000).toBe(-5);
  });

  const known = 'expected an IANA time zone, +05:30, UTC+05:30 or Z, got';
  test.each([
    ['Mars/City', `${known} "Mars/City"`],
    ['', `${known} ""`],
    ['+5:30', `${known} "+5:30"`],
    ['+05:60', `${known} "+05:60"`],
    ['+19:00', `${known} "+19:00"`],
    ['america/new_york', `${known} "america/new_york"`],
    ['America/new_york', `${known} "America/new_york"; write "America/New_York"`],
    ['+01:03', 'expected an offset of a multiple of 5 minutes, got +01:03'],
  ])('%j is refused', (name, problem) => {
    expect(() => timeZoneOf(name)).toThrow(new TimeZoneError(problem));
  });
});

describe('the complete periods of a wall clock', () => {
  test.each<readonly [string, string, number, string, readonly string[]]>([
    ['are full minutes', 'UTC', 60, '2026-01-02T03:07', ['2026-01-02T03:06', '2026-01-02T03:07']],
    ['are full five minutes', 'Asia/Kolkata', 300, '2026-01-02T03:07', ['2026-01-02T03:00', '2026-01-02T03:05']],
    ['are full hours', 'UTC', hour, '2026-01-02T03:07', ['2026-01-02T02:00', '2026-01-02T03:00']],
    ['are hours of the zone', 'Asia/Kolkata', hour, '2026-01-02T03:07', ['2026-01-02T01:30', '2026-01-02T02:30']],
    ['end at a boundary itself', 'UTC', hour, '2026-01-02T03:00', ['2026-01-02T02:00', '2026-01-02T03:00']],
    ['are days of UTC', 'UTC', day, '2026-01-02T03:07', ['2026-01-01T00:00', '2026-01-02T00:00']],
    ['are days of the zone', 'America/New_York', day, '2026-01-02T03:07', ['2025-12-31T05:00', '2026-01-01T05:00']],
    ['are days of an offset', '+05:30', day, '2026-01-02T20:00', ['2026-01-01T18:30', '2026-01-02T18:30']],
    ['are weeks from Monday on', 'UTC', week, '2026-01-11T23:59', ['2025-12-29T00:00', '2026-01-05T00:00']],
    ['are weeks of the zone', 'Asia/Tokyo', week, '2026-01-11T15:00', ['2026-01-04T15:00', '2026-01-11T15:00']],
    // Clocks go forward on 2026-03-08 in New York and on 2026-03-29 in Berlin, and back on 2026-11-01 in New York.
    ['have 23 hours in spring', 'America/New_York', day, '2026-03-09T04:00', ['2026-03-08T05:00', '2026-03-09T04:00']],
    ['have 25 hours in fall', 'America/New_York', day, '2026-11-02T05:00', ['2026-11-01T04:00', '2026-11-02T05:00']],
    [
      'are not over after 24 of 25',
      'America/New_York',
      day,
      '2026-11-02T04:59',
      ['2026-10-31T04:00', '2026-11-01T04:00'],
    ],
    ['have 167 hours in a week', 'Europe/Berlin', week, '2026-03-30T00:00', ['2026-03-22T23:00', '2026-03-29T22:00']],
    [
      'are hours in a night of 23',
      'America/New_York',
      hour,
      '2026-03-08T07:30',
      ['2026-03-08T06:00', '2026-03-08T07:00'],
    ],
    // Havana has no midnight on 2026-03-08 and two on 2026-11-01.
    [
      'begin after a midnight that is skipped',
      'America/Havana',
      day,
      '2026-03-09T12:00',
      ['2026-03-08T05:00', '2026-03-09T04:00'],
    ],
    [
      'begin at the first of two midnights',
      'America/Havana',
      day,
      '2026-11-02T12:00',
      ['2026-11-01T04:00', '2026-11-02T05:00'],
    ],
  ])('%s', (_, name, seconds, at, expected) => {
    const zone = timeZoneOf(name);
    const { starts, end } = completePeriods(Date.parse(`${at}Z`), 1, seconds, zone);
    expect([...starts, end].map(short)).toEqual(expected);
    expect(boundaryAfter(starts[0] ?? 0, seconds, zone)).toBe(end);
  });

  test('follow each other without gaps through a year of each zone', () => {
    for (const name of ['America/New_York', 'Europe/Berlin', 'America/Havana', 'Asia/Beirut', 'Asia/Kolkata']) {
      const zone = timeZoneOf(name);
      const { starts } = completePeriods(Date.parse('2027-01-15T12:00:00Z'), 380, day, zone);
      const lengths = starts.slice(1).map((start, index) => (start - (starts[index] ?? 0)) / 3_600_000);
      expect([name, ...new Set(lengths)].sort()).toEqual([...(name === 'Asia/Kolkata' ? [24] : [23, 24, 25]), name]);
    }
  });
});

/** State changes of an alarm on fewer than one run, with runs at these hours after 2026-01-02T03:00Z. */
function late(properties: JsonObject, runs: readonly number[], hours: number): readonly string[] {
  const { metricAlarm, metrics, pass, became } = watching();
  const metric = { namespace: 'Tried', name: 'Count', dimensions: {} };
  metricAlarm('late', { ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', ...properties });
  let passed = 0;
  for (const at of runs) {
    pass(at * 60, passed + 1);
    passed = at * 60;
    metrics.put({ account: '444444444444', region: 'us-east-1' }, metric, 'Count', 1, midnight + at * 3_600_000);
  }
  pass(hours * 60, passed + 1);
  return became('late').map((change) => {
    const [minutes = '', state = ''] = change.split(' ');
    return `${short(midnight + Number(minutes) * 60_000)} ${state}`;
  });
}

const wallClock = (seconds: number, zone?: string): JsonObject => ({
  Period: seconds,
  EvaluationWindow: { WallClockWindow: zone === undefined ? {} : { Timezone: zone } },
});

describe('an alarm with a wall clock window', () => {
  test('looks at the last complete day from its first evaluation on, and at the next one when that is over', () => {
    // Nothing ran on January 1, and a run at 05:00 on the 2nd and 3rd; none on the 4th.
    expect(late(wallClock(day), [2, 26], 80)).toEqual([
      '2026-01-02T03:01 ALARM',
      '2026-01-03T00:00 OK',
      '2026-01-05T00:00 ALARM',
    ]);
  });

  test('evaluates the days of its zone', () => {
    expect(late(wallClock(day, 'America/New_York'), [2, 26], 80)).toEqual([
      '2026-01-02T03:01 ALARM',
      '2026-01-03T05:00 OK',
      '2026-01-05T05:00 ALARM',
    ]);
    expect(late(wallClock(day, '+05:30'), [2, 26], 80)).toEqual([
      '2026-01-02T03:01 ALARM',
      '2026-01-02T18:30 OK',
      '2026-01-04T18:30 ALARM',
    ]);
  });

  test('evaluates hours, at their end', () => {
    expect(late(wallClock(hour), [1, 1.5, 2.5], 6)).toEqual([
      '2026-01-02T03:01 ALARM',
      '2026-01-02T05:00 OK',
      '2026-01-02T07:00 ALARM',
    ]);
  });

  test('on a value as it happens fires when its period is over, and a sliding one at once', () => {
    const above = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' };
    expect(late({ ...above, ...wallClock(hour) }, [1.5], 6)).toEqual([
      '2026-01-02T03:01 OK',
      '2026-01-02T05:00 ALARM',
      '2026-01-02T06:00 OK',
    ]);
    expect(late({ ...above, Period: hour, EvaluationWindow: { SlidingWindow: {} } }, [1.5], 6)).toEqual([
      '2026-01-02T03:01 OK',
      '2026-01-02T04:31 ALARM',
      '2026-01-02T07:31 OK',
    ]);
  });

  test('waits for no value where missing ones keep its state or are unknown', () => {
    expect(late({ ...wallClock(day), TreatMissingData: 'ignore' }, [2], 80)).toEqual(['2026-01-03T00:00 OK']);
    expect(late({ ...wallClock(day), TreatMissingData: 'missing' }, [2], 80)).toEqual([
      '2026-01-03T00:00 OK',
      '2026-01-04T00:00 INSUFFICIENT_DATA',
    ]);
  });

  test('over a week is evaluated when an hour is full', () => {
    // Monday 2026-01-05 begins at 18:30 of Sunday in Kolkata.
    expect(late(wallClock(week, 'Asia/Kolkata'), [2], 300)).toEqual([
      '2026-01-02T04:00 ALARM',
      '2026-01-04T19:00 OK',
      '2026-01-11T19:00 ALARM',
    ]);
  });

  test('needs as many days as it says', () => {
    expect(late({ ...wallClock(day), EvaluationPeriods: 2 }, [2], 120)).toEqual([
      '2026-01-02T04:00 ALARM',
      '2026-01-03T00:00 OK',
      '2026-01-05T00:00 ALARM',
    ]);
  });

  test('sees a value that comes late for a day that is over', () => {
    const { metricAlarm, metrics, pass, became } = watching();
    metricAlarm('late', {
      ...wallClock(day),
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    pass(10);
    const metric = { namespace: 'Tried', name: 'Count', dimensions: {} };
    metrics.put({ account: '444444444444', region: 'us-east-1' }, metric, 'Count', 1, midnight - 12 * 3_600_000);
    pass(20, 11);
    expect(became('late')).toEqual(['1 ALARM', '11 OK']);
  });

  test('has a day of 25 hours that counts all of its values, in expressions, too', () => {
    const { metricAlarm, metrics, alarms, became } = watching();
    const start = Date.parse('2026-11-01T04:00:00Z');
    const put = (name: string, hours: number): void => {
      const metric = { namespace: 'Tried', name, dimensions: {} };
      metrics.put({ account: '444444444444', region: 'us-east-1' }, metric, 'Count', 1, start + hours * 3_600_000);
    };
    for (const hours of [0, 24.5]) for (const name of ['Count', 'Other']) put(name, hours);
    const metric = (id: string, name: string): JsonObject => ({
      Id: id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Tried', MetricName: name }, Period: day, Stat: 'Sum' },
    });
    const zone = { EvaluationWindow: { WallClockWindow: { Timezone: 'America/New_York' } } };
    metricAlarm('plain', { ...wallClock(day, 'America/New_York'), Threshold: 2 });
    metricAlarm('sum', {
      ...zone,
      Threshold: 4,
      Metrics: [{ Id: 'e', Expression: 'a + FILL(b, 0)' }, metric('a', 'Count'), metric('b', 'Other')],
    });
    alarms.evaluate(Date.parse('2026-11-02T05:00:00Z'));
    expect([became('plain'), became('sum')].map(([change]) => change?.split(' ')[1])).toEqual(['ALARM', 'ALARM']);
  });
});

describe('an alarm over a sliding day', () => {
  test('fires after 24 hours without a value', () => {
    expect(late({ Period: day }, [2], 60)).toEqual([
      '2026-01-02T03:01 ALARM',
      '2026-01-02T05:01 OK',
      '2026-01-03T05:01 ALARM',
    ]);
  });
});
