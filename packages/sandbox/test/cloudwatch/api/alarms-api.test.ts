import {
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { allow, type Resources } from '../../../src/testing/literals.ts';
import { atOne, countMetric } from '../alarm/watching.ts';
import { account, errorOf, laboratory, minutesLater, start } from './laboratory.ts';

const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const dimensions = [{ Name: 'Colour', Value: 'red' }];
const alarm = (name: string, rest: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { AlarmName: name, ...countMetric, ...atOne, Dimensions: dimensions, ...rest },
});
const widgets = [{ type: 'text', properties: { markdown: 'hello' } }];
const resources: Resources = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
  One: alarm('one', { AlarmDescription: 'the first', AlarmActions: [{ Ref: 'Topic' }] }),
  Two: alarm('two', { MetricName: 'Nothing', TreatMissingData: 'missing' }),
  Both: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmName: 'both', AlarmRule: 'ALARM(one) AND OK(two)' },
    DependsOn: ['One', 'Two'],
  },
  Fleet: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: { DashboardName: 'fleet', DashboardBody: JSON.stringify({ widgets }) },
  },
};

/** An alarm that has been OK, fired after 03:06 and is OK again after 03:07. */
async function fired() {
  const setting = await laboratory(resources);
  setting.put('Count', [0, 0, 0, 0, 0, 1, 0]);
  await setting.sandbox.settle(5);
  return setting;
}

describe('DescribeAlarms', () => {
  test('tells how an alarm was deployed and how it stands', async () => {
    const { client } = await fired();
    const { MetricAlarms, CompositeAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['one'] }));
    expect(CompositeAlarms).toEqual([]);
    expect(MetricAlarms).toEqual([
      {
        AlarmName: 'one',
        AlarmArn: `arn:aws:cloudwatch:us-east-1:${account}:alarm:one`,
        AlarmDescription: 'the first',
        AlarmConfigurationUpdatedTimestamp: new Date('2026-01-02T03:04:05Z'),
        ActionsEnabled: true,
        AlarmActions: [topicArn],
        OKActions: [],
        InsufficientDataActions: [],
        ...countMetric,
        ...atOne,
        Dimensions: dimensions,
        StateValue: 'OK',
        StateReason:
          'Threshold Crossed: 1 datapoint [0.0 (02/01/26 03:06:00)] was not greater than or equal to the threshold (1.0).',
        StateReasonData: JSON.stringify({
          version: '1.0',
          queryDate: '2026-01-02T03:07:00.000+0000',
          startDate: '2026-01-02T03:06:00.000+0000',
          statistic: 'Sum',
          period: 60,
          recentDatapoints: [0],
          threshold: 1,
          evaluatedDatapoints: [{ timestamp: '2026-01-02T03:06:00.000+0000', value: 0 }],
        }),
        StateUpdatedTimestamp: minutesLater(7),
        StateTransitionedTimestamp: minutesLater(7),
      },
    ]);
  });

  test.each<readonly [string, DescribeAlarmsCommandInput, readonly string[]]>([
    ['metric alarms', {}, ['one', 'two']],
    ['composite alarms when they are asked for', { AlarmTypes: ['CompositeAlarm'] }, ['both']],
    ['alarms of both kinds', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }, ['one', 'two', 'both']],
    ['alarms by a prefix', { AlarmNamePrefix: 'tw' }, ['two']],
    ['alarms by state', { StateValue: 'INSUFFICIENT_DATA' }, ['two']],
    ['alarms by an action', { ActionPrefix: 'arn:aws:sns' }, ['one']],
  ])('lists %s', async (_, input, names) => {
    const { client } = await fired();
    const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(new DescribeAlarmsCommand(input));
    expect([...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName)).toEqual(names);
  });

  test('lists page by page', async () => {
    const { client } = await fired();
    const first = await client.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
    const second = await client.send(new DescribeAlarmsCommand({ MaxRecords: 1, NextToken: first.NextToken }));
    expect([first, second].map(({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName))).toEqual([
      ['one'],
      ['two'],
    ]);
    expect(second.NextToken).toBeUndefined();
    const { NextToken } = first;
    expect(await errorOf(client.send(new DescribeAlarmsCommand({ StateValue: 'OK', NextToken })))).toMatchObject({
      name: 'InvalidNextToken',
    });
  });

  test.each<readonly [string, DescribeAlarmsCommandInput, RegExp]>([
    [
      'names and a prefix',
      { AlarmNames: ['one'], AlarmNamePrefix: 'o' },
      /^AlarmNames and AlarmNamePrefix must not both be given$/,
    ],
    ['more than a hundred', { MaxRecords: 101 }, /^1 validation error detected: MaxRecords: /],
    ['what it does not know', { ChildrenOfAlarmName: 'both' }, /ChildrenOfAlarmName/],
  ])('refuses %s', async (_, input, message) => {
    const { client } = await laboratory();
    const error = await errorOf(client.send(new DescribeAlarmsCommand(input)));
    expect(error).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(error.message).toMatch(message);
  });
});

describe('DescribeAlarmHistory', () => {
  test('tells what has happened to an alarm, the latest first', async () => {
    const { client } = await fired();
    const { AlarmHistoryItems = [] } = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'one' }));
    expect(
      AlarmHistoryItems.map(({ Timestamp, HistoryItemType, HistorySummary }) => [
        Timestamp,
        HistoryItemType,
        HistorySummary,
      ]),
    ).toEqual([
      [minutesLater(7), 'StateUpdate', 'Alarm updated from ALARM to OK'],
      [minutesLater(6), 'Action', `Successfully executed action ${topicArn}`],
      [minutesLater(6), 'StateUpdate', 'Alarm updated from OK to ALARM'],
      [minutesLater(5), 'StateUpdate', 'Alarm updated from INSUFFICIENT_DATA to OK'],
      [new Date('2026-01-02T03:04:05Z'), 'ConfigurationUpdate', 'Alarm "one" created'],
    ]);
    expect(JSON.parse(AlarmHistoryItems[2]?.HistoryData ?? '')).toMatchObject({
      version: '1.0',
      oldState: { stateValue: 'OK' },
      newState: {
        stateValue: 'ALARM',
        stateReason:
          'Threshold Crossed: 1 datapoint [1.0 (02/01/26 03:05:00)] was greater than or equal to the threshold (1.0).',
        stateReasonData: { recentDatapoints: [1] },
      },
    });
  });

  test.each([
    ['of one kind', { HistoryItemType: 'Action' }, ['one Action']],
    ['from a time on', { StartDate: minutesLater(7), ScanBy: 'TimestampAscending' }, ['one StateUpdate']],
    ['until a time', { EndDate: minutesLater(4.5) }, ['two ConfigurationUpdate', 'one ConfigurationUpdate']],
    [
      'of composite alarms',
      { AlarmTypes: ['CompositeAlarm'], ScanBy: 'TimestampAscending' },
      ['both ConfigurationUpdate', 'both StateUpdate'],
    ],
  ] as const)('tells %s', async (_, { ...input }, expected) => {
    const { client } = await fired();
    const { AlarmTypes, ...rest } = { AlarmTypes: undefined, ...input };
    const command = new DescribeAlarmHistoryCommand({ ...rest, AlarmTypes: AlarmTypes && [...AlarmTypes] });
    const { AlarmHistoryItems = [] } = await client.send(command);
    expect(AlarmHistoryItems.map((item) => `${item.AlarmName ?? ''} ${item.HistoryItemType ?? ''}`)).toEqual(expected);
  });
});

describe('dashboards', () => {
  const arn = `arn:aws:cloudwatch::${account}:dashboard/fleet`;

  test('are listed and given back', async () => {
    const { client } = await laboratory(resources);
    const { DashboardEntries } = await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'f' }));
    const body = JSON.stringify({ widgets });
    const LastModified = new Date('2026-01-02T03:04:05Z');
    expect(DashboardEntries).toEqual([{ DashboardName: 'fleet', DashboardArn: arn, LastModified, Size: body.length }]);
    expect((await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'g' }))).DashboardEntries).toEqual([]);
    const dashboard = await client.send(new GetDashboardCommand({ DashboardName: 'fleet' }));
    expect(dashboard).toMatchObject({ DashboardName: 'fleet', DashboardArn: arn, DashboardBody: body });
  });

  test('that are not there are not found', async () => {
    const { client } = await laboratory(resources);
    const error = await errorOf(client.send(new GetDashboardCommand({ DashboardName: 'flea' })));
    expect(error).toMatchObject({ name: 'ResourceNotFound', message: 'Dashboard flea does not exist', status: 404 });
  });
});

describe('whoever asks', () => {
  const hour = { StartTime: start, EndTime: minutesLater(60) };
  const metric = { Namespace: 'A', MetricName: 'B' };
  const query = { Id: 'm1', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } };
  const actions = [
    'GetMetricData',
    'GetMetricStatistics',
    'ListMetrics',
    'DescribeAlarms',
    'DescribeAlarmHistory',
    'GetDashboard',
    'ListDashboards',
  ].map((operation) => `cloudwatch:${operation}`);

  test.each<readonly [string, (client: CloudWatchClient) => Promise<unknown>]>([
    ['GetMetricData', (client) => client.send(new GetMetricDataCommand({ ...hour, MetricDataQueries: [query] }))],
    [
      'GetMetricStatistics',
      (client) => client.send(new GetMetricStatisticsCommand({ ...hour, ...metric, Period: 60, Statistics: ['Sum'] })),
    ],
    ['ListMetrics', (client) => client.send(new ListMetricsCommand({}))],
    ['DescribeAlarms', (client) => client.send(new DescribeAlarmsCommand({}))],
    ['DescribeAlarmHistory', (client) => client.send(new DescribeAlarmHistoryCommand({}))],
    ['GetDashboard', (client) => client.send(new GetDashboardCommand({ DashboardName: 'fleet' }))],
    ['ListDashboards', (client) => client.send(new ListDashboardsCommand({}))],
  ])('needs the permission for %s, and no other', async (operation, call) => {
    const action = `cloudwatch:${operation}`;
    const lacking = await laboratory(resources, [allow(actions.filter((other) => other !== action))]);
    const error = await errorOf(call(lacking.client));
    expect(error).toMatchObject({ name: 'AccessDenied', status: 400 });
    expect(error.message).toContain(`is not authorized to perform: ${action} on resource: `);
    const having = await laboratory(resources, [allow(action)]);
    await call(having.client);
  });

  test('may be limited to some alarms and dashboards', async () => {
    const { client } = await laboratory(resources, [
      allow('cloudwatch:DescribeAlarmHistory', `arn:aws:cloudwatch:us-east-1:${account}:alarm:one`),
      allow('cloudwatch:GetDashboard', `arn:aws:cloudwatch::${account}:dashboard/flea`),
    ]);
    await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'one' }));
    expect(await errorOf(client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'two' })))).toMatchObject({
      name: 'AccessDenied',
    });
    expect(await errorOf(client.send(new GetDashboardCommand({ DashboardName: 'fleet' })))).toMatchObject({
      name: 'AccessDenied',
    });
    expect(await errorOf(client.send(new GetDashboardCommand({ DashboardName: 'flea' })))).toMatchObject({
      name: 'ResourceNotFound',
    });
  });
});
