import { accountOf } from '@crosswind/aws/arn';
import { type JsonObject, textOf } from '@crosswind/aws/json';
import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { type AwsJsonCall, type AwsJsonOperation, awsJsonService } from '../aws-json/aws-json-service.ts';
import { pager } from '../aws-json/pager.ts';
import { permit } from '../aws-json/permit.ts';
import type { HttpService } from '../endpoint.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { changeLive, livePropertiesOf, type LiveResource } from '../live-change.ts';
import { unknownOperation } from '../protocols/protocol.ts';
import { queryProtocol } from '../protocols/query-protocol.ts';
import type { ResourceHandler } from '../service.ts';
import type { Topics } from './topics.ts';

export interface SnsServicePorts {
  readonly authorize: Authorize;
  readonly handler: ResourceHandler;
  readonly topics: Topics;
  /** Answers the other operations. */
  readonly absent: HttpService;
}

/** Attributes that a template has as properties of the same name. */
const attributes = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

const none = new Set<string>();
const others = [
  queryProtocol({
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    kinds: { times: none, numbers: none, booleans: none, lists: none, maps: new Set(['Attributes']) },
    codes: { AccessDeniedException: 'AuthorizationError' },
  }),
];

/** SNS over HTTP, the query protocol: the attributes and subscriptions of topics. */
export const snsService = (ports: SnsServicePorts): HttpService =>
  awsJsonService({
    absent: ports.absent,
    title: 'SNS',
    signingName: 'sns',
    target: 'AmazonSimpleNotificationService',
    version: '1.0',
    operations: new Map<string, AwsJsonOperation>([
      ['GetTopicAttributes', (call) => getTopicAttributes(ports, call)],
      ['ListSubscriptionsByTopic', (call) => listSubscriptionsByTopic(ports, call)],
      ['SetTopicAttributes', (call) => setTopicAttributes(ports, call)],
    ]),
    others,
  });

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
async function setTopicAttributes({ authorize, handler }: SnsServicePorts, call: AwsJsonCall): Promise<JsonObject> {
  const topic = topicIn(call);
  permit(authorize, call, 'sns:SetTopicAttributes', topic.arn);
  const name = textOf(call.body['AttributeName']);
  if (!attributes.includes(name)) {
    const message = `the simulated SNS does not set ${name} (see docs/sandbox-support.md)`;
    throw new AwsJsonError(unknownOperation, message);
  }
  const value = textOf(call.body['AttributeValue'] ?? '');
  if (await changeLive(handler, topic, { [name]: value === '' ? undefined : value })) return {};
  throw noTopic();
}

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
function getTopicAttributes({ authorize, handler }: SnsServicePorts, call: AwsJsonCall): JsonObject {
  const topic = topicIn(call);
  permit(authorize, call, 'sns:GetTopicAttributes', topic.arn);
  const properties = livePropertiesOf(handler, topic);
  if (!properties) throw noTopic();
  const known = attributes.filter((name) => name in properties);
  const own = Object.fromEntries(known.map((name) => [name, textOf(properties[name])]));
  return { Attributes: { ...own, Owner: topic.account, TopicArn: topic.arn } };
}

const invalidToken = (): AwsJsonError => new AwsJsonError('InvalidParameter', 'Invalid parameter: NextToken');
const { pageOf } = pager('NextToken', invalidToken);
/** Subscriptions on a page (API_ListSubscriptionsByTopic). */
const pageSize = 100;

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
function listSubscriptionsByTopic({ authorize, topics }: SnsServicePorts, call: AwsJsonCall): JsonObject {
  const { arn: TopicArn, account: Owner } = topicIn(call);
  permit(authorize, call, 'sns:ListSubscriptionsByTopic', TopicArn);
  const all = topics.listed(TopicArn);
  if (!all) throw noTopic();
  const { NextToken: token } = call.body;
  const of = ['ListSubscriptionsByTopic', TopicArn];
  const { items, next } = pageOf(all, { of, size: pageSize, token: token === undefined ? undefined : textOf(token) });
  const Subscriptions = items.map(({ arn, protocol, endpoint }) => ({
    SubscriptionArn: arn ?? 'PendingConfirmation',
    Owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn,
  }));
  return { Subscriptions, ...next };
}

function topicIn({ body, region }: AwsJsonCall): LiveResource {
  const arn = textOf(body['TopicArn']);
  return { type: 'AWS::SNS::Topic', name: arn.split(':').at(-1) ?? '', arn, account: accountOf(arn), region };
}

const noTopic = (): AwsJsonError => new AwsJsonError('NotFound', 'Topic does not exist', 404);
