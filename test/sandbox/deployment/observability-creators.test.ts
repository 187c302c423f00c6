import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, TemplateResource } from '../../../assembly/template.ts';
import { type LiteralStack, lambda, role, sandboxWith, stacksOf } from '../literals.ts';
import { account, other, refusalOf } from './refusals.ts';

const sink: TemplateResource = { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } };
const link = (to: Json): TemplateResource => ({
  Type: 'AWS::Oam::Link',
  Properties: { SinkIdentifier: to, ResourceTypes: ['AWS::CloudWatch::Metric'] },
});
const topic: TemplateResource = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } };
const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const alarm = (properties: JsonObject): TemplateResource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: properties,
});
const dashboard = (body: string): TemplateResource => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: { DashboardName: 'fleet', DashboardBody: body },
});

/** The monitoring account, and the ARN of its sink. */
const monitoring: LiteralStack = { account, resources: { Sink: sink } };
const sinkArn = stacksOf(monitoring)[0]?.resources[0]?.arn ?? '';

describe('a sink', () => {
  test('is the only one of its account and region', async () => {
    expect(await refusalOf({ Second: sink }, monitoring)).toBe(
      `Second (AWS::Oam::Sink) in account ${account}: ConflictException: account ${account} has a sink in us-east-1 already`,
    );
    expect(await refusalOf({ Second: sink }, { account: other, resources: { Sink: sink } })).toBeUndefined();
    expect(await refusalOf({ Second: sink }, { ...monitoring, region: 'eu-west-1' })).toBeUndefined();
  });
});

describe('a link', () => {
  test('needs the sink that it names', async () => {
    expect(sinkArn).toMatch(/^arn:aws:oam:/);
    expect(await refusalOf({ Link: link(`${sinkArn}-2`) }, monitoring)).toBe(
      `Link (AWS::Oam::Link) in account ${account}: ResourceNotFoundException: there is no sink ${sinkArn}-2`,
    );
    expect(await refusalOf({ Link: link(sinkArn) }, monitoring)).toBeUndefined();
  });

  test('shows its account to the account of the sink, and to no other', async () => {
    const { cloud } = await sandboxWith([monitoring, { account: other, resources: { Link: link(sinkArn) } }]);
    expect(cloud.observability.links).toEqual([
      { account: other, sinkArn, resourceTypes: ['AWS::CloudWatch::Metric'] },
    ]);
    expect(cloud.observability.sees(account, other)).toBe(true);
    expect(cloud.observability.sees(other, account)).toBe(false);
    expect(cloud.observability.sees(account, '666666666666')).toBe(false);
  });
});

describe('an alarm', () => {
  const metric = (watched: string): Json => ({ Id: 'm1', AccountId: watched, MetricStat: { Period: 60 } });
  const expression: Json = { Id: 'e1', Expression: 'm1 * 2' };
  const inUse: LiteralStack = { account: other, resources: { Role: role('any', lambda) } };
  const linked: LiteralStack = { account: other, resources: { Link: link(sinkArn) } };

  test('watches another account only when that is linked', async () => {
    const watching = { Alarm: alarm({ AlarmName: 'tried', Metrics: [expression, metric(other)] }) };
    expect(await refusalOf(watching, monitoring, inUse)).toBe(
      `Alarm (AWS::CloudWatch::Alarm) in account ${account}: ValidationError: metrics of account ${other} are not shared with account ${account}`,
    );
    expect(await refusalOf(watching, monitoring, inUse, linked)).toBeUndefined();
  });

  test('watches an account in which nothing was deployed here: it is frozen, and linked from before', async () => {
    expect(await refusalOf({ Alarm: alarm({ Metrics: [metric(other)] }) }, monitoring)).toBeUndefined();
  });

  test('watches its own account without a link', async () => {
    expect(await refusalOf({ Alarm: alarm({ Metrics: [metric(account)] }) })).toBeUndefined();
    expect(await refusalOf({ Alarm: alarm({ MetricName: 'Count', Namespace: 'Tried' }) })).toBeUndefined();
  });

  test('needs the topics that it tells', async () => {
    const telling = { Alarm: alarm({ AlarmActions: [topicArn] }) };
    expect(await refusalOf(telling)).toBe(
      `Alarm (AWS::CloudWatch::Alarm) in account ${account}: ValidationError: there is no topic ${topicArn} in ${account}`,
    );
    expect(await refusalOf(telling, { account, resources: { Topic: topic } })).toBeUndefined();
  });

  test('is there afterwards', async () => {
    const { cloud } = await sandboxWith([{ account, resources: { Alarm: alarm({ AlarmName: 'tried' }) } }]);
    expect(cloud.observability.alarms).toEqual([{ name: 'tried', account, properties: { AlarmName: 'tried' } }]);
  });
});

describe('a dashboard', () => {
  test.each([
    ['is no JSON', 'widgets'],
    ['is JSON of another kind', '[]'],
    ['has no widgets', '{"widgets":[]}'],
  ])('is refused when its body %s', async (_, body) => {
    expect(await refusalOf({ Fleet: dashboard(body) })).toBe(
      `Fleet (AWS::CloudWatch::Dashboard) in account ${account}: InvalidParameterInput: the body of a dashboard must be JSON with widgets`,
    );
  });

  test('is there afterwards when its body has widgets', async () => {
    const widgets = [{ type: 'text', properties: { markdown: 'hello' } }];
    const { cloud } = await sandboxWith([{ account, resources: { Fleet: dashboard(JSON.stringify({ widgets })) } }]);
    expect(cloud.observability.dashboards).toEqual([{ name: 'fleet', account, properties: { widgets } }]);
  });
});

describe('topics', () => {
  test('count their subscriptions', async () => {
    const subscription: TemplateResource = {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'on-call@example.com' },
    };
    const { cloud } = await sandboxWith([
      { account, resources: { One: subscription, Two: subscription, Topic: topic } },
    ]);
    expect([...cloud.topics]).toEqual([[topicArn, 2]]);
  });
});
