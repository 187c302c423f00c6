import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type ListMetricsCommandInput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, onTestFinished, test } from 'vitest';
import { account, errorOf, laboratory, linked, minutesLater, start, stranger, watcherOf } from './laboratory.ts';

const query = (
  id: string,
  name: string,
  rest: Partial<MetricDataQuery> = {},
  stat = 'Sum',
  period = 60,
): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: { Namespace: 'Tried', MetricName: name, Dimensions: [{ Name: 'Colour', Value: 'red' }] },
    Period: period,
    Stat: stat,
  },
  ...rest,
});

const hour = { StartTime: start, EndTime: minutesLater(60) };

/** Answer for each query: id, label, status code, and minute and value of each point. */
async function answerOf(setting: Awaited<ReturnType<typeof laboratory>>, input: Partial<GetMetricDataCommandInput>) {
  const whole = { ...hour, MetricDataQueries: [], ...input };
  const { MetricDataResults: results = [], NextToken } = await setting.client.send(new GetMetricDataCommand(whole));
  const shown = results.map(({ Id, Label, StatusCode, Timestamps = [], Values = [] }) => [
    Id,
    Label,
    StatusCode,
    Timestamps.map((at, index) => [(at.getTime() - start.getTime()) / 60_000, Values[index]]),
  ]);
  return { shown, NextToken };
}

type Write = (this: Map<unknown, unknown>, key: unknown, value: unknown) => Map<unknown, unknown>;

/** Counts the data points that are written to series from now on, until the test ends. */
function countPoints(): () => number {
  let points = 0;
  const { set } = Map.prototype as { set: Write };
  const counted: Write = function (key, value) {
    if (typeof key === 'number') points += 1;
    return set.call(this, key, value);
  };
  Object.assign(Map.prototype, { set: counted });
  onTestFinished(() => {
    Object.assign(Map.prototype, { set });
  });
  return () => points;
}

describe('GetMetricData', () => {
  test('answers metrics and expressions over them, the latest point first', async () => {
    const setting = await laboratory();
    setting.put('Count', [1, 2, 3, 4]);
    setting.put('Limit', [10, 10, 10, 10]);
    await setting.sandbox.settle(10);
    const { shown } = await answerOf(setting, {
      MetricDataQueries: [
        query('m1', 'Count'),
        query('m2', 'Limit', { ReturnData: false }, 'Maximum'),
        { Id: 'usage', Expression: '100 * m1 / m2', Label: 'percent' },
        query('m3', 'Count', { Label: 'by two' }, 'p50', 120),
        query('m4', 'Nothing'),
      ],
    });
    expect(shown).toEqual([
      [
        'm1',
        'Count',
        'Complete',
        [
          [3, 4],
          [2, 3],
          [1, 2],
          [0, 1],
        ],
      ],
      [
        'usage',
        'percent',
        'Complete',
        [
          [3, 40],
          [2, 30],
          [1, 20],
          [0, 10],
        ],
      ],
      [
        'm3',
        'by two',
        'Complete',
        [
          [2, 3],
          [0, 1],
        ],
      ],
      ['m4', 'Nothing', 'Complete', []],
    ]);
  });

  test('answers values of the unit that is asked for', async () => {
    const setting = await laboratory();
    setting.put('Count', [1]);
    await setting.sandbox.settle(10);
    const inUnit = (Id: string, Unit: 'Count' | 'Bytes'): MetricDataQuery => {
      const { MetricStat } = query(Id, 'Count');
      return { Id, MetricStat: MetricStat && { ...MetricStat, Unit } };
    };
    const { shown } = await answerOf(setting, { MetricDataQueries: [inUnit('m1', 'Count'), inUnit('m2', 'Bytes')] });
    expect(shown.map((line) => line[3])).toEqual([[[0, 1]], []]);
  });

  test('begins with the minute of the start and ends before the end', async () => {
    const setting = await laboratory();
    setting.put('Count', [1, 2, 3, 4]);
    await setting.sandbox.settle(10);
    const range = { StartTime: new Date(minutesLater(1).getTime() + 30_000), EndTime: minutesLater(3) };
    const { shown } = await answerOf(setting, {
      ...range,
      MetricDataQueries: [query('m1', 'Count')],
      ScanBy: 'TimestampAscending',
    });
    expect(shown).toEqual([
      [
        'm1',
        'Count',
        'Complete',
        [
          [1, 2],
          [2, 3],
        ],
      ],
    ]);
  });

  test('answers in pages of the size that is asked for', async () => {
    const setting = await laboratory();
    setting.put('Count', [1, 2, 3]);
    setting.put('Limit', [10, 11]);
    await setting.sandbox.settle(10);
    const asked: Partial<GetMetricDataCommandInput> = {
      MetricDataQueries: [query('m1', 'Count'), query('m2', 'Limit')],
      MaxDatapoints: 2,
      ScanBy: 'TimestampAscending',
    };
    const pages: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const page = await answerOf(setting, { ...asked, NextToken });
      pages.push(page.shown);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(pages).toEqual([
      [
        [
          'm1',
          'Count',
          'PartialData',
          [
            [0, 1],
            [1, 2],
          ],
        ],
      ],
      [
        ['m1', 'Count', 'Complete', [[2, 3]]],
        ['m2', 'Limit', 'PartialData', [[0, 10]]],
      ],
      [['m2', 'Limit', 'Complete', [[1, 11]]]],
    ]);
    const { NextToken: token } = await answerOf(setting, asked);
    expect(await errorOf(answerOf(setting, { ...asked, MaxDatapoints: 1, NextToken: token }))).toMatchObject({
      name: 'InvalidNextToken',
      status: 400,
    });
  });

  test('sees in a monitoring account what linked accounts show, and of others nothing', async () => {
    const setting = await laboratory();
    for (const [index, owner] of [account, linked, stranger].entries()) setting.put('Count', [index + 1], owner);
    await setting.sandbox.settle(10);
    const queries = [account, linked, stranger].map((owner, index) =>
      query(`m${index}`, 'Count', { AccountId: owner }),
    );
    const { shown } = await answerOf(setting, { MetricDataQueries: queries });
    expect(shown).toEqual([
      ['m0', 'Count', 'Complete', [[0, 1]]],
      ['m1', 'Count', 'Complete', [[0, 2]]],
      ['m2', 'Count', 'Forbidden', []],
    ]);
    const elsewhere = { ...setting, client: watcherOf(setting.sandbox, 'eu-west-1') };
    const regional = await answerOf(elsewhere, { MetricDataQueries: [query('m1', 'Count', { AccountId: linked })] });
    expect(regional.shown).toEqual([['m1', 'Count', 'Forbidden', []]]);
  });

  test('takes any time, and answers for the 15 days that are kept', async () => {
    const setting = await laboratory();
    setting.put('Count', [1]);
    const range = { StartTime: new Date(0), EndTime: new Date(8.64e15) };
    const FILL = { Id: 'filled', Expression: 'FILL(m1, 0)' };
    const { shown } = await answerOf(setting, {
      ...range,
      MetricDataQueries: [query('m1', 'Count', { ReturnData: false }), FILL],
    });
    expect(shown[0]?.[3]).toHaveLength(15 * 24 * 60 + 1);
  });

  const fortnight = { StartTime: new Date(start.getTime() - 14 * 24 * 3_600_000), EndTime: minutesLater(60) };
  const filled = (count: number, expression: string): MetricDataQuery[] => [
    query('m1', 'Count', { ReturnData: false }),
    ...Array.from({ length: count }, (_, index) => ({ Id: `e${index}`, Expression: expression })),
  ];

  test.each([
    ['many expressions', filled(499, 'FILL(m1, 0)')],
    ['one that goes over the time again and again', filled(1, `${'FILL('.repeat(90)}m1${', 0)'.repeat(90)}`)],
    ['one of which nothing is left', filled(100, Array.from({ length: 30 }, () => 'FILL(m1, 0) / 0').join(' + '))],
  ])('does not go through more than 504,000 data points at once: %s', async (_, MetricDataQueries) => {
    const setting = await laboratory();
    setting.put('Count', [1]);
    await setting.sandbox.settle(10);
    const written = countPoints();
    expect(await errorOf(answerOf(setting, { ...fortnight, MetricDataQueries }))).toEqual({
      name: 'InvalidParameterCombinationException',
      status: 400,
      message:
        'The metric math of the request goes through more than 504000 datapoints, which is the limit of the sandbox. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    });
    // What the last part of an expression came to is counted once it is there: 14 days and an hour, by the minute.
    expect(written()).toBeLessThan(504_000 + 2 * 15 * 24 * 60);
    expect(written()).toBeGreaterThan(400_000);
    const longer = MetricDataQueries.map((each) => (each.Expression === undefined ? each : { ...each, Period: 3_600 }));
    const { shown } = await answerOf(setting, { ...hour, MetricDataQueries: longer });
    expect(shown).toHaveLength(MetricDataQueries.length - 1);
  });

  test('puts 100,800 data points on a page, unless told otherwise', async () => {
    const setting = await laboratory();
    setting.put(
      'Count',
      Array.from({ length: 10_080 }, (_, index) => index),
    );
    await setting.sandbox.settle(10_080);
    const week = { StartTime: start, EndTime: minutesLater(10_080) };
    const queries = Array.from({ length: 11 }, (_, index) => query(`m${index}`, 'Count'));
    const asked = { ...week, MetricDataQueries: [query('m11', 'Nothing'), ...queries] };
    const first = await answerOf(setting, asked);
    const second = await answerOf(setting, { ...asked, NextToken: first.NextToken });
    const sizes = ({ shown }: typeof first) => shown.map(([id, , status, points]) => [id, status, points?.length]);
    expect(sizes(first)).toEqual([
      ['m11', 'Complete', 0],
      ...queries.slice(0, 10).map(({ Id }) => [Id, 'Complete', 10_080]),
    ]);
    expect(sizes(second)).toEqual([['m10', 'Complete', 10_080]]);
    expect(second.NextToken).toBeUndefined();
  });

  test.each<readonly [string, Partial<GetMetricDataCommandInput>, RegExp]>([
    ['a page of more than 100,800 data points', { MaxDatapoints: 100_801 }, /MaxDatapoints: /],
    [
      'a start after the end',
      { StartTime: minutesLater(61) },
      /^The parameter StartTime must be less than the parameter EndTime\.$/,
    ],
    ['no queries', { MetricDataQueries: [] }, /^1 validation error detected: MetricDataQueries: /],
    [
      'an id twice',
      { MetricDataQueries: [query('m1', 'Count'), query('m1', 'Limit')] },
      /^the id m1 of MetricDataQueries must be unique/,
    ],
    [
      'a number for a result',
      { MetricDataQueries: [query('m1', 'Count'), { Id: 'e1', Expression: 'SUM(m1)' }] },
      /^the expression e1 must come to a time series/,
    ],
    [
      'half an expression',
      { MetricDataQueries: [{ Id: 'e1', Expression: 'm1 +' }] },
      /MetricDataQueries\.0: unexpected end in "m1 \+"$/,
    ],
    [
      'a function that it does not know',
      { MetricDataQueries: [query('m1', 'Count'), { Id: 'e1', Expression: 'RATE(m1)' }] },
      /^the sandbox does not know the function RATE/,
    ],
    [
      'a statistic that it does not know',
      { MetricDataQueries: [query('m1', 'Count', {}, 'tm90')] },
      /MetricStat\.Stat: be one of SampleCount/,
    ],
    [
      'a period of a second',
      { MetricDataQueries: [query('m1', 'Count', {}, 'Sum', 1)] },
      /Period: be a multiple of 60 in the sandbox/,
    ],
  ])('refuses %s', async (_, input, message) => {
    const setting = await laboratory();
    const error = await errorOf(answerOf(setting, { MetricDataQueries: [query('m1', 'Count')], ...input }));
    expect(error).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(error.message).toMatch(message);
  });
});

describe('GetMetricStatistics', () => {
  const asked = {
    ...hour,
    Namespace: 'Tried',
    MetricName: 'Count',
    Dimensions: [{ Name: 'Colour', Value: 'red' }],
    Period: 120,
  };

  test('answers the statistics of each period', async () => {
    const { client, put } = await laboratory();
    put('Count', [1, 3, 5]);
    const command = new GetMetricStatisticsCommand({
      ...asked,
      Statistics: ['Sum', 'Average'],
      ExtendedStatistics: ['p100'],
    });
    const { Label, Datapoints } = await client.send(command);
    expect(Label).toBe('Count');
    expect(Datapoints).toEqual([
      { Timestamp: start, Unit: 'Count', Sum: 4, Average: 2, ExtendedStatistics: { p100: 3 } },
      { Timestamp: minutesLater(2), Unit: 'Count', Sum: 5, Average: 5, ExtendedStatistics: { p100: 5 } },
    ]);
    const other = await client.send(new GetMetricStatisticsCommand({ ...asked, Statistics: ['Sum'], Unit: 'Bytes' }));
    expect(other.Datapoints).toEqual([]);
  });

  test.each([
    ['no statistic', {}, 'InvalidParameterCombinationException', /^At least one of/],
    [
      'more than 1,440 data points',
      { Statistics: ['Sum'], EndTime: minutesLater(2_881) },
      'InvalidParameterCombinationException',
      /^You have requested up to 1441 datapoints, which exceeds the limit of 1440/,
    ],
    [
      'a start after the end',
      { Statistics: ['Sum'], EndTime: start },
      'InvalidParameterValueException',
      /^The parameter StartTime must be less/,
    ],
  ] as const)('refuses %s', async (_, input, name, message) => {
    const { client } = await laboratory();
    const { Statistics, ...rest } = { Statistics: undefined, ...input };
    const error = await errorOf(
      client.send(new GetMetricStatisticsCommand({ ...asked, ...rest, Statistics: Statistics && [...Statistics] })),
    );
    expect(error).toMatchObject({ name, status: 400 });
    expect(error.message).toMatch(message);
  });
});

describe('ListMetrics', () => {
  async function listed(input: ListMetricsCommandInput) {
    const setting = await laboratory();
    setting.put('Count', [1]);
    setting.put('Count', [1], account, 'blue');
    await setting.sandbox.settle(240);
    setting.put(
      'Limit',
      Array.from({ length: 240 }, () => 1),
    );
    setting.put('Count', [1], linked);
    setting.put('Count', [1], stranger);
    const { Metrics = [], OwningAccounts } = await setting.client.send(new ListMetricsCommand(input));
    const shown = Metrics.map(({ MetricName, Dimensions = [] }) => `${MetricName ?? ''} ${Dimensions[0]?.Value ?? ''}`);
    return { shown, OwningAccounts };
  }

  test.each<readonly [string, ListMetricsCommandInput, readonly string[]]>([
    ['of the own account', {}, ['Count red', 'Count blue', 'Limit red']],
    ['by name', { MetricName: 'Count' }, ['Count red', 'Count blue']],
    ['by dimension', { Dimensions: [{ Name: 'Colour', Value: 'blue' }] }, ['Count blue']],
    ['by the name of a dimension', { Dimensions: [{ Name: 'Size' }] }, []],
    ['by namespace', { Namespace: 'Other' }, []],
    ['that have had values of late', { RecentlyActive: 'PT3H' }, ['Limit red']],
  ])('lists metrics %s', async (_, input, expected) => {
    expect(await listed(input)).toEqual({ shown: expected, OwningAccounts: undefined });
  });

  test('lists those of linked accounts, each with its owner', async () => {
    expect(await listed({ IncludeLinkedAccounts: true, MetricName: 'Count' })).toEqual({
      shown: ['Count red', 'Count blue', 'Count red'],
      OwningAccounts: [account, account, linked],
    });
    const one = { IncludeLinkedAccounts: true, OwningAccount: linked };
    expect(await listed(one)).toEqual({ shown: ['Count red'], OwningAccounts: [linked] });
    expect(await listed({ ...one, OwningAccount: stranger })).toEqual({ shown: [], OwningAccounts: [] });
    expect(await errorOf(listed({ OwningAccount: linked }))).toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('lists 500 on a page', async () => {
    const { client, put } = await laboratory();
    for (let index = 0; index < 501; index += 1) put('Count', [1], account, String(index));
    const first = await client.send(new ListMetricsCommand({}));
    const second = await client.send(new ListMetricsCommand({ NextToken: first.NextToken }));
    expect([first.Metrics?.length, second.Metrics?.length, second.NextToken]).toEqual([500, 1, undefined]);
    const { NextToken } = first;
    expect(await errorOf(client.send(new ListMetricsCommand({ NextToken, MetricName: 'Count' })))).toMatchObject({
      name: 'InvalidNextToken',
    });
  });
});
