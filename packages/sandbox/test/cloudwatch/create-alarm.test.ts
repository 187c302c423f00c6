import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { atOne, countMetric } from './alarm/watching.ts';
import { type LiteralStack, lambda, now, role, sandboxWith, stacksOf } from '../../src/testing/literals.ts';
import { account, other, refusalOf } from '../cloudformation/refusals.ts';

const topic: TemplateResource = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } };
const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const alarm = (properties: JsonObject): TemplateResource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { ...atOne, ...properties },
});
const counting = { ...countMetric, AlarmName: 'tried' };
const composite = (properties: JsonObject): TemplateResource => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmName: 'both', ...properties },
});
const metric = (id: string, rest: JsonObject = {}): JsonObject => ({
  Id: id,
  MetricStat: { Metric: { Namespace: 'Tried', MetricName: 'Count' }, Period: 60, Stat: 'Sum' },
  ...rest,
});
const fleet = (rest: JsonObject = {}): JsonObject => ({
  Id: 'q',
  Expression: 'SELECT MAX(Count) FROM Tried GROUP BY AWS.AccountId ORDER BY MAX() DESC',
  Period: 60,
  ...rest,
});
const hidden = { ReturnData: false };
const stat = (rest: JsonObject): JsonObject => ({
  MetricStat: { Metric: { Namespace: 'Tried', MetricName: 'Count' }, Period: 60, Stat: 'Sum', ...rest },
});

describe('an alarm', () => {
  const monitoring: LiteralStack = {
    account,
    resources: { Sink: { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } } },
  };
  const sinkArn = stacksOf(monitoring)[0]?.resources[0]?.arn ?? '';
  const link = (...types: readonly string[]): LiteralStack => ({
    account: other,
    resources: { Link: { Type: 'AWS::Oam::Link', Properties: { SinkIdentifier: sinkArn, ResourceTypes: types } } },
  });
  const inUse: LiteralStack = { account: other, resources: { Role: role('any', lambda) } };
  const watching = (watched: Json): TemplateResource =>
    alarm({ Metrics: [{ Id: 'twice', Expression: 'm1 * 2' }, metric('m1', { ...hidden, AccountId: watched })] });

  test('watches another account only when that shows its metrics', async () => {
    const refusal = `Alarm (AWS::CloudWatch::Alarm) in account ${account}: ValidationError: metrics of account ${other} are not shared with account ${account}`;
    expect(await refusalOf({ Alarm: watching(other) }, monitoring, inUse)).toBe(refusal);
    expect(await refusalOf({ Alarm: watching(other) }, monitoring, inUse, link('AWS::Logs::LogGroup'))).toBe(refusal);
    expect(
      await refusalOf({ Alarm: watching(other) }, monitoring, inUse, link('AWS::CloudWatch::Metric')),
    ).toBeUndefined();
  });

  test('watches an account in which nothing was deployed here: it is frozen, and linked from before', async () => {
    expect(await refusalOf({ Alarm: watching(other) }, monitoring)).toBeUndefined();
  });

  test('watches its own account without a link', async () => {
    expect(await refusalOf({ Alarm: watching(account) })).toBeUndefined();
    expect(await refusalOf({ Alarm: alarm(counting) })).toBeUndefined();
  });

  test.each(['AlarmActions', 'OKActions', 'InsufficientDataActions'])('needs the topics of its %s', async (actions) => {
    const telling = { Alarm: alarm({ ...counting, [actions]: [topicArn] }) };
    expect(await refusalOf(telling)).toBe(
      `Alarm (AWS::CloudWatch::Alarm) in account ${account}: ValidationError: there is no topic ${topicArn} in ${account}`,
    );
    expect(await refusalOf(telling, { account, resources: { Topic: topic } })).toBeUndefined();
  });

  test('has a name of its own in its account and region', async () => {
    const tried = { account, resources: { Alarm: alarm(counting) } };
    expect(await refusalOf({ Alarm: alarm(counting) }, tried)).toContain('AlreadyExists: alarm tried already exists');
    expect(await refusalOf({ Alarm: alarm(counting) }, { ...tried, account: other })).toBeUndefined();
    expect(await refusalOf({ Alarm: alarm(counting) }, { ...tried, region: 'eu-west-1' })).toBeUndefined();
  });

  test('is there afterwards, and knows nothing yet', async () => {
    const cloud = await sandboxWith([{ account, resources: { Alarm: alarm(counting) } }]);
    const [created] = cloud.cloudWatch.alarms.of({ account, region: 'us-east-1' });
    expect(created).toMatchObject({
      name: 'tried',
      arn: `arn:aws:cloudwatch:us-east-1:${account}:alarm:tried`,
      state: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at: now },
    });
    expect(cloud.observability.alarms).toEqual([
      { name: 'tried', account, region: 'us-east-1', createdAt: now, properties: { ...atOne, ...counting } },
    ]);
  });

  const oneMetric =
    'the alarm must watch one metric: MetricName and a statistic, or Metrics with one that returns data';
  const statistics = 'be one of SampleCount, Average, Sum, Minimum, Maximum and percentiles such as p99 in the sandbox';

  test.each<readonly [string, JsonObject, string]>([
    ['without a metric', {}, oneMetric],
    ['without a statistic', { Namespace: 'Tried', MetricName: 'Count', Period: 60 }, oneMetric],
    ['of which nothing returns data', { Metrics: [metric('m1', hidden)] }, oneMetric],
    [
      'of which much returns data',
      { Metrics: [metric('m1'), metric('m2')] },
      'the alarm must watch one metric, and m1 and m2 both return data',
    ],
    [
      'of two periods',
      {
        Metrics: [
          { Id: 'e1', Expression: 'm1 + m2' },
          metric('m1', hidden),
          { ...hidden, Id: 'm2', ...stat({ Period: 300 }) },
        ],
      },
      'the metrics of the alarm must have one period, got 60, 300',
    ],
    ['of ten seconds', { ...counting, Period: 10 }, 'Period: be a multiple of 60 in the sandbox'],
    ['on a trimmed mean', { ...counting, Statistic: 'tm90' }, `Statistic: ${statistics}`],
    [
      'on a trimmed mean in Metrics',
      { Metrics: [{ Id: 'm1', ...stat({ Stat: 'tm90' }) }] },
      `Metrics.0.MetricStat.Stat: ${statistics}`,
    ],
    [
      'with a band for a threshold',
      { ...counting, ComparisonOperator: 'GreaterThanUpperThreshold' },
      'ComparisonOperator: Invalid option: expected one of "GreaterThanOrEqualToThreshold"|"GreaterThanThreshold"|"LessThanThreshold"|"LessThanOrEqualToThreshold"',
    ],
    [
      'with a property that the sandbox does not know',
      { ...counting, ThresholdMetricId: 'm1' },
      'the sandbox does not know ThresholdMetricId of an alarm',
    ],
    [
      'with a warm-up period of more than two days',
      { ...counting, WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 2_881 } },
      'WarmUpConfiguration.WarmUpPeriodDurationInMinutes: Too big: expected number to be <=2880',
    ],
    [
      'without an evaluation window in EvaluationWindow',
      { ...counting, EvaluationWindow: {} },
      'EvaluationWindow: have either SlidingWindow or WallClockWindow',
    ],
    [
      'with both windows',
      { ...counting, EvaluationWindow: { SlidingWindow: {}, WallClockWindow: {} } },
      'EvaluationWindow: have either SlidingWindow or WallClockWindow',
    ],
    [
      'in a time zone that is not there',
      { ...counting, EvaluationWindow: { WallClockWindow: { Timezone: 'Mars/City' } } },
      'EvaluationWindow.WallClockWindow.Timezone: expected an IANA time zone, +05:30, UTC+05:30 or Z, got "Mars/City"',
    ],
    [
      'of ten minutes by the wall clock',
      { ...counting, Period: 600, EvaluationWindow: { WallClockWindow: {} } },
      'a wall clock window has periods of 60, 300, 3600, 86400, 604800 seconds, got 600',
    ],
    [
      'over more than a day in periods below an hour',
      { ...counting, Period: 300, EvaluationPeriods: 289 },
      'EvaluationPeriods times Period must be at most 86400 seconds, got 289 times 300',
    ],
    [
      'over more than a week',
      { ...counting, Period: 86_400, EvaluationPeriods: 8 },
      'EvaluationPeriods times Period must be at most 604800 seconds, got 8 times 86400',
    ],
    [
      'on a query over more than three hours',
      { EvaluationPeriods: 4, Metrics: [fleet({ Period: 3_600 })] },
      'EvaluationPeriods times Period must be at most 3 hours for a query of Metrics Insights, got 14400 seconds',
    ],
    [
      'on a query over three hours of the wall clock',
      { EvaluationPeriods: 3, Metrics: [fleet({ Period: 3_600 })], EvaluationWindow: { WallClockWindow: {} } },
      'EvaluationPeriods + 1, for a wall clock window, times Period must be at most 3 hours for a query of Metrics Insights, got 14400 seconds',
    ],
    [
      'on groups of a query without an order',
      { Metrics: [fleet({ Expression: 'SELECT MAX(Count) FROM Tried GROUP BY AWS.AccountId' })] },
      'q has GROUP BY and needs ORDER BY, which says the time series that the alarm evaluates first',
    ],
    [
      'on two queries',
      {
        Metrics: [
          { Id: 'e1', Expression: 'SUM([q, r])' },
          fleet({ Expression: 'SELECT MAX(Count) FROM Tried', ...hidden }),
          fleet({ Id: 'r', Expression: 'SELECT MIN(Count) FROM Tried', ...hidden }),
        ],
      },
      'an alarm has at most one query of Metrics Insights, got 2: q, r',
    ],
    [
      'on groups of a query in an expression',
      { Metrics: [{ Id: 'e1', Expression: 'q * 2' }, fleet(hidden)] },
      'e1 must come to one time series',
    ],
    [
      'that passes over percentiles of few values',
      { ...counting, EvaluateLowSampleCountPercentile: 'ignore' },
      'EvaluateLowSampleCountPercentile: Invalid input: expected "evaluate"',
    ],
    [
      'that needs more data points than it looks at',
      { ...counting, EvaluationPeriods: 2, DatapointsToAlarm: 3 },
      'DatapointsToAlarm must be at most EvaluationPeriods, got 3 of 2',
    ],
    [
      'with a function that the sandbox does not know',
      { Metrics: [{ Id: 'e1', Expression: 'ANOMALY_DETECTION_BAND(m1)' }, metric('m1', hidden)] },
      'the sandbox does not know the function ANOMALY_DETECTION_BAND of metric math (known: PERIOD, SUM, MIN, MAX, METRICS, IF, FILL, ABS, CEIL, FLOOR, EPOCH, FIRST, LAST, SORT)',
    ],
    ['with half an expression', { Metrics: [{ Id: 'e1', Expression: 'm1 +' }] }, 'Metrics.0: unexpected end in "m1 +"'],
    [
      'on a number',
      { Metrics: [{ Id: 'e1', Expression: 'SUM(m1)' }, metric('m1', hidden)] },
      'e1 must come to one time series',
    ],
    [
      'on many time series',
      { Metrics: [{ Id: 'e1', Expression: 'METRICS()' }, metric('m1', hidden)] },
      'e1 must come to one time series',
    ],
    [
      'on expressions in a circle',
      {
        Metrics: [{ Id: 'e1', Expression: 'e2 + m1' }, { Id: 'e2', Expression: 'e1', ...hidden }, metric('m1', hidden)],
      },
      'e1 uses e2 uses e1: expressions go in a circle',
    ],
    [
      'with neither metric nor expression',
      { Metrics: [{ Id: 'm1' }] },
      'Metrics.0: have either MetricStat or Expression',
    ],
    ['with a capital id', { Metrics: [metric('M1')] }, 'Metrics.0.Id: begin with a lower-case letter'],
  ])('%s is refused', async (_, properties, problem) => {
    expect(await refusalOf({ Alarm: alarm(properties) })).toBe(
      `Alarm (AWS::CloudWatch::Alarm) in account ${account}: ValidationError: ${problem}`,
    );
  });

  test.each<readonly [string, JsonObject]>([
    ['of the wall clock', { ...counting, EvaluationWindow: { WallClockWindow: { Timezone: 'Asia/Kolkata' } } }],
    ['of the wall clock without a time zone', { ...counting, EvaluationWindow: { WallClockWindow: {} } }],
    ['over seven days of the wall clock', { ...counting, Period: 604_800, EvaluationWindow: { WallClockWindow: {} } }],
    ['with a sliding window', { ...counting, Period: 600, EvaluationWindow: { SlidingWindow: {} } }],
    ['on groups of a query', { EvaluationPeriods: 3, Metrics: [fleet({ Period: 3_600 })] }],
    [
      'on groups of a query by the wall clock',
      { EvaluationPeriods: 2, Metrics: [fleet({ Period: 3_600 })], EvaluationWindow: { WallClockWindow: {} } },
    ],
    ['on a query without groups', { Metrics: [fleet({ Expression: 'SELECT MAX(Count) FROM Tried' })] }],
    [
      'on a sum of groups',
      {
        Metrics: [
          { Id: 'e1', Expression: 'FILL(SUM([q]), 0)' },
          fleet({ ...hidden, Expression: 'SELECT MAX(Count) FROM Tried' }),
        ],
      },
    ],
  ])('%s is created', async (_, properties) => {
    expect(await refusalOf({ Alarm: alarm({ AlarmName: 'tried', ...properties }) })).toBeUndefined();
  });

  test('on a query is the 200th of its account and region at most', async () => {
    const alarms = (count: number): LiteralStack['resources'] =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`A${at}`, alarm({ AlarmName: `a${at}`, Metrics: [fleet()] })]),
      );
    expect(await refusalOf(alarms(201))).toContain(
      `LimitExceeded: account ${account} has 200 alarms on queries of Metrics Insights in us-east-1, and 200 are the most; watch more with one query, or delete one`,
    );
    expect(await refusalOf({ ...alarms(200), Plain: alarm(counting) })).toBeUndefined();
  });

  test('that tells a function is refused by the name of it', async () => {
    const action = `arn:aws:lambda:us-east-1:${account}:function:mend`;
    expect(await refusalOf({ Alarm: alarm({ ...counting, AlarmActions: [action] }) })).toContain(
      `NotSupported: the sandbox lets alarms notify topics only, not ${action}`,
    );
  });
});

describe('a composite alarm', () => {
  const tried: LiteralStack = { account, resources: { Alarm: alarm(counting) } };
  const place = `Both (AWS::CloudWatch::CompositeAlarm) in account ${account}`;

  test.each<readonly [string, JsonObject, string]>([
    [
      'on an alarm that is not there',
      { AlarmRule: 'ALARM(tried) OR ALARM(other)' },
      `ValidationError: there is no alarm other in account ${account} and region us-east-1`,
    ],
    [
      'on an alarm of another account',
      { AlarmRule: `ALARM("arn:aws:cloudwatch:us-east-1:${other}:alarm:tried")` },
      `ValidationError: there is no alarm arn:aws:cloudwatch:us-east-1:${other}:alarm:tried in account ${account} and region us-east-1`,
    ],
    [
      'without a rule',
      { AlarmRule: '' },
      'ValidationError: expected OK, ALARM, INSUFFICIENT_DATA of an alarm, TRUE or FALSE in ""',
    ],
    [
      'that another alarm silences',
      { AlarmRule: 'ALARM(tried)', ActionsSuppressor: 'tried' },
      'NotSupported: the sandbox does not know ActionsSuppressor of a composite alarm',
    ],
  ])('%s is refused', async (_, properties, problem) => {
    const elsewhere = { ...tried, account: other };
    expect(await refusalOf({ Both: composite(properties) }, tried, elsewhere)).toBe(`${place}: ${problem}`);
  });

  test('names alarms of its account by their names or ARNs', async () => {
    const arn = `arn:aws:cloudwatch:us-east-1:${account}:alarm:tried`;
    const properties = { AlarmRule: `ALARM(tried) AND NOT OK("${arn}")`, Tags: [], AlarmDescription: 'both' };
    expect(await refusalOf({ Both: composite(properties) }, tried)).toBeUndefined();
  });
});
