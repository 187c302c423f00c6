import { isObject, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import { requestedResource } from '@crosswind/aws/requested-resource';
import {
  arnHere,
  type CallPlace,
  type Form,
  type IntegrationCall,
  isKnown,
  named,
  on,
  onlyARunKnows,
} from './integration-calls.ts';

const bus: Form = { noun: 'event bus', service: 'events', resource: (name) => `event-bus/${name}` };

/** An event goes to a bus; to the default one of the account where it names none (PutEventsRequestEntry). */
export function eventCalls(given: JsonObject, place: CallPlace): readonly IntegrationCall[] {
  const entries = listOf(given['Entries']).filter(isObject);
  const buses = entries.length === 0 ? [''] : entries.map((entry) => textOf(entry['EventBusName'] ?? 'default'));
  return [...new Set(buses)].flatMap((name) => on(named(place, bus, name), 'events:PutEvents'));
}

/** A text message to a phone has no topic, and is allowed on `*` (SNS Developer Guide, "Using identity-based policies"). */
export function messageCalls(
  { TopicArn, TargetArn, PhoneNumber }: JsonObject,
  place: CallPlace,
): readonly IntegrationCall[] {
  if (PhoneNumber !== undefined) return [{ action: 'sns:Publish', resource: '*' }];
  const topic: Form = { noun: 'topic', service: 'sns', resource: (name) => name };
  return on(named(place, topic, TopicArn ?? TargetArn), 'sns:Publish');
}

/** An HTTP task: the endpoint, the connection, and the secret that EventBridge keeps for it (call-https-apis, "IAM permissions"). */
export function httpCalls(given: JsonObject, place: CallPlace): readonly IntegrationCall[] {
  const { ApiEndpoint, Method, Authentication, InvocationConfig } = given;
  const [endpoint, method] = [textOf(ApiEndpoint), textOf(Method ?? 'GET')];
  const unknown = [endpoint, method].find((text) => !isKnown(text));
  const connection: Form = { noun: 'connection', service: 'events', resource: (name) => `connection/${name}` };
  const arn = objectOf(Authentication)['ConnectionArn'] ?? objectOf(InvocationConfig)['ConnectionArn'];
  return [
    {
      action: 'states:InvokeHTTPEndpoint',
      resource: place.machineArn,
      context: { 'states:HTTPMethod': method, 'states:HTTPEndpoint': endpoint },
      ...(unknown !== undefined && { doubt: onlyARunKnows('endpoint and the method', unknown) }),
    },
    ...on(named(place, connection, arn), 'events:RetrieveConnectionCredentials'),
    ...on(
      {
        resource: arnHere(place, 'secretsmanager', 'secret:events!connection/*'),
        doubt: 'EventBridge names the secret of a connection when it makes it',
      },
      'secretsmanager:GetSecretValue',
      'secretsmanager:DescribeSecret',
    ),
  ];
}

/** Without `AuthType` an API is called by nobody in particular (connect-api-gateway). */
export function apiCalls(
  { ApiEndpoint, AuthType, Method, Path, Stage }: JsonObject,
  place: CallPlace,
): readonly IntegrationCall[] {
  if ((AuthType ?? 'NO_AUTH') === 'NO_AUTH') return [];
  const [api = '', ...rest] = textOf(ApiEndpoint).split('.');
  const parts = [api, textOf(Stage ?? '*'), textOf(Method), textOf(Path ?? '/*').replace(/^\//, '')];
  const unknown = parts.find((part) => part.startsWith('{%'));
  const resource = parts.map((part) => (part.startsWith('{%') ? '*' : part)).join('/');
  const isKnownApi = rest[0] === 'execute-api' && unknown === undefined;
  return [
    {
      action: 'execute-api:Invoke',
      resource: arnHere(place, 'execute-api', resource),
      ...(!isKnownApi && { doubt: onlyARunKnows('API, its stage, method or path', unknown ?? textOf(ApiEndpoint)) }),
    },
  ];
}

/** A model answers, from an object and into one where the arguments name them (connect-bedrock). */
export function modelCalls({ ModelId, Input, Output }: JsonObject, place: CallPlace): readonly IntegrationCall[] {
  const id = textOf(ModelId);
  const partition = partitionOf(place.region);
  const object = (value: JsonObject, action: string): readonly IntegrationCall[] => {
    const uri = textOf(value['S3Uri']);
    if (uri === '') return [];
    const resource = `arn:${partition}:s3:::${uri.replace('s3://', '')}`;
    return isKnown(uri) ? [{ action, resource }] : [{ action, resource: '*', doubt: onlyARunKnows('object', uri) }];
  };
  const model = `arn:${partition}:bedrock:${place.region}::foundation-model/${isKnown(id) ? id : '*'}`;
  return [
    {
      action: 'bedrock:InvokeModel',
      resource: id.startsWith('arn:') ? id : model,
      ...(!isKnown(id) && { doubt: onlyARunKnows('model', id) }),
    },
    ...object(objectOf(Input), 's3:GetObject'),
    ...object(objectOf(Output), 's3:PutObject'),
  ];
}

/** The queue of a URL. */
export function queueCalls({ QueueUrl }: JsonObject): readonly IntegrationCall[] {
  const { arn, isAssumed } = requestedResource('sqs', [textOf(QueueUrl)], undefined);
  const doubt = onlyARunKnows('queue', textOf(QueueUrl));
  return [{ action: 'sqs:SendMessage', resource: arn, ...(isAssumed && { doubt }) }];
}
