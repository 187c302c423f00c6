import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type Json, listOf, objectOf, textOf } from '@crosswind/aws/json';
import { authorize } from '@crosswind/iam/authorize';
import type { Decision } from '@crosswind/iam/decision';
import type { PolicyDocument } from '@crosswind/iam/policy-document';
import { type Located, type Rule, findingAt, resourcesOfType } from './rule.ts';

export const alarmMayPublish: Rule = {
  id: 'OBS-4',
  severity: 'error',
  requires: 'CloudWatch may publish to every topic that an alarm names, and use the key of that topic.',
  because: 'An alarm that may not publish fires, and nobody hears of it: only its history shows it.',
  fix: 'Let `AlertTopics` make the topic: its policy and its key admit cloudwatch.amazonaws.com.',
  check: ({ stacks }) => {
    const topics = alertTopics(stacks);
    return resourcesOfType(stacks, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) =>
      listOf(alarm.resource.properties['AlarmActions'])
        .map(textOf)
        .filter((action) => (serviceOf(action) ?? 'sns') === 'sns')
        .flatMap((action) => obstacles(alarm, action, topics))
        .map((message) => findingAt(alarm, { property: 'Properties.AlarmActions', message })),
    );
  },
};

/** The service of an ARN; what only the deployment knows has none. */
const serviceOf = (arn: string): string | undefined => arn.split(':')[2];

interface AlertTopic {
  /** Undefined where the topic has no policy of its own: it then lets everything in its account publish. */
  readonly policy: Json | undefined;
  /** Undefined where the topic is not encrypted. */
  readonly key: { readonly arn: string; readonly policy: Json | undefined } | undefined;
}

/** The topics of the platform, by ARN. */
function alertTopics(stacks: readonly Stack[]): ReadonlyMap<string, AlertTopic> {
  const of = (type: string): readonly Resource[] => resourcesOfType(stacks, type).map(({ resource }) => resource);
  const policies = new Map(
    of('AWS::SNS::TopicPolicy').flatMap(({ properties }) =>
      listOf(properties['Topics']).map((topic): [string, Json | undefined] => [
        textOf(topic),
        properties['PolicyDocument'],
      ]),
    ),
  );
  const keys = new Map(of('AWS::KMS::Key').map(({ arn = '', properties }) => [arn, properties['KeyPolicy']]));
  return new Map(
    of('AWS::SNS::Topic').map(({ arn = '', properties }): [string, AlertTopic] => {
      const keyArn = textOf(properties['KmsMasterKeyId']);
      const key = keyArn === '' ? undefined : { arn: keyArn, policy: keys.get(keyArn) };
      return [arn, { policy: policies.get(arn), key }];
    }),
  );
}

/** Reasons why CloudWatch may not publish to the topic, or may not use its key for that (sns-key-management). */
function obstacles(alarm: Located, topicArn: string, topics: ReadonlyMap<string, AlertTopic>): readonly string[] {
  const topic = topics.get(topicArn);
  if (!topic) return [`no stack makes the topic ${topicArn}`];
  const { policy, key } = topic;
  const decisions = [
    ...(policy === undefined ? [] : [asCloudWatch(alarm, 'sns:Publish', topicArn, policy)]),
    ...(key
      ? ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => asCloudWatch(alarm, action, key.arn, key.policy))
      : []),
  ];
  return decisions.flatMap((decision) => (decision.allowed ? [] : [decision.reason]));
}

const asCloudWatch = ({ stack, resource }: Located, action: string, on: string, policy: Json | undefined): Decision =>
  authorize(
    {
      principal: { kind: 'service', service: 'cloudwatch.amazonaws.com' },
      action,
      resource: on,
      resourceAccount: stack.account,
      context: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': resource.arn ?? '' },
    },
    policy === undefined
      ? { identity: [] }
      : {
          identity: [],
          resource: { name: `the policy of ${on}`, document: objectOf(policy) as unknown as PolicyDocument },
        },
  );
