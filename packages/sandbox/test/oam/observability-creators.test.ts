import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { type LiteralStack, now, sandboxWith, stacksOf } from '../../src/testing/literals.ts';
import { account, other, refusalOf } from '../cloudformation/refusals.ts';

const sink: TemplateResource = { Type: 'AWS::Oam::Sink', Properties: { Name: 'crosswind' } };
const link = (to: Json): TemplateResource => ({
  Type: 'AWS::Oam::Link',
  Properties: { SinkIdentifier: to, ResourceTypes: ['AWS::CloudWatch::Metric'] },
});
const topic: TemplateResource = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } };
const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
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
    const sandbox = await sandboxWith([monitoring, { account: other, resources: { Link: link(sinkArn) } }]);
    expect(sandbox.observability.links).toMatchObject([
      { account: other, sinkArn, resourceTypes: ['AWS::CloudWatch::Metric'] },
    ]);
    expect(sandbox.observability.sees(account, other)).toBe(true);
    expect(sandbox.observability.sees(other, account)).toBe(false);
    expect(sandbox.observability.sees(account, '666666666666')).toBe(false);
  });

  test('shows metrics in the region of the sink, and only if it is of that kind', async () => {
    const logs = {
      Type: 'AWS::Oam::Link',
      Properties: { SinkIdentifier: sinkArn, ResourceTypes: ['AWS::Logs::LogGroup'] },
    };
    const sandbox = await sandboxWith([
      monitoring,
      { account: other, resources: { Link: link(sinkArn) } },
      { account: '666666666666', resources: { Link: logs } },
    ]);
    const { observability } = sandbox;
    expect(observability.linkedAccounts(account, 'us-east-1')).toEqual([other]);
    expect(observability.linkedAccounts(account, 'eu-west-1')).toEqual([]);
    const seen = [account, other, '666666666666'].map((one) => observability.seesMetrics(account, one, 'us-east-1'));
    expect(seen).toEqual([true, true, false]);
    expect(observability.seesMetrics(account, other, 'eu-west-1')).toBe(false);
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
    const sandbox = await sandboxWith([{ account, resources: { Fleet: dashboard(JSON.stringify({ widgets })) } }]);
    expect(sandbox.observability.dashboards).toEqual([
      { name: 'fleet', account, region: 'us-east-1', createdAt: now, properties: { widgets } },
    ]);
  });

  /** A dashboard with one graph. */
  const graph = (...metrics: readonly Json[]): TemplateResource =>
    dashboard(JSON.stringify({ widgets: [{ type: 'metric', properties: { metrics } }] }));
  const count = ['Tried', 'Count', { id: 'm1' }];

  test('may have expressions over its metrics, and metrics without an id', async () => {
    const fleet = graph(count, ['.', 'Other', { stat: 'Sum' }], [{ expression: '100 * m1 / SUM(METRICS())' }]);
    expect(await refusalOf({ Fleet: fleet })).toBeUndefined();
  });

  test.each([
    ["SEARCH('{AWS/Lambda} Errors')", 'the sandbox does not know the function SEARCH of metric math (known: '],
    ['m1 + m2', 'there is no metric or expression with the id m2'],
    ['m1 +', 'unexpected end in "m1 +"'],
  ])('is refused for the expression %j', async (expression, problem) => {
    expect(await refusalOf({ Fleet: graph(count, [{ expression }]) })).toContain(`InvalidParameterInput: ${problem}`);
  });
});

describe('a topic', () => {
  test('knows its subscribers, whichever way they are written, and its key', async () => {
    const subscription = (address: string): TemplateResource => ({
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: `${address}@example.com` },
    });
    const keyArn = `arn:aws:kms:us-east-1:${account}:key/1`;
    const Subscription = [{ Protocol: 'sms', Endpoint: '+1' }];
    const sandbox = await sandboxWith([
      {
        account,
        resources: {
          One: subscription('one'),
          Two: subscription('two'),
          Topic: { ...topic, Properties: { ...topic.Properties, Subscription, KmsMasterKeyId: keyArn } },
        },
      },
    ]);
    expect(sandbox.topics.subscriptions(topicArn)).toEqual([
      { protocol: 'sms', endpoint: '+1' },
      { protocol: 'email', endpoint: 'one@example.com' },
      { protocol: 'email', endpoint: 'two@example.com' },
    ]);
    expect(sandbox.topics.keyOf(topicArn)).toBe(keyArn);
    expect([sandbox.topics.has(topicArn), sandbox.topics.has(`${topicArn}-2`)]).toEqual([true, false]);
  });

  test('with a key that AWS manages has none of the account', async () => {
    const sandbox = await sandboxWith([
      {
        account,
        resources: { Topic: { ...topic, Properties: { TopicName: 'alerts', KmsMasterKeyId: 'alias/aws/sns' } } },
      },
    ]);
    expect([sandbox.topics.has(topicArn), sandbox.topics.keyOf(topicArn)]).toEqual([true, undefined]);
  });
});
