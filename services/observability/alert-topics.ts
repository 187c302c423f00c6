import { RemovalPolicy } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Severity } from './signal.ts';

export interface AlertTopicsProps {
  /** E-mail addresses by severity. */
  readonly subscribers: Readonly<Record<Severity, readonly string[]>>;
}

/** One topic per severity, encrypted with a key that lets CloudWatch publish: the key that AWS manages does not. */
export class AlertTopics extends Construct {
  readonly topics: Readonly<Record<Severity, Topic>>;

  constructor(scope: Construct, id: string, { subscribers }: AlertTopicsProps) {
    super(scope, id);
    const key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    this.topics = {
      page: this.topic('Page', key, subscribers.page),
      ticket: this.topic('Ticket', key, subscribers.ticket),
    };
  }

  private topic(id: string, masterKey: Key, emails: readonly string[]): Topic {
    const topic = new Topic(this, id, { masterKey, enforceSSL: true });
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
