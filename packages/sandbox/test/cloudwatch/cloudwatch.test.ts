import { describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { minute } from '../../src/cloudwatch/metric.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { account, other } from '../cloudformation/refusals.ts';
import {
  type LiteralStack,
  type Resources,
  arnOf,
  execute,
  now,
  role,
  sandboxWith,
  stacksOf,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';

const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const machineArn = (of: string): string => `arn:aws:states:us-east-1:${of}:stateMachine:tried`;
const failing = { Wait: { Type: 'Wait', Seconds: 200, Next: 'Fail' }, Fail: { Type: 'Fail' } };

const cloudWatchMay = (action: string | readonly string[], condition: JsonObject = {}): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: action,
      Resource: '*',
      ...condition,
    },
  ],
});
const ofThisAccount = { Condition: { StringEquals: { 'aws:SourceAccount': account } } };

/** Alarm that fires when an execution of an account fails. It notifies a topic with a key and one subscriber. */
const watching = (watched: string, differences: Resources = {}): Resources => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: cloudWatchMay(['kms:Decrypt', 'kms:GenerateDataKey']) } },
  Topic: {
    Type: 'AWS::SNS::Topic',
    Properties: {
      TopicName: 'alerts',
      KmsMasterKeyId: arnOf('Key'),
      Subscription: [{ Protocol: 'email', Endpoint: 'on-call@example.com' }],
    },
  },
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: cloudWatchMay('sns:Publish', ofThisAccount) },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'failed',
      AlarmDescription: 'an execution failed',
      AlarmActions: [{ Ref: 'Topic' }],
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      Metrics: [
        {
          Id: 'm1',
          AccountId: watched,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/States',
              MetricName: 'ExecutionsFailed',
              Dimensions: [{ Name: 'StateMachineArn', Value: machineArn(watched) }],
            },
            Period: 300,
            Stat: 'Sum',
          },
        },
      ],
    },
  },
  ...differences,
});

const machine: Resources = { MachineRole: role('machine-role', states), Machine: stateMachine('tried', failing) };
const alarmIn = (cloud: Sandbox, region = 'us-east-1') => cloud.cloudWatch.alarms.of({ account, region })[0];

describe('an alarm in the sandbox', () => {
  test('fires while time passes, and whoever subscribes to its topic is told', async () => {
    const sandbox = await sandboxWith([{ account, resources: { ...machine, ...watching(account) } }]);
    await execute(sandbox, machineArn(account));
    // 03:04:05, when it starts, and 200 seconds
    expect(new Date(sandbox.simulation.now()).toISOString()).toBe('2026-01-02T03:07:25.000Z');
    expect(alarmIn(sandbox)?.state.value).toBe('OK');
    await sandbox.settle(1);
    const { value, at } = alarmIn(sandbox)?.state ?? { at: 0 };
    expect([value, new Date(at).toISOString()]).toEqual(['ALARM', '2026-01-02T03:08:00.000Z']);
    const [delivery, ...more] = sandbox.topics.deliveries;
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({
      topicArn,
      to: { protocol: 'email', endpoint: 'on-call@example.com' },
      subject: 'ALARM: "failed" in us-east-1',
      at,
    });
    expect(JSON.parse(delivery?.message ?? '')).toMatchObject({
      AlarmName: 'failed',
      AlarmDescription: 'an execution failed',
      AWSAccountId: account,
      OldStateValue: 'OK',
      NewStateValue: 'ALARM',
      NewStateReason:
        'Threshold Crossed: 1 datapoint [1.0 (02/01/26 03:03:00)] was greater than or equal to the threshold (1.0).',
      StateChangeTime: '2026-01-02T03:08:00.000+0000',
    });
  });

  test('may tell a topic without a policy of its own: a new topic lets its account in', async () => {
    const resources = Object.fromEntries(
      Object.entries({ ...machine, ...watching(account) }).filter(([id]) => id !== 'Policy'),
    );
    const sandbox = await sandboxWith([{ account, resources }]);
    await execute(sandbox, machineArn(account));
    await sandbox.settle(1);
    expect(sandbox.topics.deliveries).toHaveLength(1);
  });

  test.each<readonly [string, Resources, RegExp]>([
    [
      'the topic lets it not publish',
      {
        Policy: {
          Type: 'AWS::SNS::TopicPolicy',
          Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: cloudWatchMay('sns:Subscribe') },
        },
      },
      /not authorized to perform: sns:Publish on resource: arn:aws:sns:us-east-1:444444444444:alerts/,
    ],
    [
      'the topic lets another account publish',
      {
        Policy: {
          Type: 'AWS::SNS::TopicPolicy',
          Properties: {
            Topics: [{ Ref: 'Topic' }],
            PolicyDocument: cloudWatchMay('sns:Publish', {
              Condition: { StringEquals: { 'aws:SourceAccount': other } },
            }),
          },
        },
      },
      /not authorized to perform: sns:Publish/,
    ],
    [
      'the key of the topic lets it not encrypt',
      { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: cloudWatchMay('kms:Decrypt') } } },
      /not authorized to perform: kms:GenerateDataKey/,
    ],
  ])('tells nobody when %s, and its history says so', async (_, differences, reason) => {
    const sandbox = await sandboxWith([{ account, resources: { ...machine, ...watching(account, differences) } }]);
    await execute(sandbox, machineArn(account));
    await sandbox.settle(1);
    expect(alarmIn(sandbox)?.state.value).toBe('ALARM');
    expect(sandbox.topics.deliveries).toEqual([]);
    expect(alarmIn(sandbox)?.history.at(-1)).toMatchObject({
      kind: 'action',
      refused: expect.stringMatching(reason) as string,
    });
  });
});

describe('an alarm on another account', () => {
  const sink: Resources = { Sink: { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } } };
  const monitoring = (region = 'us-east-1'): LiteralStack => ({ account, region, resources: sink });
  const sinkArn = (region?: string): string => stacksOf(monitoring(region))[0]?.resources[0]?.arn ?? '';
  const link = (region?: string): Resources => ({
    Link: {
      Type: 'AWS::Oam::Link',
      Properties: { SinkIdentifier: sinkArn(region), ResourceTypes: ['AWS::CloudWatch::Metric'] },
    },
  });

  test('sees what happens there, if that account shows its metrics in the region', async () => {
    const linked = { account: other, resources: { ...machine, ...link() } };
    const sandbox = await sandboxWith([monitoring(), linked, { account, resources: watching(other) }]);
    await execute(sandbox, machineArn(other));
    await sandbox.settle(1);
    expect(alarmIn(sandbox)?.state.value).toBe('ALARM');
  });

  test('sees nothing of an account without a link', async () => {
    // Deployed before anything is in the other account, as an alarm on a frozen account is.
    const sandbox = await sandboxWith([
      monitoring(),
      { account, resources: watching(other) },
      { account: other, resources: machine },
    ]);
    await execute(sandbox, machineArn(other));
    await sandbox.settle(1);
    expect(alarmIn(sandbox)?.state.value).toBe('OK');
  });
});

describe('time', () => {
  test('that nothing happens in is skipped, a year or more, once alarms have seen what there was', async () => {
    const year = { Wait: { Type: 'Wait', Seconds: 365 * 24 * 3_600, End: true } };
    const resources = {
      MachineRole: role('machine-role', states),
      Machine: stateMachine('tried', year),
      ...watching(account),
    };
    const sandbox = await sandboxWith([{ account, resources }]);
    const evaluate = vi.spyOn(sandbox.cloudWatch.alarms, 'evaluate');
    const { outcome } = await execute(sandbox, machineArn(account));
    expect(outcome?.status).toBe('SUCCEEDED');
    // A year has 525,600 minutes.
    expect(evaluate.mock.calls.length).toBeLessThan(100);
    expect(alarmIn(sandbox)?.state).toMatchObject({ value: 'OK', at: Math.ceil(now / minute) * minute });
  });
});
