import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { alertTopicName } from './observability-names.ts';
import type { Severity } from './signal.ts';

export interface AlertTopicsProps {
  /** E-mail addresses by severity. */
  readonly subscribers: Readonly<Record<Severity, readonly string[]>>;
}

const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');

/**
 * One topic per severity. Both the key and the topic's policy let CloudWatch in: the key that AWS manages does not, and
 * the policy that refuses unencrypted publishing takes the place of the default one, which did.
 */
export class AlertTopics extends Construct {
  constructor(scope: Construct, id: string, { subscribers }: AlertTopicsProps) {
    super(scope, id);
    const key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
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
      for (const email of subscribers[severity]) topic.addSubscription(new EmailSubscription(email));
    }
  }
}
