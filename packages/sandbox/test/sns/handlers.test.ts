import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type LiteralStack, allow } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { handled, inHand, refusal } from '../handling.ts';

const topicArn = `arn:aws:sns:us-east-1:${account}:alerts`;
const mine = { Protocol: 'email', Endpoint: 'one@example.com' };
const stack = (topic: JsonObject = {}, subscription: JsonObject = {}, actions = 'sns:Publish'): LiteralStack => ({
  account,
  resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts', ...topic } },
    One: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, ...mine, ...subscription } },
    OnTopic: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'Topic' }],
        PolicyDocument: { Version: '2012-10-17', Statement: [{ ...allow(actions), Principal: '*' }] },
      },
    },
  },
});

describe('a topic', () => {
  test('keeps the subscribers of other resources when its own change', async () => {
    const own = (Endpoint: string) => stack({ Subscription: [{ Protocol: 'sms', Endpoint }] });
    const { sandbox, update, read } = await handled(own('+1'), 'Topic');
    await update(own('+2'));
    expect(sandbox.topics.subscriptions(topicArn)).toEqual([
      { protocol: 'email', endpoint: 'one@example.com' },
      { protocol: 'sms', endpoint: '+2' },
    ]);
    expect(read()).toMatchObject({ Subscription: [{ Protocol: 'sms', Endpoint: '+2' }] });
  });

  test('is deleted with its policy and subscribers, and its name is free again', async () => {
    const { sandbox, create, update, remove, read } = await handled(stack(), 'Topic');
    expect(await refusal(create)).toBe(`AlreadyExists: Topic already exists: ${topicArn}`);
    await remove();
    await remove();
    expect([read(), sandbox.identities.resourcePolicy(topicArn)]).toEqual([undefined, undefined]);
    expect(await refusal(() => update(stack()))).toBe('NotFound: Topic does not exist');
    await create();
    expect(sandbox.topics.subscriptions(topicArn)).toEqual([]);
  });
});

describe('a subscription', () => {
  test('needs its topic, is changed and deleted', async () => {
    const { sandbox, create, update, remove, read } = await handled(stack(), 'One');
    const changed = stack({}, { FilterPolicy: { kind: ['gust'] } });
    await update(changed);
    expect(read()).toMatchObject({ FilterPolicy: { kind: ['gust'] } });
    await remove();
    await remove();
    expect([read(), sandbox.topics.subscriptions(topicArn)]).toEqual([undefined, []]);
    expect(await refusal(() => update(stack()))).toBe('NotFound: Subscription does not exist');
    await inHand(sandbox, stack(), 'Topic').remove();
    expect(await refusal(create)).toBe('NotFound: Topic does not exist');
  });
});

test('a topic that loses its policy has the default one again', async () => {
  const { sandbox, update, remove, read } = await handled(stack(), 'OnTopic');
  await update(stack({}, {}, 'sns:Subscribe'));
  expect(JSON.stringify(read())).toContain('sns:Subscribe');

  await remove();
  await remove();
  expect(sandbox.identities.resourcePolicy(topicArn)?.name).toBe('default policy of topic alerts');
});
