import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { watching } from './watching.ts';

/** The states of an alarm after each of 12 minutes in which its metric has these values. */
function statesOf(properties: JsonObject, values: string, minutes = 12): readonly string[] {
  const { metricAlarm, put, pass, became } = watching();
  metricAlarm('tried', properties);
  put(values);
  pass(minutes);
  return became('tried');
}

const three = { EvaluationPeriods: 3 } as const;
const missing = { TreatMissingData: 'missing' } as const;

describe('an alarm', () => {
  test.each<readonly [string, JsonObject, string, readonly string[]]>([
    // One period: the value of minute 2 is seen after minute 3 and stays in the evaluation range, three periods long.
    ['without any data', {}, '-', ['1 OK']],
    ['without any data, which it should have', { TreatMissingData: 'breaching' }, '-', ['1 ALARM']],
    ['without any data, which it does not judge', missing, '-', []],
    ['without any data, which it ignores', { TreatMissingData: 'ignore' }, '-', []],
    ['on a value at the threshold', {}, '0 0 1 0 0', ['1 OK', '3 ALARM', '4 OK']],
    ['on a value and then nothing', {}, '- - 1', ['1 OK', '3 ALARM', '6 OK']],
    ['on a value and then nothing, which is no longer known', missing, '- - 1', ['3 ALARM', '6 INSUFFICIENT_DATA']],
    ['on a value and then nothing, which it ignores', { TreatMissingData: 'ignore' }, '- - 1', ['3 ALARM']],
    ['above the threshold', { ComparisonOperator: 'GreaterThanThreshold' }, '1 2 1', ['1 OK', '2 ALARM', '3 OK']],
    ['below the threshold', { ComparisonOperator: 'LessThanThreshold' }, '1 0 1', ['1 OK', '2 ALARM', '3 OK']],
    ['at or below it', { ComparisonOperator: 'LessThanOrEqualToThreshold' }, '2 1 2', ['1 OK', '2 ALARM', '3 OK']],
    // Three of three: minutes 2, 3 and 4.
    ['on three periods', three, '0 0 1 1 1 0 1 1 0 0', ['1 OK', '5 ALARM', '6 OK']],
    ['on two of three periods', { ...three, DatapointsToAlarm: 2 }, '0 1 0 1 0 0', ['1 OK', '4 ALARM', '5 OK']],
    // Real values count however far apart they are within five periods: 1, 3 and 5.
    ['on three values with gaps', three, '- 1 - 1 - 1 - - -', ['1 OK', '6 ALARM', '7 OK']],
    // Alone and old enough, a breaching value need not wait for others.
    ['on one value of three', { ...three, ...missing }, '- - 1', ['5 ALARM', '8 INSUFFICIENT_DATA']],
    // Five minutes that slide by one: those that end after minute 3 are the first with minute 2.
    ['on periods of five minutes', { Period: 300 }, '- - 1', ['1 OK', '3 ALARM']],
    ['on sums of five minutes', { Period: 300, Threshold: 3 }, '1 1 1 0 0 0 0 0 0 0 0 0', ['1 OK', '3 ALARM', '6 OK']],
    ['on the average', { Statistic: 'Average', Threshold: 2, Period: 120 }, '1 3 3 1 1', ['1 OK', '2 ALARM', '5 OK']],
  ])('%s', (_, properties, values, states) => {
    expect(statesOf(properties, values)).toEqual(states);
  });

  test('on periods of five minutes forgets a value after the evaluation range, three of them', () => {
    expect(statesOf({ Period: 300 }, '- - 1', 20)).toEqual(['1 OK', '3 ALARM', '18 OK']);
  });

  test('over more than a day is evaluated when an hour is full', () => {
    expect(statesOf({ Period: 3_600, EvaluationPeriods: 25, DatapointsToAlarm: 1 }, '- - 1', 180)).toEqual([
      '60 ALARM',
    ]);
    expect(statesOf({ Period: 3_600, EvaluationPeriods: 24, DatapointsToAlarm: 1 }, '- - 1', 180)).toEqual([
      '1 OK',
      '3 ALARM',
    ]);
  });

  test('on an expression compares what it comes to', () => {
    const { metricAlarm, put, pass, became } = watching();
    const metric = (id: string, name: string): JsonObject => ({
      Id: id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Tried', MetricName: name }, Period: 60, Stat: 'Maximum' },
    });
    metricAlarm('usage', {
      Threshold: 90,
      EvaluationPeriods: 2,
      Metrics: [{ Id: 'usage', Expression: '100 * open / limit' }, metric('open', 'Open'), metric('limit', 'Limit')],
    });
    put('10 890 900 950 899 -', 'Open');
    put('1000 1000 1000 1000 1000 -', 'Limit');
    pass(6);
    expect(became('usage')).toEqual(['1 OK', '4 ALARM', '5 OK']);
  });

  test('looks at data from before it was created', () => {
    const { metricAlarm, put, pass, became } = watching();
    put('1 1 1');
    metricAlarm('late', three);
    pass(3);
    expect(became('late')).toEqual(['1 OK', '3 ALARM']);
  });

  test('tells its topics of a new state once, and nobody when its actions are off', () => {
    const { metricAlarm, put, pass, told, alarms } = watching();
    metricAlarm('loud');
    metricAlarm('quiet', {}, { actionsEnabled: false });
    put('1 1 0 1 0');
    pass(5);
    expect(told).toEqual(['alerts: loud is ALARM', 'alerts: loud is ALARM']);
    const place = { account: '444444444444', region: 'us-east-1' };
    const kinds = (name: string) => alarms.get(place, name)?.history.map(({ kind }) => kind);
    expect(kinds('loud')).toEqual(['created', 'state', 'action', 'state', 'state', 'action', 'state']);
    expect(kinds('quiet')).toEqual(['created', 'state', 'state', 'state', 'state']);
  });

  test('is settled when nothing is left in its evaluation range, and no longer with a new value', () => {
    const { alarms, metricAlarm, put, pass, became } = watching();
    metricAlarm('tried');
    expect(alarms.settled).toBe(false);
    put('- - 1');
    pass(5);
    expect(alarms.settled).toBe(false);
    pass(6);
    expect(alarms.settled).toBe(true);
    put('- - - - - - - 1');
    pass(8);
    expect([alarms.settled, became('tried').at(-1)]).toEqual([false, '8 ALARM']);
  });
});

describe('the reason of a state', () => {
  const at = (time: string): string => `(02/01/26 ${time}:00)`;

  test.each<readonly [string, JsonObject, string, readonly string[]]>([
    [
      'names the value',
      {},
      '0 2.5 12345678',
      [
        `Threshold Crossed: 1 datapoint [0.0 ${at('03:00')}] was not greater than or equal to the threshold (1.0).`,
        `Threshold Crossed: 1 datapoint [2.5 ${at('03:01')}] was greater than or equal to the threshold (1.0).`,
      ],
    ],
    [
      'names all values, the newest first',
      { ...three, ComparisonOperator: 'GreaterThanThreshold', Threshold: 12_345_678, TreatMissingData: 'ignore' },
      '20000000 20000001 20000002',
      [
        `Threshold Crossed: 3 datapoints [2.0000002E7 ${at('03:02')}, 2.0000001E7 ${at('03:01')}, 2.0E7 ${at('03:00')}] were greater than the threshold (1.2345678E7).`,
      ],
    ],
    [
      'says how many values are enough, where the alarm does',
      { ...three, DatapointsToAlarm: 2, TreatMissingData: 'ignore' },
      '0 1 1 0 0',
      [
        `Threshold Crossed: 1 out of the last 3 datapoints [0.0 ${at('03:00')}] was not greater than or equal to the threshold (1.0) (minimum 2 datapoints for ALARM -> OK transition).`,
        `Threshold Crossed: 2 out of the last 3 datapoints [1.0 ${at('03:02')}, 1.0 ${at('03:01')}] were greater than or equal to the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).`,
        `Threshold Crossed: 2 out of the last 3 datapoints [0.0 ${at('03:04')}, 0.0 ${at('03:03')}] were not greater than or equal to the threshold (1.0) (minimum 2 datapoints for ALARM -> OK transition).`,
      ],
    ],
    [
      'says what missing data count as',
      {},
      '-',
      [
        'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
      ],
    ],
    [
      'says so of several',
      { ...three, TreatMissingData: 'breaching' },
      '-',
      [
        'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
      ],
    ],
    [
      'says when data are unknown',
      missing,
      '0',
      [
        `Threshold Crossed: 1 datapoint [0.0 ${at('03:00')}] was not greater than or equal to the threshold (1.0).`,
        'Insufficient Data: 1 datapoint was unknown.',
      ],
    ],
  ])('%s', (_, properties, values, reasons) => {
    const { metricAlarm, put, pass, reasonsOf } = watching();
    metricAlarm('tried', properties);
    put(values);
    pass(5);
    expect(reasonsOf('tried')).toEqual(reasons);
  });
});

describe('a composite alarm', () => {
  test('follows its rule, in the minute in which the others change', () => {
    const { metricAlarm, compositeAlarm, put, pass, became, reasonsOf, told } = watching();
    metricAlarm('one');
    metricAlarm('two', { MetricName: 'Other' });
    compositeAlarm('both', 'ALARM(one) AND ALARM("two")');
    compositeAlarm('neither', 'NOT (ALARM(one) OR ALARM(two))');
    put('1 0 0 1 1 0');
    put('0 0 1 1 0 0', 'Other');
    pass(6);
    expect(became('one')).toEqual(['1 ALARM', '2 OK', '4 ALARM', '6 OK']);
    expect(became('both')).toEqual(['1 OK', '4 ALARM', '5 OK']);
    expect(became('neither')).toEqual(['1 OK', '2 ALARM', '3 OK', '6 ALARM']);
    const arn = 'arn:aws:cloudwatch:us-east-1:444444444444:alarm:';
    expect(reasonsOf('both')).toEqual([
      `${arn}both was created and its alarm rule evaluates to OK`,
      `${arn}one transitioned to ALARM at Friday 02 January, 2026 03:04:00 UTC`,
      `${arn}two transitioned to OK at Friday 02 January, 2026 03:05:00 UTC`,
    ]);
    expect(told).toContain('alerts: both is ALARM');
  });
});
