import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { accountOf } from '@crosswind/aws/arn';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { PolicySource } from '@crosswind/iam/policy-document';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import type { OpaqueResources } from '../cloudformation/opaque-resources.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler } from '../service.ts';
import type { Subscription, Topics } from './topics.ts';

export interface TopicPorts {
  readonly identities: Identities;
  readonly opaque: OpaqueResources;
  readonly onlyOnAws: OnlyOnAws;
}

/** `AWS::SNS::Topic`. */
export function topicHandler({ identities, opaque, onlyOnAws }: TopicPorts, topics: Topics): ResourceHandler {
  const put = (resource: Resource, stack: Stack): void => {
    const { arn = '', properties } = resource;
    const keyArn = keyArnIn(properties['KmsMasterKeyId']);
    // Nothing is known of who may use such a key.
    const why = keyArn === undefined ? undefined : onlyOnAws.why('key', keyArn);
    topics.set(arn, { keyArn: why === undefined ? keyArn : undefined, properties });
    if (why !== undefined) opaque.add(resource, stack, why);
    for (const each of subscriptionsIn(resource)) topics.subscribe(arn, each);
  };
  return {
    create: (resource, stack) => {
      const { arn = '' } = resource;
      if (topics.has(arn)) throw new DeploymentRefused('AlreadyExists', `Topic already exists: ${arn}`);
      identities.setResourcePolicy(arn, defaultTopicPolicy(arn));
      put(resource, stack);
    },
    update: (resource, before, stack) => {
      const { arn = '' } = resource;
      if (!topics.has(arn)) throw noTopic();
      for (const each of subscriptionsIn(before)) topics.unsubscribe(arn, each);
      put(resource, stack);
    },
    delete: ({ arn = '' }) => {
      topics.remove(arn);
      identities.removeResourcePolicy(arn);
    },
    read: ({ arn = '' }) => {
      const properties = topics.propertiesOf(arn);
      return properties && liveProperties(properties);
    },
  };
}

/** `AWS::SNS::Subscription`. */
export const subscriptionHandler = ({ onlyOnAws }: TopicPorts, topics: Topics): ResourceHandler => ({
  create: ({ properties }) => {
    const topicArn = textOf(properties['TopicArn']);
    if (!topics.has(topicArn)) throw onlyOnAws.refusal('topic', topicArn, noTopic());
    topics.subscribe(topicArn, subscriptionIn(properties), properties);
  },
  update: ({ properties }) => {
    const topicArn = textOf(properties['TopicArn']);
    if (!topics.subscription(topicArn, subscriptionIn(properties))) {
      throw new DeploymentRefused('NotFound', 'Subscription does not exist');
    }
    topics.subscribe(topicArn, subscriptionIn(properties), properties);
  },
  delete: ({ properties }) => {
    topics.unsubscribe(textOf(properties['TopicArn']), subscriptionIn(properties));
  },
  read: ({ properties }) => {
    const live = topics.subscription(textOf(properties['TopicArn']), subscriptionIn(properties));
    return live && liveProperties(live);
  },
});

/** `AWS::SNS::TopicPolicy`: a topic that loses its policy has the default one again. */
export function topicPolicyHandler({ identities }: TopicPorts): ResourceHandler {
  const put = ({ name, properties }: Resource): void => {
    const document = properties['PolicyDocument'];
    const policy = checkedPolicy('InvalidParameter', `topic policy ${name}`, document, 'resource');
    for (const topic of topicsIn(properties)) identities.setResourcePolicy(topic, policy);
  };
  const reset = (topics: readonly string[]): void => {
    const existing = topics.filter((topic) => identities.resourcePolicy(topic) !== undefined);
    for (const topic of existing) identities.setResourcePolicy(topic, defaultTopicPolicy(topic));
  };
  return {
    create: put,
    update: (resource, before) => {
      put(resource);
      const kept = topicsIn(resource.properties);
      reset(topicsIn(before.properties).filter((topic) => !kept.includes(topic)));
    },
    delete: ({ properties }) => {
      reset(topicsIn(properties));
    },
    read: ({ properties }) => {
      const policies = topicsIn(properties).flatMap((topic) => identities.resourcePolicy(topic) ?? []);
      const [policy] = policies;
      return policy && liveProperties({ Topics: properties['Topics'], PolicyDocument: policy.document });
    },
  };
}

const topicsIn = (properties: Resource['properties']): readonly string[] => listOf(properties['Topics']).map(textOf);

const noTopic = (): DeploymentRefused => new DeploymentRefused('NotFound', 'Topic does not exist');

/** The policy of a topic without one of its own (SNS: "Creating an Amazon SNS topic", default access policy). */
const defaultTopicPolicy = (arn: string): PolicySource => ({
  name: `default policy of topic ${arn.split(':').at(-1) ?? ''}`,
  document: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceOwner': accountOf(arn) } },
    },
  },
});

/** A topic names its key by its ARN; an alias is that of a key that AWS manages. */
const keyArnIn = (key: Json | undefined): string | undefined =>
  textOf(key).startsWith('arn:') ? textOf(key) : undefined;

const subscriptionsIn = ({ properties }: Resource): readonly Subscription[] =>
  listOf(properties['Subscription']).map(subscriptionIn);

function subscriptionIn(subscription: Json): Subscription {
  const { Protocol, Endpoint } = objectOf(subscription);
  return { protocol: textOf(Protocol), endpoint: textOf(Endpoint) };
}
