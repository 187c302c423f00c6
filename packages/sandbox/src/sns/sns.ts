import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { PolicySource } from '@crosswind/iam/policy-document';
import type { Simulation } from '@crosswind/workflow/clock/simulation';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import type { SandboxService } from '../service.ts';
import { snsPublish } from './sns-publish.ts';
import { type Subscription, Topics } from './topics.ts';

export interface SnsPorts {
  readonly identities: Identities;
  readonly authorize: Authorize;
  readonly simulation: Simulation;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

export interface Sns extends SandboxService {
  readonly topics: Topics;
}

/** SNS: topics, their subscriptions and policies, and publishing from a task. */
export function sns({ identities, authorize, simulation, opaque, onlyOnAws }: SnsPorts): Sns {
  const topics = new Topics();
  return {
    topics,
    resources: {
      'AWS::SNS::Topic': (resource, stack) => {
        const { arn = '', name, properties } = resource;
        identities.setResourcePolicy(arn, defaultTopicPolicy(arn, name, stack.account));
        const keyArn = keyArnIn(properties['KmsMasterKeyId']);
        // Nothing is known of who may use such a key.
        const why = keyArn === undefined ? undefined : onlyOnAws.why('key', keyArn);
        topics.create(arn, why === undefined ? keyArn : undefined);
        if (why !== undefined) opaque.add(resource, stack, why);
        for (const each of listOf(properties['Subscription'])) topics.subscribe(arn, subscriptionIn(each));
      },
      'AWS::SNS::Subscription': ({ properties }) => {
        topics.subscribe(textOf(properties['TopicArn']), subscriptionIn(properties));
      },
      'AWS::SNS::TopicPolicy': ({ name, properties }) => {
        const document = properties['PolicyDocument'];
        const policy = checkedPolicy('InvalidParameter', `topic policy ${name}`, document, 'resource');
        for (const topic of listOf(properties['Topics']).map(textOf)) identities.setResourcePolicy(topic, policy);
      },
    },
    integrations: [
      {
        resource: 'sns:publish',
        arguments: ['TopicArn', 'Message', 'Subject', 'MessageAttributes'],
        integration: snsPublish({ authorize, topics, simulation }),
      },
    ],
  };
}

/** The policy of a topic without one of its own (SNS: "Creating an Amazon SNS topic", default access policy). */
const defaultTopicPolicy = (arn: string, name: string, account: string): PolicySource => ({
  name: `default policy of topic ${name}`,
  document: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceOwner': account } },
    },
  },
});

/** A topic names its key by its ARN; an alias is that of a key that AWS manages. */
const keyArnIn = (key: Json | undefined): string | undefined =>
  textOf(key).startsWith('arn:') ? textOf(key) : undefined;

function subscriptionIn(subscription: Json): Subscription {
  const { Protocol, Endpoint } = objectOf(subscription);
  return { protocol: textOf(Protocol), endpoint: textOf(Endpoint) };
}
