import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import { AlertTopics } from '../../../blocks/observability/alert-topics.ts';
import { shippedPlatform, stackAt, stackWith, synthesized } from '../../synthesized.ts';

const { stack } = stackWith((scope) => {
  new AlertTopics(scope, 'Alerts', {
    subscribers: { page: ['night@example.com', 'second@example.com'], ticket: ['morning@example.com'] },
  });
});
const ofType = (type: string) => stack.resources.filter((resource) => resource.type === type);

/** Protocols and receivers by the last part of the topic's path that they are subscribed to. */
function subscribers(resources: typeof stack.resources): Readonly<Record<string, readonly string[]>> {
  const topics = resources.filter(({ type }) => type === 'AWS::SNS::Topic');
  return Object.fromEntries(
    topics.map(({ path, arn }) => [
      path.split('/').at(-2) ?? '',
      resources
        .filter(({ type, properties }) => type === 'AWS::SNS::Subscription' && properties['TopicArn'] === arn)
        .map(({ properties }) => `${textOf(properties['Protocol'])}: ${textOf(properties['Endpoint'])}`),
    ]),
  );
}

describe('alerts', () => {
  test('reach who is named for their severity', () => {
    expect(subscribers(stack.resources)).toEqual({
      Page: ['email: night@example.com', 'email: second@example.com'],
      Ticket: ['email: morning@example.com'],
    });
  });

  test('reach HTTPS endpoints with their signature', () => {
    const endpoint = 'https://alerts.example.com/crosswind?team=a';
    const { stack: other } = stackWith((scope) => {
      new AlertTopics(scope, 'Alerts', { subscribers: { page: [endpoint, 'night@example.com'], ticket: [] } });
    });
    expect(subscribers(other.resources)).toEqual({
      Page: [`https: ${endpoint}`, 'email: night@example.com'],
      Ticket: [],
    });
    const raw = other.resources.map(({ properties }) => properties['RawMessageDelivery']);
    expect(raw.filter((value) => value !== undefined)).toEqual([false]);
  });

  test('of the platform reach who is named in platform.yaml', () => {
    const { page, ticket } = shippedPlatform.monitoring;
    expect([page.length, ticket.length]).toEqual([1, 1]);
    expect(subscribers(stackAt(synthesized().stacks, 'Crosswind/observability/Alerts').resources)).toEqual({
      Page: page.map((email) => `email: ${email}`),
      Ticket: ticket.map((email) => `email: ${email}`),
    });
  });

  test('are encrypted with a key that is rotated and that CloudWatch may use', () => {
    const [key, ...others] = ofType('AWS::KMS::Key');
    expect(others).toEqual([]);
    expect(key?.properties['EnableKeyRotation']).toBe(true);
    expect(listOf(objectOf(key?.properties['KeyPolicy'])['Statement'])).toContainEqual({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
    });
    const topics = ofType('AWS::SNS::Topic');
    expect(topics.map(({ properties }) => properties['KmsMasterKeyId'])).toEqual([key?.arn, key?.arn]);
  });

  test('come from the CloudWatch of their own account, and travel encrypted', () => {
    const statements = ofType('AWS::SNS::TopicPolicy').map(({ properties }) =>
      listOf(objectOf(properties['PolicyDocument'])['Statement']),
    );
    expect(statements).toEqual(
      ofType('AWS::SNS::Topic').map(({ arn }): unknown => [
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        {
          Sid: 'AllowCloudWatch',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { StringEquals: { 'aws:SourceAccount': '444444444444' } },
        },
      ]),
    );
  });

  test('have the names that alarms know them by', () => {
    expect(ofType('AWS::SNS::Topic').map(({ name }) => name)).toEqual(['crosswind-page', 'crosswind-ticket']);
  });
});
