import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { watching } from './watching.ts';

const linked = ['555555555555', '666666666666'];
const place = { account: '444444444444', region: 'us-east-1' };

const stat = (id: string, name: string, Period: number, rest: JsonObject = {}): JsonObject => ({
  Id: id,
  MetricStat: { Metric: { Namespace: 'Tried', MetricName: name }, Period, Stat: 'Sum' },
  ...rest,
});
const hidden = { ReturnData: false };
const fleet = 'SELECT SUM(Count) FROM Tried GROUP BY AWS.AccountId ORDER BY MAX() DESC';

const watched = (kind: string, period: number): JsonObject => {
  switch (kind) {
    case 'math':
      return {
        Metrics: [
          { Id: 'e', Expression: 'a - FILL(b, 0)' },
          stat('a', 'Count', period, hidden),
          stat('b', 'Other', period, hidden),
        ],
      };
    case 'linked':
      return { Metrics: [stat('m', 'Count', period, { AccountId: linked[0] ?? '' })] };
    case 'groups':
      return { Metrics: [{ Id: 'q', Expression: fleet, Period: period }] };
    case 'query':
      return { Metrics: [{ Id: 'q', Expression: 'SELECT SUM(Count) FROM Tried', Period: period }] };
    default:
      return { Namespace: 'Tried', MetricName: 'Count', Statistic: 'Sum', Period: period };
  }
};

const properties = fc
  .record({
    kind: fc.constantFrom('plain', 'math', 'linked', 'groups', 'query'),
    period: fc.constantFrom(60, 300, 3_600),
    evaluationPeriods: fc.constantFrom(1, 2),
    wallClock: fc.constantFrom(undefined, 'UTC', 'Asia/Kolkata'),
    missing: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
    operator: fc.constantFrom('GreaterThanOrEqualToThreshold', 'LessThanThreshold'),
    datapoints: fc.constantFrom(1, 2),
  })
  .map(({ kind, period, evaluationPeriods, wallClock, missing, operator, datapoints }): JsonObject => ({
    ...watched(kind, period),
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: Math.min(datapoints, evaluationPeriods),
    TreatMissingData: missing,
    ComparisonOperator: operator,
    Threshold: 2,
    ...(wallClock !== undefined && { EvaluationWindow: { WallClockWindow: { Timezone: wallClock } } }),
  }));

/** A value that is put when a minute has begun, for a minute that may be long over. */
const values = fc.array(
  fc.record({
    minute: fc.nat(300),
    late: fc.constantFrom(0, 0, 0, 0, 1, 30, 90),
    name: fc.constantFrom('Count', 'Count', 'Other'),
    account: fc.constantFrom(place.account, ...linked),
    value: fc.nat(3),
  }),
  { maxLength: 25 },
);

interface Value {
  readonly minute: number;
  readonly late: number;
  readonly name: string;
  readonly account: string;
  readonly value: number;
}

/** Everything that happened to an alarm; `eager` evaluates it every minute, as AWS does. */
function played(alarm: JsonObject, put: readonly Value[], eager: boolean): unknown {
  const setting = watching({ eager });
  setting.link(linked[0] ?? '');
  setting.metricAlarm('tried', alarm);
  setting.compositeAlarm('above', 'ALARM(tried)');
  for (let minute = 1; minute <= 600; minute += 1) {
    // Another account is linked, and the first one is not any more.
    if (minute === 200) setting.link(linked[1] ?? '');
    if (minute === 250) setting.unlink(linked[0] ?? '');
    for (const each of put.filter((one) => one.minute === minute)) {
      const at = setting.minute(minute - 1 - each.late);
      const metric = { namespace: 'Tried', name: each.name, dimensions: {} };
      setting.metrics.put({ ...place, account: each.account }, metric, 'Count', each.value, at);
    }
    setting.pass(minute, minute);
  }
  return ['tried', 'above'].map((name) => setting.alarms.get(place, name)?.history);
}

describe('alarms', () => {
  test('that are evaluated when they are due change as those that are evaluated every minute', () => {
    fc.assert(
      fc.property(properties, values, (alarm, put) => {
        expect(played(alarm, put, false)).toEqual(played(alarm, put, true));
      }),
      { numRuns: 150, seed: 14 },
    );
  }, 60_000);

  test.each<readonly [string, JsonObject, readonly number[]]>([
    ['of a minute is evaluated while a value is in its three minutes', { Period: 60 }, [1, 31, 32, 33, 34]],
    ['of five minutes is evaluated when a value comes into another period', { Period: 300 }, [1, 31, 36, 41, 46]],
    [
      'of the wall clock is evaluated when its period ends, and no more when the value is in none',
      { Period: 300, EvaluationWindow: { WallClockWindow: {} } },
      [1, 35, 40],
    ],
    [
      'on groups is evaluated as any other',
      { Metrics: [{ Id: 'q', Expression: fleet, Period: 300 }] },
      [1, 31, 36, 41, 46],
    ],
    ['on another metric is not evaluated', { MetricName: 'Other' }, [1]],
  ])('one %s', (_, alarm, minutes) => {
    for (const missing of ['breaching', 'notBreaching', 'missing', 'ignore']) {
      const { metricAlarm, metrics, minute, pass, evaluatedAt } = watching();
      metricAlarm('tried', { TreatMissingData: missing, ...alarm });
      pass(30);
      metrics.put(place, { namespace: 'Tried', name: 'Count', dimensions: {} }, 'Count', 1, minute(30));
      pass(120, 31);
      expect(evaluatedAt()).toEqual(minutes);
    }
  });

  test('a hundred on daily runs by the wall clock are evaluated a few times a day', () => {
    const { metricAlarm, metrics, minute, pass, evaluations } = watching();
    for (let index = 0; index < 100; index += 1) {
      metricAlarm(`late-${index}`, {
        Period: 86_400,
        EvaluationWindow: { WallClockWindow: { Timezone: 'Europe/Berlin' } },
      });
    }
    for (let day = 0; day < 7; day += 1) {
      for (let run = 0; run < 288; run += 1) {
        const at = day * 1_440 + run * 5;
        metrics.put(place, { namespace: 'Tried', name: 'Count', dimensions: {} }, 'Count', 1, minute(at));
        pass(at + 5, at + 1);
      }
    }
    // Once when they are new and once at the end of each day.
    expect(evaluations()).toBe(100 * 8);
  });
});
