import { isObject, type JsonObject, listOf, objectOf, parsedJson, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { changeLive, livePropertiesOf, type LiveResource } from '../live-change.ts';
import { unknownOperation } from '../protocols/protocol.ts';
import type { ResourceHandler } from '../service.ts';

export interface SqsServicePorts {
  readonly authorize: Authorize;
  readonly handler: ResourceHandler;
  /** Answers the other operations. */
  readonly absent: HttpService;
}

/** Attributes that a template has as properties of the same name. Those of `documents` are JSON in a text. */
const attributes = [
  'ContentBasedDeduplication',
  'DelaySeconds',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];
const documents = ['RedriveAllowPolicy', 'RedrivePolicy'];

/** SQS over HTTP: the attributes of queues. */
export const sqsService = (ports: SqsServicePorts): HttpService =>
  awsJsonService({
    absent: ports.absent,
    title: 'SQS',
    signingName: 'sqs',
    target: 'AmazonSQS',
    version: '1.0',
    operations: new Map<string, AwsJsonOperation>([
      ['GetQueueAttributes', (call) => getQueueAttributes(ports, call)],
      ['GetQueueUrl', (call) => getQueueUrl(ports, call)],
      ['SetQueueAttributes', (call) => setQueueAttributes(ports, call)],
    ]),
  });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
async function setQueueAttributes({ authorize, handler }: SqsServicePorts, call: AwsJsonCall): Promise<JsonObject> {
  const queue = queueIn(call);
  permit(authorize, call, 'sqs:SetQueueAttributes', queue.arn);
  const given = Object.entries(objectOf(call.body['Attributes']));
  const unknown = given.find(([name]) => !attributes.includes(name) && !documents.includes(name));
  if (unknown) {
    const message = `the simulated SQS does not set ${unknown[0]} (see docs/sandbox-support.md)`;
    throw new AwsJsonError(unknownOperation, message);
  }
  const changes = given.map(([name, value]) => [name, documents.includes(name) ? documentIn(textOf(value)) : value]);
  if (await changeLive(handler, queue, Object.fromEntries(changes) as JsonObject)) return {};
  throw noQueue();
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
function getQueueAttributes({ authorize, handler }: SqsServicePorts, call: AwsJsonCall): JsonObject {
  const queue = queueIn(call);
  permit(authorize, call, 'sqs:GetQueueAttributes', queue.arn);
  const properties = livePropertiesOf(handler, queue);
  if (!properties) throw noQueue();
  const wanted = listOf(call.body['AttributeNames']).map(textOf);
  const all = { ...properties, QueueArn: queue.arn };
  const shown = Object.entries(all).filter(
    ([name]) =>
      [...attributes, ...documents, 'QueueArn'].includes(name) && (wanted.includes('All') || wanted.includes(name)),
  );
  const texts = shown.map(([name, value]) => [name, isObject(value) ? JSON.stringify(value) : textOf(value)]);
  return texts.length > 0 ? { Attributes: Object.fromEntries(texts) as JsonObject } : {};
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
function getQueueUrl({ authorize, handler }: SqsServicePorts, call: AwsJsonCall): JsonObject {
  const name = textOf(call.body['QueueName']);
  const account = textOf(call.body['QueueOwnerAWSAccountId'] ?? call.principal.account);
  const queue = queueOf(call, account, name);
  permit(authorize, call, 'sqs:GetQueueUrl', queue.arn);
  if (!livePropertiesOf(handler, queue)) throw noQueue();
  const domain = partitionOf(call.region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { QueueUrl: `https://sqs.${call.region}.${domain}/${account}/${name}` };
}

/** The queue of a URL, which ends in account and name. */
function queueIn(call: AwsJsonCall): LiveResource {
  const [name = '', account = ''] = textOf(call.body['QueueUrl']).split('/').reverse();
  return queueOf(call, account, name);
}

const queueOf = ({ region }: AwsJsonCall, account: string, name: string): LiveResource => ({
  type: 'AWS::SQS::Queue',
  name,
  arn: `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}`,
  account,
  region,
});

function documentIn(text: string): JsonObject {
  try {
    return objectOf(parsedJson(text));
  } catch {
    throw new AwsJsonError('InvalidAttributeValue', `expected JSON in an attribute, got ${text}`);
  }
}

const noQueue = (): AwsJsonError => new AwsJsonError('QueueDoesNotExist', 'The specified queue does not exist.');
