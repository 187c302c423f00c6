import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AccountPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopicSubscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { alertTopicName, pipelineEventsRoleArn, pipelineEventsSeverity, type Severity } from './observability-names.ts';

export interface AlertTopicsProps {
  /** E-mail addresses and HTTPS endpoints by severity. */
  readonly subscribers: Readonly<Record<Severity, readonly string[]>>;
  /**
   * Account whose pipeline reports its executions here.
   *
   * @default - none
   */
  readonly pipelineAccount?: string;
}

const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');

/** An endpoint gets the whole message with its signature: raw delivery leaves that out. */
const subscriptionOf = (receiver: string): ITopicSubscription =>
  receiver.startsWith('https:')
    ? new UrlSubscription(receiver, { protocol: SubscriptionProtocol.HTTPS, rawMessageDelivery: false })
    : new EmailSubscription(receiver);

/**
 * One topic per severity. Both the key and the topic's policy let CloudWatch in: the key that AWS manages does not, and
 * the policy that refuses unencrypted publishing takes the place of the default one, which did.
 */
export class AlertTopics extends Construct {
  constructor(scope: Construct, id: string, { subscribers, pipelineAccount }: AlertTopicsProps) {
    super(scope, id);
    const key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    const reporter = pipelineAccount === undefined ? undefined : this.reporter(pipelineAccount);
    if (reporter) {
      key.addToResourcePolicy(
        new PolicyStatement({
          ...reporter,
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          conditions: {
            ...reporter.conditions,
            StringEquals: { 'kms:ViaService': `sns.${Stack.of(this).region}.amazonaws.com` },
          },
        }),
      );
    }
    for (const severity of ['page', 'ticket'] as const) {
      const topic = new Topic(this, severity === 'page' ? 'Page' : 'Ticket', {
        topicName: alertTopicName(severity),
        masterKey: key,
        enforceSSL: true,
      });
      topic.addToResourcePolicy(
        new PolicyStatement({
          sid: 'AllowCloudWatch',
          principals: [cloudWatch],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
        }),
      );
      if (reporter && severity === pipelineEventsSeverity(subscribers.ticket)) {
        const sid = 'AllowPipeline';
        topic.addToResourcePolicy(
          new PolicyStatement({ sid, ...reporter, actions: ['sns:Publish'], resources: [topic.topicArn] }),
        );
      }
      for (const receiver of subscribers[severity]) topic.addSubscription(subscriptionOf(receiver));
    }
  }
  /** The role that events of a pipeline are published with, named by condition, because it may not be there yet. */
  private reporter(account: string) {
    const arn = pipelineEventsRoleArn({ account, region: Stack.of(this).region });
    return { principals: [new AccountPrincipal(account)], conditions: { ArnEquals: { 'aws:PrincipalArn': arn } } };
  }
}
