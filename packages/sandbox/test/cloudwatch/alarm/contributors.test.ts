import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { place, watching } from './watching.ts';

const linked = '555555555555';
const other = '666666666666';

const grouped = (rest: JsonObject = {}, by = 'AWS.AccountId', limit = ''): JsonObject => ({
  Metrics: [
    { Id: 'q', Expression: `SELECT MAX(Count) FROM Tried GROUP BY ${by} ORDER BY MAX() DESC${limit}`, Period: 60 },
  ],
  ...rest,
});

/** An alarm at 1 and above on each account that is seen: its own and two that are linked. */
function fleet(properties: JsonObject = grouped()) {
  const setting = watching();
  setting.link(linked);
  setting.link(other);
  setting.metricAlarm('fleet', properties, { actions: { ALARM: ['t:alerts'], OK: ['t:fine'], INSUFFICIENT_DATA: [] } });
  return setting;
}

describe('an alarm on groups of a query', () => {
  test('is in ALARM while any contributor is, and each has a state of its own', () => {
    const { put, pass, became, contributorsOf, reasonsOf } = fleet();
    put('0 0 0 0 0 0 0');
    put('0 1 1 0 0 0 0', 'Count', linked);
    put('0 0 2 2 0 0 0', 'Count', other);
    pass(7);
    expect(contributorsOf('fleet')).toEqual([
      `2 ${linked} ALARM`,
      `3 ${other} ALARM`,
      `4 ${linked} OK`,
      `5 ${other} OK`,
    ]);
    expect(became('fleet')).toEqual(['1 OK', '2 ALARM', '5 OK']);
    expect(reasonsOf('fleet')).toEqual([
      '0 out of 3 time series evaluated to ALARM',
      '1 out of 3 time series evaluated to ALARM',
      '0 out of 3 time series evaluated to ALARM',
    ]);
  });

  test.each(['breaching', 'notBreaching', 'missing', 'ignore'])(
    'has a contributor OK that is not retrieved any more, with missing data that are %s',
    (missing) => {
      const { put, pass, became, contributorsOf, alarms } = fleet(grouped({ TreatMissingData: missing }));
      put('0 0 0 0 0 0 0 0 0 0');
      put('0 1', 'Count', linked);
      pass(10);
      // A value stays in the evaluation range for three periods.
      expect(contributorsOf('fleet')).toEqual([`2 ${linked} ALARM`, `5 ${linked} OK`]);
      expect(became('fleet')).toEqual(['1 OK', '2 ALARM', '5 OK']);
      const { history = [] } = alarms.get(place, 'fleet') ?? {};
      const [, vanished] = history.filter((event) => event.kind === 'contributor');
      expect(vanished?.to.reason).toBe('No data was returned for this contributor');
    },
  );

  test.each<readonly [string, readonly string[]]>([
    ['breaching', ['1 ALARM', '2 OK', '3 ALARM']],
    ['notBreaching', ['1 OK', '3 ALARM', '6 OK']],
    ['missing', ['2 OK', '3 ALARM', '6 INSUFFICIENT_DATA']],
    ['ignore', ['2 OK', '3 ALARM']],
  ])('that returns nothing is in the state of missing data that are %s', (missing, states) => {
    const { put, pass, became, contributorsOf } = fleet(grouped({ TreatMissingData: missing }));
    put('- 0 1', 'Count', linked);
    pass(12);
    expect(became('fleet')).toEqual(states);
    expect(contributorsOf('fleet')).toEqual([`3 ${linked} ALARM`, `6 ${linked} OK`]);
  });

  test('fills in missing values of a series that is there', () => {
    const two = { EvaluationPeriods: 2, DatapointsToAlarm: 2 };
    const play = (missing: string): readonly string[] => {
      const { put, pass, contributorsOf } = fleet(grouped({ ...two, TreatMissingData: missing }));
      put('1 -', 'Count', linked);
      pass(8);
      return contributorsOf('fleet');
    };
    expect(play('breaching')).toEqual([`1 ${linked} ALARM`, `5 ${linked} OK`]);
    expect(play('notBreaching')).toEqual([]);
  });

  test('sees an account when it is linked, and no more when it is not', () => {
    const { put, pass, link, unlink, contributorsOf } = fleet();
    put('1 1 1 1 1 1 1 1', 'Count', '777777777777');
    pass(3);
    expect(contributorsOf('fleet')).toEqual([]);
    link('777777777777');
    pass(5, 4);
    unlink('777777777777');
    pass(8, 6);
    expect(contributorsOf('fleet')).toEqual(['4 777777777777 ALARM', '6 777777777777 OK']);
  });

  test('groups by several labels', () => {
    const { put, pass, alarms } = fleet(grouped({}, 'AWS.AccountId, Colour'));
    put('1', 'Count', linked, 'red');
    put('0', 'Count', linked, 'blue');
    pass(1);
    expect([...(alarms.get(place, 'fleet')?.contributors.values() ?? [])].map(({ attributes }) => attributes)).toEqual([
      { 'AWS.AccountId': linked, Colour: 'red' },
    ]);
  });

  test('notifies topics of each contributor, and of itself where no contributor has changed into its state', () => {
    const { put, pass, told } = fleet(grouped({ TreatMissingData: 'breaching' }));
    put('- 0 0 0 0 0 0', 'Count');
    put('- 1 1 0 0 0 0', 'Count', linked);
    put('- 0 1 0 0 0 0', 'Count', other);
    pass(12);
    expect(told).toEqual([
      'alerts: fleet is ALARM',
      `alerts: fleet (${linked}) is ALARM`,
      `alerts: fleet (${other}) is ALARM`,
      `fine: fleet (${linked}) is OK`,
      `fine: fleet (${other}) is OK`,
      'alerts: fleet is ALARM',
    ]);
  });

  test('has events of both kinds', () => {
    const { put, pass, events, alarms } = fleet(grouped({}, 'Colour'));
    put('0 1.5 0', 'Count', linked, 'red');
    pass(2);
    const arn = 'arn:aws:cloudwatch:us-east-1:444444444444:alarm:fleet';
    const expression = 'SELECT MAX(Count) FROM Tried GROUP BY Colour ORDER BY MAX() DESC';
    const common = { source: 'aws.cloudwatch', ...place, resources: [arn], at: Date.parse('2026-01-02T03:02:00Z') };
    const configuration = { metrics: [{ id: 'q', expression, returnData: true, period: 60 }] };
    const timestamp = '2026-01-02T03:02:00.000+0000';
    const [contributor] = alarms.get(place, 'fleet')?.contributors.values() ?? [];
    expect(contributor?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(events.slice(1)).toEqual([
      {
        ...common,
        detailType: 'CloudWatch Alarm Contributor State Change',
        detail: {
          alarmName: 'fleet',
          alarmContributor: { id: contributor?.id, attributes: { Colour: 'red' } },
          state: {
            value: 'ALARM',
            reason:
              'Threshold Crossed: 1 datapoint was greater than or equal to the threshold (1.0). The most recent datapoint which crossed the threshold: [1.5 (02/01/26 03:01:00)].',
            timestamp,
          },
          configuration,
        },
      },
      {
        ...common,
        detailType: 'CloudWatch Alarm State Change',
        detail: {
          alarmName: 'fleet',
          state: { value: 'ALARM', reason: '1 out of 1 time series evaluated to ALARM', timestamp },
          previousState: {
            value: 'OK',
            reason: '0 out of 1 time series evaluated to ALARM',
            timestamp: '2026-01-02T03:01:00.000+0000',
          },
          configuration,
        },
      },
    ]);
  });

  test('has a hundred contributors in ALARM at most, the first in the order of the query', () => {
    const { put, pass, alarms, reasonsOf, contributorsOf } = fleet(grouped({}, 'Colour'));
    for (let colour = 0; colour < 105; colour += 1)
      put(`${1 + colour} ${1_000 - colour}`, 'Count', linked, `c${colour}`);
    pass(1);
    const alarm = alarms.get(place, 'fleet');
    const ids = (): readonly string[] =>
      [...(alarm?.contributors.values() ?? [])].map(({ attributes }) => attributes['Colour'] ?? '');
    expect([ids().length, ids().includes('c5'), ids().includes('c4')]).toEqual([100, true, false]);
    expect(reasonsOf('fleet')).toEqual(['100+ time series evaluated to ALARM']);
    expect(alarm?.isPartial).toBe(false);
    pass(2, 2);
    expect([ids().length, ids().includes('c4'), ids().includes('c104')]).toEqual([100, true, false]);
    expect(contributorsOf('fleet').slice(100)).toHaveLength(10);
  });

  test.each([
    ['more than 500 series', 501, '', true],
    ['500 series', 500, '', false],
    ['a limit of its own', 501, ' LIMIT 10', false],
  ])('with %s', (_, count, limit, isPartial) => {
    const { put, pass, alarms, events } = fleet(grouped({}, 'Colour', limit));
    for (let colour = 0; colour < count; colour += 1) put('0', 'Count', linked, `c${colour}`);
    pass(1);
    expect(alarms.get(place, 'fleet')?.isPartial).toBe(isPartial);
    const [event] = events;
    const { evaluationState } = event?.detail['state'] as JsonObject;
    expect(evaluationState).toBe(isPartial ? 'PARTIAL_DATA' : undefined);
  });

  test.each([
    [10_001, true],
    [10_000, false],
  ])('that goes through %d metrics sees a part only: %j', (count, isPartial) => {
    const { put, pass, alarms } = fleet();
    for (let colour = 0; colour < count; colour += 1) put('0', 'Count', linked, `c${colour}`);
    pass(1);
    expect(alarms.get(place, 'fleet')?.isPartial).toBe(isPartial);
  });

  test('sends an event when it begins to see a part only, whatever its state', () => {
    const { put, pass, events } = fleet(grouped({}, 'Colour'));
    put('0', 'Count', linked, 'red');
    pass(1);
    for (let colour = 0; colour < 501; colour += 1) put('- 0 0', 'Count', linked, `c${colour}`);
    pass(3, 2);
    expect(events.map(({ detail }) => (detail['state'] as JsonObject)['evaluationState'])).toEqual([
      undefined,
      'PARTIAL_DATA',
    ]);
  });

  test('looks at the last three hours only', () => {
    const hourly = (periods: number): JsonObject => ({
      EvaluationPeriods: periods,
      DatapointsToAlarm: 1,
      Metrics: [
        {
          Id: 'q',
          Expression: 'SELECT MAX(Count) FROM Tried GROUP BY AWS.AccountId ORDER BY MAX() DESC',
          Period: 3_600,
        },
      ],
    });
    for (const periods of [1, 2, 3]) {
      const { put, pass, contributorsOf } = fleet(hourly(periods));
      put('1', 'Count', linked);
      pass(400);
      expect(contributorsOf('fleet')).toEqual([`1 ${linked} ALARM`, `181 ${linked} OK`]);
    }
  });

  test('keeps its contributors when it changes, and has none when it groups no query any more', () => {
    const { put, pass, alarms, metricAlarm, contributorsOf, became } = fleet();
    put('1 1 1 1 1 1', 'Count', linked);
    pass(2);
    metricAlarm('fleet', grouped({ Threshold: 0.5 }), {}, 'change');
    pass(4, 3);
    expect(alarms.get(place, 'fleet')?.contributors.size).toBe(1);
    metricAlarm('fleet', {}, {}, 'change');
    pass(6, 5);
    expect(alarms.get(place, 'fleet')?.contributors.size).toBe(0);
    expect([contributorsOf('fleet'), became('fleet')]).toEqual([[`1 ${linked} ALARM`], ['1 ALARM', '5 OK']]);
  });
});

describe('an alarm on a query without groups', () => {
  test('is one on a single time series', () => {
    const { put, pass, became, contributorsOf, reasonsOf } = fleet({
      Threshold: 5,
      Metrics: [{ Id: 'q', Expression: 'SELECT SUM(Count) FROM Tried', Period: 60 }],
    });
    put('1 2 1');
    put('2 3 2', 'Count', linked);
    pass(7);
    expect([became('fleet'), contributorsOf('fleet')]).toEqual([['1 OK', '2 ALARM', '3 OK'], []]);
    expect(reasonsOf('fleet')[1]).toBe(
      'Threshold Crossed: 1 datapoint [5.0 (02/01/26 03:01:00)] was greater than or equal to the threshold (5.0).',
    );
  });

  test('follows missing data as any other', () => {
    const { put, pass, became } = fleet({
      TreatMissingData: 'breaching',
      Threshold: 5,
      Metrics: [{ Id: 'q', Expression: 'SELECT SUM(Count) FROM Tried', Period: 60 }],
    });
    put('1', 'Count', linked);
    pass(7);
    expect(became('fleet')).toEqual(['1 OK', '4 ALARM']);
  });
});
