import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Resource, Stack } from '../resolve.ts';
import { sendAction } from './function-calls.ts';
import type { Places } from './places.ts';
import type { Caller, PlannedCall } from './planned-call.ts';

/** A call before it is known who owns its resource. */
type Delivery = Pick<PlannedCall, 'caller' | 'action' | 'resource' | 'doubt'> & {
  readonly part: string;
  readonly context?: PlannedCall['context'];
};

/** Calls that services make to bring messages of a stack to functions, queues and topics, and to fetch them. */
export const deliveryCalls = (stack: Stack, places: Places): readonly PlannedCall[] =>
  stack.resources.flatMap((resource) =>
    (byType[resource.type]?.(resource, stack) ?? []).map(({ part, context = {}, ...call }) => ({
      ...call,
      context,
      resourceAccount: places.accountOf(call.resource),
      by: { path: resource.path, part },
    })),
  );

const byType: Readonly<Record<string, (resource: Resource, stack: Stack) => readonly Delivery[]>> = {
  // SNS Developer Guide, "Fanout to Lambda functions" and "Fanout to Amazon SQS queues".
  'AWS::SNS::Subscription': ({ properties }) => {
    const { Protocol, Endpoint, TopicArn, SubscriptionRoleArn, RedrivePolicy } = properties;
    const sns = byService('sns', { 'aws:SourceArn': textOf(TopicArn) });
    const deadLetters = textOf(objectOf(RedrivePolicy)['deadLetterTargetArn']);
    return [
      ...toEndpoint(textOf(Protocol), textOf(Endpoint), sns, textOf(SubscriptionRoleArn)),
      ...(deadLetters === ''
        ? []
        : [{ ...sns, action: 'sqs:SendMessage', resource: deadLetters, part: 'dead letters' }]),
    ];
  },
  'AWS::S3::Bucket': ({ properties, arn = '' }, { account }) =>
    notifications(objectOf(properties['NotificationConfiguration']), arn, account),
  // The CDK sets them with a function of its own (aws-cdk-lib/aws-s3-notifications).
  'Custom::S3BucketNotifications': ({ properties }, { account, region }) =>
    notifications(
      objectOf(properties['NotificationConfiguration']),
      `arn:${partitionOf(region)}:s3:::${textOf(properties['BucketName'])}`,
      account,
    ),
  // CloudWatch Logs User Guide, "Log group-level subscription filters".
  'AWS::Logs::SubscriptionFilter': ({ properties }, { account, region }) => {
    const { DestinationArn, LogGroupName, RoleArn } = properties;
    const [destination, role] = [textOf(DestinationArn), textOf(RoleArn)];
    if (role !== '') {
      const action = destination.split(':')[2] === 'firehose' ? 'firehose:PutRecordBatch' : 'kinesis:PutRecord';
      return [{ caller: { kind: 'role', arn: role }, action, resource: destination, part: 'destination' }];
    }
    if (destination.split(':')[2] !== 'lambda') return [];
    const source = `${destination.split(':', 2).join(':')}:logs:${region}:${account}:log-group:${textOf(LogGroupName)}:*`;
    const logs = byService('logs', { 'aws:SourceArn': source, 'aws:SourceAccount': account });
    return [{ ...logs, action: 'lambda:InvokeFunction', resource: destination, part: 'destination' }];
  },
  'AWS::Lambda::EventSourceMapping': ({ properties }, stack) => {
    const source = textOf(properties['EventSourceArn']);
    const caller: Caller = { kind: 'role', arn: roleOfFunction(properties['FunctionName'], stack) };
    const failures = textOf(objectOf(objectOf(properties['DestinationConfig'])['OnFailure'])['Destination']);
    return [
      ...polls(source).map((poll) => ({ ...poll, caller, part: 'event source' })),
      ...(failures === '' ? [] : [{ caller, action: invokeOrSend(failures), resource: failures, part: 'failures' }]),
    ];
  },
  // Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations".
  'AWS::Lambda::EventInvokeConfig': ({ properties }, stack) => {
    const { OnSuccess, OnFailure } = objectOf(properties['DestinationConfig']);
    const caller: Caller = { kind: 'role', arn: roleOfFunction(properties['FunctionName'], stack) };
    return [OnSuccess, OnFailure]
      .filter(isObject)
      .map(({ Destination }) => textOf(Destination))
      .map((resource) => ({ caller, action: invokeOrSend(resource), resource, part: 'destination' }));
  },
};

/** Amazon S3 User Guide, "Granting permissions to publish event notification messages to a destination". */
function notifications(configuration: JsonObject, bucket: string, account: string): readonly Delivery[] {
  const s3 = byService('s3', { 'aws:SourceArn': bucket, 'aws:SourceAccount': account });
  return notified.flatMap(([list, target]) =>
    listOf(configuration[list])
      .map((each) => textOf(objectOf(each)[target]))
      .filter((resource) => resource !== '')
      .map((resource) => ({ ...s3, action: invokeOrSend(resource), resource, part: 'notifications' })),
  );
}

/** Lists of destinations with the name of the ARN in each, in templates and in the API. */
const notified = [
  ['LambdaConfigurations', 'Function'],
  ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
  ['QueueConfigurations', 'Queue'],
  ['QueueConfigurations', 'QueueArn'],
  ['TopicConfigurations', 'Topic'],
  ['TopicConfigurations', 'TopicArn'],
] as const;

const byService = (service: string, context: PlannedCall['context']) =>
  ({ caller: { kind: 'service', service: `${service}.amazonaws.com` }, context }) as const;

function toEndpoint(
  protocol: string,
  resource: string,
  sns: ReturnType<typeof byService>,
  role: string,
): readonly Delivery[] {
  const part = 'subscription';
  switch (protocol) {
    case 'lambda':
      return [{ ...sns, action: 'lambda:InvokeFunction', resource, part }];
    case 'sqs':
      return [{ ...sns, action: 'sqs:SendMessage', resource, part }];
    case 'firehose':
      return [{ caller: { kind: 'role', arn: role }, action: 'firehose:PutRecord', resource, part }];
    default:
      // Mails, text messages and addresses on the internet need no permission.
      return [];
  }
}

/** Action that brings a message to a function, a bus, a queue or a topic. */
function invokeOrSend(arn: string): string {
  const service = arn.split(':')[2] ?? '';
  return (
    { lambda: 'lambda:InvokeFunction', events: 'events:PutEvents', s3: 's3:PutObject' }[service] ?? sendAction(arn)
  );
}

/** Actions with which Lambda polls for a function (Lambda Developer Guide, "Configuring a stream or queue as an event source"). */
const polling: Readonly<Record<string, readonly string[]>> = {
  sqs: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  dynamodb: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
  kinesis: ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'],
};

function polls(source: string): readonly Pick<Delivery, 'action' | 'resource' | 'doubt'>[] {
  const service = source.split(':')[2] ?? '';
  const actions = polling[service];
  if (actions) return actions.map((name) => ({ action: `${service}:${name}`, resource: source }));
  return [
    {
      action: `${service === '' ? 'kafka' : service}:*`,
      resource: source === '' ? '*' : source,
      doubt: `what Lambda calls on this event source is not known here: add it to packages/assembly/src/calls/delivery-calls.ts`,
    },
  ];
}

/** The role of a function of the stack by its name, its ARN, or its ARN with a qualifier; empty for another function. */
function roleOfFunction(value: Json | undefined, { resources }: Stack): string {
  const text = textOf(value);
  const found = resources.find(
    ({ type, name, arn = '' }) =>
      type === 'AWS::Lambda::Function' && (text === name || text === arn || text.startsWith(`${arn}:`)),
  );
  return textOf(found?.properties['Role']);
}
