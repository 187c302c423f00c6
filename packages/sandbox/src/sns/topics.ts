import type { JsonObject } from '@crosswind/aws/json';

/** Subscriber of a topic. */
export interface Subscription {
  /** For example `email`. */
  readonly protocol: string;
  /** For example an address. */
  readonly endpoint: string;
}

/** Message to a subscriber. Nothing leaves this machine: the message is only kept. */
export interface Delivery {
  readonly topicArn: string;
  readonly to: Subscription;
  readonly subject: string;
  readonly message: string;
  /** `MessageAttributes`, where there are any. */
  readonly attributes?: JsonObject;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
}

export type Message = Pick<Delivery, 'subject' | 'message' | 'attributes' | 'at'>;

interface Topic {
  readonly keyArn: string | undefined;
  readonly subscriptions: Subscription[];
}

/** SNS: the topics of every account, by ARN, who subscribes to them, and what they were sent. */
export class Topics {
  readonly deliveries: Delivery[] = [];
  readonly #topics = new Map<string, Topic>();

  has(arn: string): boolean {
    return this.#topics.has(arn);
  }

  /** @param keyArn the key that encrypts what is published */
  create(arn: string, keyArn?: string): void {
    this.#topics.set(arn, { keyArn, subscriptions: [] });
  }

  subscribe(arn: string, subscription: Subscription): void {
    this.#topics.get(arn)?.subscriptions.push(subscription);
  }

  subscriptions(arn: string): readonly Subscription[] {
    return this.#topics.get(arn)?.subscriptions ?? [];
  }

  keyOf(arn: string): string | undefined {
    return this.#topics.get(arn)?.keyArn;
  }

  /** Sends a message to every subscriber of the topic; whether the sender may is not asked here. */
  publish(topicArn: string, message: Message): void {
    for (const to of this.subscriptions(topicArn)) this.deliveries.push({ topicArn, to, ...message });
  }
}
