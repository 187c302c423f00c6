import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type Resources, allow, arnOf, key, now } from '../../src/testing/literals.ts';
import { account, called } from '../step-functions/calling.ts';

const topicArn = `arn:aws:sns:us-east-1:${account}:news`;
const topic = (properties: JsonObject = {}): Resources => ({
  News: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news', ...properties } },
  Reader: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: topicArn, Protocol: 'email', Endpoint: 'a@example.com' },
    DependsOn: 'News',
  },
});

describe('sns:publish', () => {
  const resource = 'arn:aws:states:::sns:publish';
  const args = { TopicArn: topicArn, Message: { wind: 'strong' }, Subject: 'news' };
  const may = [allow('sns:Publish', topicArn)];

  test('tells the subscribers, with a message as JSON', async () => {
    const attributes = { kind: { DataType: 'String', StringValue: 'storm' } };
    const withAttributes = { ...args, MessageAttributes: attributes };
    const { sandbox, execution } = await called({ resource, args: withAttributes, may, resources: topic() });
    expect(execution.outcome).toMatchObject({ status: 'SUCCEEDED' });
    expect(sandbox.topics.deliveries).toEqual([
      {
        topicArn,
        to: { protocol: 'email', endpoint: 'a@example.com' },
        subject: 'news',
        message: '{"wind":"strong"}',
        attributes,
        at: now,
      },
    ]);
  });

  test('needs sns:Publish, although the topic lets in its account', async () => {
    const { sandbox, execution } = await called({ resource, args, resources: topic() });
    expect(execution.outcome).toEqual({
      status: 'FAILED',
      error: 'SNS.AuthorizationErrorException',
      cause: `User: arn:aws:sts::${account}:assumed-role/caller-role/run is not authorized to perform: sns:Publish on resource: ${topicArn} because no identity-based policy allows the sns:Publish action (Service: AmazonSNS; Status Code: 403; Error Code: AuthorizationError; Request ID: simulated; Proxy: null)`,
    });
    expect(sandbox.topics.deliveries).toEqual([]);
  });

  test('needs a topic that is there', async () => {
    const { execution } = await called({ resource, args, may });
    expect(execution.outcome).toMatchObject({ error: 'SNS.NotFoundException' });
  });

  test('to an encrypted topic needs its key', async () => {
    const resources = { Key: key(account), ...topic({ KmsMasterKeyId: arnOf('Key') }) };
    const encrypted = { resource, args, resources };
    expect((await called({ ...encrypted, may })).execution.outcome).toMatchObject({
      error: 'SNS.KMSAccessDeniedException',
    });
    const withKey = [...may, allow(['kms:GenerateDataKey', 'kms:Decrypt'])];
    expect((await called({ ...encrypted, may: withKey })).execution.outcome).toMatchObject({ status: 'SUCCEEDED' });
  });
});
