import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import {
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  PutCompositeAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import type { Resources } from '../../../src/testing/literals.ts';
import { credentialsAs } from '../../sts/callers.ts';
import { sendSigned } from '../../signed-request.ts';
import { atOne, countMetric } from '../alarm/watching.ts';
import { account, errorOf, laboratory, minutesLater, start, watcherOf } from './laboratory.ts';

const Dimensions = [{ Name: 'Colour', Value: 'red' }];
const alarm = { ...countMetric, ...atOne, Dimensions, AlarmDescription: '<one> & "two"' };
const resources: Resources = {
  One: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'one', ...alarm } },
  Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'both', AlarmRule: 'ALARM(one)' } },
  Fleet: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: 'fleet',
      DashboardBody: JSON.stringify({ widgets: [{ type: 'text', properties: { markdown: 'hello' } }] }),
    },
  },
};

/** Every operation that CloudWatch answers, with lists, times, numbers and booleans in the request. */
const hour = { StartTime: start, EndTime: minutesLater(60) };
const metric = { Namespace: 'Tried', MetricName: 'Count', Dimensions };
const stat = { Metric: metric, Period: 60, Stat: 'Sum' };
const asked: Readonly<Record<string, (client: CloudWatchClient) => Promise<unknown>>> = {
  DescribeAlarms: (client) =>
    client.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 2 })),
  'DescribeAlarms, no names': (client) => client.send(new DescribeAlarmsCommand({ AlarmNames: [] })),
  DescribeAlarmHistory: (client) =>
    client.send(new DescribeAlarmHistoryCommand({ StartDate: start, EndDate: minutesLater(600), MaxRecords: 1 })),
  GetDashboard: (client) => client.send(new GetDashboardCommand({ DashboardName: 'fleet' })),
  GetMetricData: (client) =>
    client.send(
      new GetMetricDataCommand({
        ...hour,
        MaxDatapoints: 2,
        MetricDataQueries: [
          { Id: 'm', MetricStat: stat, ReturnData: false },
          { Id: 'e', Expression: 'm * 2.5', Label: 'twice' },
        ],
      }),
    ),
  GetMetricStatistics: (client) =>
    client.send(
      new GetMetricStatisticsCommand({
        ...hour,
        ...metric,
        Period: 60,
        Statistics: ['Sum', 'Average'],
        ExtendedStatistics: ['p90', 'p10'],
      }),
    ),
  ListDashboards: (client) => client.send(new ListDashboardsCommand({})),
  ListMetrics: (client) => client.send(new ListMetricsCommand({ ...metric, IncludeLinkedAccounts: true })),
};

async function watched() {
  const setting = await laboratory(resources);
  setting.put('Count', [0, 0.5, 3]);
  await setting.sandbox.settle(5);
  return setting;
}

const withoutMetadata = (answer: object): object => ({ ...answer, $metadata: undefined });

describe.each([
  ['CBOR', AwsSmithyRpcV2CborProtocol],
  ['the query protocol', AwsQueryProtocol],
])('CloudWatch in %s', (_, protocol) => {
  test.each(Object.keys(asked))('answers as in JSON: %s', async (name) => {
    const { sandbox } = await watched();
    const answerIn = async (other: typeof protocol | typeof AwsJson1_0Protocol) =>
      withoutMetadata((await asked[name]?.(watcherOf(sandbox, 'us-east-1', other))) as object);
    const expected = await answerIn(AwsJson1_0Protocol);
    expect(expected).not.toEqual({ $metadata: undefined });
    expect(await answerIn(protocol)).toEqual(expected);
  });

  test('goes on with the token of a page', async () => {
    const { sandbox } = await watched();
    const client = watcherOf(sandbox, 'us-east-1', protocol);
    const page = (NextToken?: string) => client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 1, NextToken }));
    const { NextToken, AlarmHistoryItems: [first] = [] } = await page();
    const { AlarmHistoryItems: [second] = [] } = await page(NextToken);
    expect([first?.AlarmName, second?.AlarmName]).toEqual(['one', 'one']);
    expect(second).not.toEqual(first);
  });

  test('refuses as in JSON', async () => {
    const { sandbox } = await watched();
    const client = watcherOf(sandbox, 'us-east-1', protocol);
    const name = 'DashboardNotFoundError';
    expect(await errorOf(client.send(new GetDashboardCommand({ DashboardName: 'none' })))).toMatchObject({
      name: expect.stringMatching(`^(${name}|ResourceNotFound)$`) as string,
      message: 'Dashboard none does not exist',
      status: 404,
    });
    const put = new PutCompositeAlarmCommand({ AlarmName: 'none', AlarmRule: 'TRUE' });
    expect((await errorOf(client.send(put))).message).toContain('PutCompositeAlarm (see docs/sandbox-support.md)');
    const backwards = new GetMetricStatisticsCommand({
      ...metric,
      StartTime: minutesLater(1),
      EndTime: start,
      Period: 60,
    });
    expect((await errorOf(client.send(backwards))).name).toMatch(/^InvalidParameterValue(Exception)?$/);
  });

  test('denies a caller, in the words of AWS', async () => {
    const { sandbox } = await laboratory({}, []);
    const client = watcherOf(sandbox, 'us-east-1', protocol);
    expect(await errorOf(client.send(new ListMetricsCommand({})))).toMatchObject({
      name: expect.stringMatching(/^AccessDenied(Exception)?$/) as string,
      message: expect.stringContaining('is not authorized to perform: cloudwatch:ListMetrics') as string,
    });
  });
});

describe('a form for CloudWatch', () => {
  test.each([
    ['a number that is none', 'Action=DescribeAlarms&MaxRecords=many', 'MalformedInput'],
    ['a time that is none', 'Action=DescribeAlarmHistory&StartDate=soon', 'MalformedInput'],
    ['a boolean that is none', 'Action=ListMetrics&IncludeLinkedAccounts=perhaps', 'MalformedInput'],
    ['a field and fields of it', 'Action=ListMetrics&Dimensions=a&Dimensions.member.1.Name=b', 'MalformedInput'],
    ['a hundred levels', `Action=ListMetrics&${'a.'.repeat(100)}b=c`, 'MalformedInput'],
    ['no operation', 'Version=2010-08-01', 'InvalidAction'],
    ['an operation of nobody', 'Action=PredictAlarms', 'InvalidAction'],
    ['a number that is too large', 'Action=DescribeAlarms&MaxRecords=1000', 'ValidationError'],
  ])('is refused for %s', async (_, body, code) => {
    const { sandbox } = await watched();
    const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/watcher`);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const send = (form: string) =>
      sendSigned({ url: `${sandbox.endpointUrl}/`, headers, body: form }, { credentials, service: 'monitoring' });
    const response = await send(body);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(`<Code>${code}</Code>`)]);
    expect((await send('Action=ListMetrics&Dimensions.member.1.Name=Colour')).status).toBe(200);
  });
});
