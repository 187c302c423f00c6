import { createHash } from 'node:crypto';
import type { Environment } from '@crosswind/assembly/read-assembly';
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

/** Settings of a topic, from its creation or last change. */
export interface TopicSettings {
  /** The key that encrypts what is published. */
  readonly keyArn?: string;
  /** In the form of a template. */
  readonly properties: JsonObject;
}

/** A subscriber, with its subscription in the form of a template. */
interface Subscribed extends Subscription {
  readonly properties: JsonObject;
  /** False until its owner confirms it: an address or an endpoint on the web gets a link first. */
  readonly isConfirmed: boolean;
}

/** Protocols whose endpoints are sent a link first (SNS: "Confirm the subscription"). */
const unconfirmed = ['email', 'email-json', 'http', 'https'];

interface Topic extends TopicSettings {
  readonly subscribed: readonly Subscribed[];
}

/** SNS: the topics of every account, by ARN, who subscribes to them, and what they were sent. */
export class Topics {
  readonly deliveries: Delivery[] = [];
  readonly #topics = new Map<string, Topic>();

  has(arn: string): boolean {
    return this.#topics.has(arn);
  }

  /** Creates a topic or changes it; its subscribers stay. */
  set(arn: string, settings: TopicSettings): void {
    this.#topics.set(arn, { ...settings, subscribed: this.#topics.get(arn)?.subscribed ?? [] });
  }

  remove(arn: string): void {
    this.#topics.delete(arn);
  }

  propertiesOf(arn: string): JsonObject | undefined {
    return this.#topics.get(arn)?.properties;
  }

  /** Subscribes once, or changes the subscription that there is (API_Subscribe: idempotent). */
  subscribe(arn: string, subscription: Subscription, properties: JsonObject = {}): void {
    const topic = this.#topics.get(arn);
    if (!topic) return;
    const known = topic.subscribed.find((each) => isSame(each, subscription));
    const isThere = known !== undefined;
    const isConfirmed = known?.isConfirmed ?? !unconfirmed.includes(subscription.protocol);
    const added = { ...subscription, properties, isConfirmed };
    const subscribed = isThere
      ? topic.subscribed.map((each) => (isSame(each, subscription) ? added : each))
      : [...topic.subscribed, added];
    this.#topics.set(arn, { ...topic, subscribed });
  }

  unsubscribe(arn: string, subscription: Subscription): void {
    const topic = this.#topics.get(arn);
    if (!topic) return;
    this.#topics.set(arn, { ...topic, subscribed: topic.subscribed.filter((each) => !isSame(each, subscription)) });
  }

  /** Follows the link that a subscriber was sent; false if there is no such subscription. */
  confirm(arn: string, subscription: Subscription): boolean {
    const topic = this.#topics.get(arn);
    if (!topic?.subscribed.some((each) => isSame(each, subscription))) return false;
    const subscribed = topic.subscribed.map((each) =>
      isSame(each, subscription) ? { ...each, isConfirmed: true } : each,
    );
    this.#topics.set(arn, { ...topic, subscribed });
    return true;
  }

  /** Follows every link of topics in an account and region; returns the subscriptions that were pending. */
  confirmAll({ account, region }: Environment): readonly Subscription[] {
    return [...this.#topics]
      .filter(([arn]) => arn.includes(`:${region}:${account}:`))
      .flatMap(([arn, { subscribed }]) =>
        subscribed.filter(({ isConfirmed }) => !isConfirmed).filter((pending) => this.confirm(arn, pending)),
      );
  }

  /** Subscriptions of a topic, each with its ARN once it is confirmed; undefined without the topic. */
  listed(arn: string): readonly (Subscription & { readonly arn?: string })[] | undefined {
    return this.#topics.get(arn)?.subscribed.map(({ protocol, endpoint, isConfirmed }) => ({
      protocol,
      endpoint,
      ...(isConfirmed && { arn: `${arn}:${subscriptionId(arn, protocol, endpoint)}` }),
    }));
  }

  subscriptions(arn: string): readonly Subscription[] {
    return this.#topics.get(arn)?.subscribed.map(({ protocol, endpoint }) => ({ protocol, endpoint })) ?? [];
  }

  /** The subscription in the form of a template. */
  subscription(arn: string, subscription: Subscription): JsonObject | undefined {
    return this.#topics.get(arn)?.subscribed.find((each) => isSame(each, subscription))?.properties;
  }

  keyOf(arn: string): string | undefined {
    return this.#topics.get(arn)?.keyArn;
  }

  /** Sends a message to every subscriber of the topic; whether the sender may is not asked here. */
  publish(topicArn: string, message: Message): void {
    for (const to of this.subscriptions(topicArn)) this.deliveries.push({ topicArn, to, ...message });
  }
}

/** A UUID, as SNS has it, which is the same for the same subscription. */
const subscriptionId = (...of: readonly string[]): string =>
  createHash('sha256')
    .update(of.join(' '))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

const isSame = (one: Subscription, other: Subscription): boolean =>
  one.protocol === other.protocol && one.endpoint === other.endpoint;
