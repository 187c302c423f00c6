import {
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { allow, type Resources, role, trusting } from '../../../src/testing/literals.ts';
import { account, errorOf, laboratory, linked, minutesLater, stranger, watcherOf } from './laboratory.ts';

const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const alarmArn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:fleet`;
const reporter = `arn:aws:iam::${account}:role/reporter`;
const expression = 'SELECT MAX(Count) FROM Tried GROUP BY AWS.AccountId ORDER BY MAX() DESC';
const publish = allow('sns:Publish', `arn:aws:sns:us-east-1:${account}:*`);

const topic = (name: string): Resources[string] => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: name, Subscription: [{ Protocol: 'email', Endpoint: 'team@example.com' }] },
});

const rule = (name: string, detailType: string): Resources[string] => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: name,
    EventPattern: { source: ['aws.cloudwatch'], 'detail-type': [detailType], detail: { state: { value: ['ALARM'] } } },
    Targets: [{ Id: 'Topic', Arn: `arn:aws:sns:us-east-1:${account}:${name}`, RoleArn: reporter }],
  },
});

const resources: Resources = {
  Topic: topic('alerts'),
  Changes: topic('changes'),
  Contributors: topic('contributors'),
  Reporter: role('reporter', trusting({ Service: 'events.amazonaws.com' }), publish),
  Change: rule('changes', 'CloudWatch Alarm State Change'),
  Contributor: rule('contributors', 'CloudWatch Alarm Contributor State Change'),
  Fleet: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'fleet',
      AlarmActions: [{ Ref: 'Topic' }],
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      Metrics: [{ Id: 'q', Expression: expression, Period: 60 }],
    },
  },
};

/** An alarm for all accounts that are seen, in which a linked account has fired after 03:06 and another one has not. */
async function fired() {
  const setting = await laboratory(resources);
  setting.put('Count', [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  setting.put('Count', [0, 0, 0, 0, 0, 2, 2, 2, 2], linked);
  setting.put('Count', [9, 9, 9, 9, 9, 9, 9, 9, 9], stranger);
  await setting.sandbox.settle(5);
  return setting;
}

const stateReason =
  'Threshold Crossed: 1 datapoint was greater than or equal to the threshold (1.0). The most recent datapoint which crossed the threshold: [2.0 (02/01/26 03:05:00)].';

describe.each([
  ['JSON', AwsJson1_0Protocol],
  ['CBOR', AwsSmithyRpcV2CborProtocol],
  ['the query protocol', AwsQueryProtocol],
])('contributors in %s', (_, protocol) => {
  test('are described while they are in ALARM', async () => {
    const { sandbox } = await fired();
    const client = watcherOf(sandbox, 'us-east-1', protocol);
    const { AlarmContributors } = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'fleet' }));
    expect(AlarmContributors).toEqual([
      {
        ContributorId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        ContributorAttributes: { 'AWS.AccountId': linked },
        StateReason: stateReason,
        StateTransitionedTimestamp: minutesLater(6),
      },
    ]);
    const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({}));
    expect(alarm).toMatchObject({ StateValue: 'ALARM', StateReason: '1 out of 2 time series evaluated to ALARM' });
    expect(alarm).not.toHaveProperty('EvaluationState');
  });

  test('have a history beside that of the alarm', async () => {
    const { sandbox } = await fired();
    const client = watcherOf(sandbox, 'us-east-1', protocol);
    const ask = async (rest: object) => {
      const command = new DescribeAlarmHistoryCommand({ AlarmName: 'fleet', ScanBy: 'TimestampAscending', ...rest });
      return (await client.send(command)).AlarmHistoryItems ?? [];
    };
    const [update] = await ask({ HistoryItemType: 'AlarmContributorStateUpdate' });
    const contributor = {
      AlarmContributorId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      AlarmContributorAttributes: { 'AWS.AccountId': linked },
    };
    expect(update).toEqual({
      AlarmName: 'fleet',
      AlarmType: 'MetricAlarm',
      Timestamp: minutesLater(6),
      HistoryItemType: 'AlarmContributorStateUpdate',
      HistorySummary: 'Contributor state updated to ALARM',
      HistoryData: JSON.stringify({ version: '1.0', newState: { stateValue: 'ALARM', stateReason } }),
      ...contributor,
    });
    expect(await ask({ HistoryItemType: 'AlarmContributorAction' })).toMatchObject([
      { HistorySummary: `Successfully executed action ${topicArn}`, ...contributor },
    ]);
    const types = (items: Awaited<ReturnType<typeof ask>>) => items.map(({ HistoryItemType }) => HistoryItemType);
    expect(types(await ask({ AlarmContributorId: update?.AlarmContributorId }))).toEqual([
      'AlarmContributorStateUpdate',
      'AlarmContributorAction',
    ]);
    expect(types(await ask({}))).toEqual(['ConfigurationUpdate', 'StateUpdate', 'StateUpdate']);
    expect(await ask({ HistoryItemType: 'Action' })).toEqual([]);
  });

  test.each<readonly [string, PutMetricAlarmCommandInput['EvaluationWindow']]>([
    ['the wall clock', { WallClockWindow: { Timezone: 'Europe/Berlin' } }],
    ['no window', undefined],
  ])('are not there for an alarm by %s, which is put and described', async (__, EvaluationWindow) => {
    const { sandbox } = await laboratory(resources);
    const client = watcherOf(sandbox, 'us-east-1', protocol);
    const late: PutMetricAlarmCommandInput = {
      AlarmName: 'late',
      Namespace: 'Tried',
      MetricName: 'Count',
      Statistic: 'Sum',
      Period: 86_400,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      ...(EvaluationWindow && { EvaluationWindow }),
    };
    await client.send(new PutMetricAlarmCommand(late));
    await sandbox.settle(2);
    const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['late'] }));
    expect(alarm).toMatchObject({ ...late, StateValue: 'ALARM' });
    const none = new DescribeAlarmContributorsCommand({ AlarmName: 'late' });
    expect((await client.send(none)).AlarmContributors).toEqual([]);
  });
});

describe('DescribeAlarmContributors', () => {
  test('knows alarms that are there only', async () => {
    const { client } = await laboratory(resources);
    const error = await errorOf(client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'flea' })));
    expect(error).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Alarm flea does not exist',
      status: 404,
    });
  });

  test('needs its permission on the alarm, and no other', async () => {
    const action = 'cloudwatch:DescribeAlarmContributors';
    const command = new DescribeAlarmContributorsCommand({ AlarmName: 'fleet' });
    const lacking = await laboratory(resources, [allow('cloudwatch:DescribeAlarms'), allow(action, `${alarmArn}s`)]);
    expect((await errorOf(lacking.client.send(command))).message).toContain(
      `is not authorized to perform: ${action} on resource: ${alarmArn}`,
    );
    const having = await laboratory(resources, [allow(action, alarmArn)]);
    await having.client.send(command);
  });
});

describe('an alarm on contributors', () => {
  test('notifies its topic of the contributor, and EventBridge of both', async () => {
    const { sandbox } = await fired();
    const told = (name: string): readonly JsonObject[] =>
      sandbox.topics.deliveries
        .filter((delivery) => delivery.topicArn.endsWith(`:${name}`))
        .map(({ message }) => JSON.parse(message) as JsonObject);
    const id = expect.stringMatching(/^[0-9a-f]{16}$/) as string;
    expect(told('alerts')).toEqual([
      {
        AlarmName: 'fleet',
        AlarmDescription: null,
        AWSAccountId: account,
        NewStateValue: 'ALARM',
        NewStateReason: stateReason,
        StateChangeTime: '2026-01-02T03:06:00.000+0000',
        Region: 'us-east-1',
        AlarmArn: alarmArn,
        OldStateValue: 'OK',
        OKActions: [],
        AlarmActions: [topicArn],
        InsufficientDataActions: [],
        AlarmContributorId: id,
        AlarmContributorAttributes: { 'AWS.AccountId': linked },
      },
    ]);
    const common = {
      source: 'aws.cloudwatch',
      account,
      region: 'us-east-1',
      time: '2026-01-02T03:06:00Z',
      resources: [alarmArn],
    };
    expect(told('contributors')).toMatchObject([
      {
        ...common,
        'detail-type': 'CloudWatch Alarm Contributor State Change',
        detail: { alarmName: 'fleet', alarmContributor: { id, attributes: { 'AWS.AccountId': linked } } },
      },
    ]);
    expect(told('changes')).toMatchObject([
      {
        ...common,
        'detail-type': 'CloudWatch Alarm State Change',
        detail: {
          alarmName: 'fleet',
          state: { value: 'ALARM', reason: '1 out of 2 time series evaluated to ALARM' },
          previousState: { value: 'OK' },
          configuration: { metrics: [{ id: 'q', expression, period: 60, returnData: true }] },
        },
      },
    ]);
  });
});

describe('alarms of other kinds', () => {
  test('have events of their own, with what they watch', async () => {
    const plain: Resources[string] = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'plain',
        AlarmDescription: 'first',
        Namespace: 'Tried',
        MetricName: 'Count',
        Dimensions: [{ Name: 'Colour', Value: 'red' }],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    };
    const above: Resources[string] = {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: { AlarmName: 'above', AlarmRule: 'ALARM(plain)' },
      DependsOn: ['Plain'],
    };
    const { Topic, Changes, Reporter, Change } = resources as Record<string, Resources[string]>;
    const setting = await laboratory({ Topic, Changes, Reporter, Change, Plain: plain, Above: above } as Resources);
    setting.put('Count', [0, 0, 0, 0, 1]);
    await setting.sandbox.settle(3);
    const details = setting.sandbox.topics.deliveries.map(
      ({ message }) => (JSON.parse(message) as JsonObject)['detail'],
    );
    const metric = { namespace: 'Tried', name: 'Count', dimensions: { Colour: 'red' } };
    expect(details).toMatchObject([
      {
        alarmName: 'plain',
        state: { value: 'ALARM', reasonData: expect.stringContaining('"recentDatapoints":[1]') as string },
        configuration: {
          description: 'first',
          metrics: [{ metricStat: { metric, period: 60, stat: 'Sum' }, returnData: true }],
        },
      },
      { alarmName: 'above', state: { value: 'ALARM' }, configuration: { alarmRule: 'ALARM(plain)' } },
    ]);
  });
});
