import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import type { TemplateResource } from '../../src/template.ts';
import { callsIn, fn, linesOf, role } from './lines.ts';

const topic = 'arn:aws:sns:eu-west-1:111111111111:t';
const queue = 'arn:aws:sqs:eu-west-1:111111111111:q';
const bus = 'arn:aws:events:eu-west-1:111111111111:event-bus/b';
const table = 'arn:aws:dynamodb:eu-west-1:111111111111:table/T/stream/1';
const delivery = 'arn:aws:firehose:eu-west-1:111111111111:deliverystream/d';
const stream = 'arn:aws:kinesis:eu-west-1:111111111111:stream/s';

type Resources = Readonly<Record<string, TemplateResource>>;

const one = (Type: string, Properties: JsonObject): Resources => ({ R: { Type, Properties } });
const subscribed = (properties: JsonObject): Resources =>
  one('AWS::SNS::Subscription', { TopicArn: topic, ...properties });
/** Something of a function, whose own logs are left out. */
const ofFunction = (Type: string, properties: JsonObject): Resources => ({
  F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Role: role } },
  R: { Type, Properties: { FunctionName: 'f', ...properties } },
});
const poll = (service: string, source: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `${service}:${name} ${source}`);

describe('messages are brought by', () => {
  test.each<[string, Resources, readonly string[]]>([
    [
      'a subscription of a function',
      subscribed({ Protocol: 'lambda', Endpoint: fn }),
      [`sns.amazonaws.com: lambda:InvokeFunction ${fn}`],
    ],
    [
      'a subscription of a queue, with dead letters',
      subscribed({ Protocol: 'sqs', Endpoint: queue, RedrivePolicy: { deadLetterTargetArn: `${queue}2` } }),
      [`sns.amazonaws.com: sqs:SendMessage ${queue}`, `sns.amazonaws.com: sqs:SendMessage ${queue}2`],
    ],
    [
      'a subscription of a delivery stream, as its role',
      subscribed({ Protocol: 'firehose', Endpoint: delivery, SubscriptionRoleArn: role }),
      [`firehose:PutRecord ${delivery}`],
    ],
    ['a subscription of a mail address: no call', subscribed({ Protocol: 'email', Endpoint: 'a@example.com' }), []],
    [
      'notifications of a bucket',
      one('AWS::S3::Bucket', {
        BucketName: 'b',
        NotificationConfiguration: {
          LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: fn }],
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: queue }],
          TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: topic }],
        },
      }),
      [
        `s3.amazonaws.com: lambda:InvokeFunction ${fn}`,
        `s3.amazonaws.com: sqs:SendMessage ${queue}`,
        `s3.amazonaws.com: sns:Publish ${topic}`,
      ],
    ],
    [
      'notifications that the CDK sets with its function',
      one('Custom::S3BucketNotifications', {
        BucketName: 'b',
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [{ LambdaFunctionArn: fn }],
          QueueConfigurations: [{ QueueArn: queue }],
          TopicConfigurations: [{ TopicArn: topic }],
        },
      }),
      [
        `s3.amazonaws.com: lambda:InvokeFunction ${fn}`,
        `s3.amazonaws.com: sqs:SendMessage ${queue}`,
        `s3.amazonaws.com: sns:Publish ${topic}`,
      ],
    ],
    [
      'a subscription filter to a function',
      one('AWS::Logs::SubscriptionFilter', { LogGroupName: '/g', DestinationArn: fn }),
      [`logs.amazonaws.com: lambda:InvokeFunction ${fn}`],
    ],
    [
      'a subscription filter to a stream',
      one('AWS::Logs::SubscriptionFilter', { LogGroupName: '/g', DestinationArn: stream, RoleArn: role }),
      [`kinesis:PutRecord ${stream}`],
    ],
    [
      'a subscription filter to a delivery stream',
      one('AWS::Logs::SubscriptionFilter', { LogGroupName: '/g', DestinationArn: delivery, RoleArn: role }),
      [`firehose:PutRecordBatch ${delivery}`],
    ],
    [
      'a function that polls a queue',
      ofFunction('AWS::Lambda::EventSourceMapping', { EventSourceArn: queue }),
      poll('sqs', queue, 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'),
    ],
    [
      'a function that polls a stream of a table, and sends its failures to a topic',
      ofFunction('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: table,
        DestinationConfig: { OnFailure: { Destination: topic } },
      }),
      [...poll('dynamodb', table, 'DescribeStream', 'GetRecords', 'GetShardIterator'), `sns:Publish ${topic}`],
    ],
    [
      'a function that polls a stream',
      ofFunction('AWS::Lambda::EventSourceMapping', { FunctionName: `${fn}:live`, EventSourceArn: stream }),
      poll(
        'kinesis',
        stream,
        'DescribeStream',
        'DescribeStreamSummary',
        'GetRecords',
        'GetShardIterator',
        'ListShards',
      ),
    ],
    [
      'a function that polls something unknown, which is a doubt',
      ofFunction('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:mq:eu-west-1:111111111111:broker:b:1' }),
      [
        'mq:* arn:aws:mq:eu-west-1:111111111111:broker:b:1 (what Lambda calls on this event source is not known here: add it to packages/assembly/src/calls/delivery-calls.ts)',
      ],
    ],
    [
      'a function with destinations',
      ofFunction('AWS::Lambda::EventInvokeConfig', {
        DestinationConfig: { OnSuccess: { Destination: bus }, OnFailure: { Destination: queue } },
      }),
      [`events:PutEvents ${bus}`, `sqs:SendMessage ${queue}`],
    ],
  ])('%s', (_, resources, lines) => {
    expect(linesOf(resources).filter((line) => !line.startsWith('logs:'))).toEqual(lines);
  });

  test.each<[string, Resources, JsonObject]>([
    ['a topic', subscribed({ Protocol: 'lambda', Endpoint: fn }), { 'aws:SourceArn': topic }],
    [
      'a log group',
      one('AWS::Logs::SubscriptionFilter', { LogGroupName: '/g', DestinationArn: fn }),
      {
        'aws:SourceArn': 'arn:aws:logs:eu-west-1:111111111111:log-group:/g:*',
        'aws:SourceAccount': '111111111111',
      },
    ],
  ])('%s, which the request names', (_, resources, context) => {
    expect(callsIn(resources)[0]?.context).toEqual(context);
  });

  test('a function with the key of the queue', () => {
    const key = 'arn:aws:kms:eu-west-1:111111111111:key/k';
    const lines = linesOf({
      ...ofFunction('AWS::Lambda::EventSourceMapping', { EventSourceArn: queue }),
      Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', KmsMasterKeyId: key } },
    });
    expect(lines.filter((line) => line.startsWith('kms:'))).toEqual([`kms:Decrypt ${key}`]);
  });
});
