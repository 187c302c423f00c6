import type { Subscription } from '../preflight/account-reader.ts';
import { subscribeCommand } from './subscribe-command.ts';

/** A subscription as it is, compared with the file. */
export interface SubscriptionState {
  readonly topic: string;
  readonly region: string;
  readonly receiver: string;
  /** `absent`: in the file alone. `extra`: in SNS alone. */
  readonly state: 'confirmed' | 'pending' | 'absent' | 'extra';
  /** The command or step that sets it right; absent where it is confirmed. */
  readonly fix?: string;
}

export interface TopicProps {
  readonly account: string;
  readonly region: string;
  readonly topicArn: string;
  /** Who is to receive its messages. */
  readonly receivers: readonly string[];
  readonly found: readonly Subscription[];
}

/** Compares who subscribes to a topic with who is to receive its messages. */
export function subscriptionStates({ receivers, found, ...place }: TopicProps): readonly SubscriptionState[] {
  const { region, topicArn } = place;
  const topic = topicArn.slice(topicArn.lastIndexOf(':') + 1);
  // For some days SNS lists what was deleted.
  const there = found.filter(({ arn }) => arn !== 'Deleted');
  const wanted = [...new Set(receivers)].map((receiver): SubscriptionState => {
    const subscription = there.find(({ endpoint }) => endpoint === receiver);
    const state = subscription === undefined ? 'absent' : subscription.isConfirmed ? 'confirmed' : 'pending';
    const fix = state === 'confirmed' ? {} : { fix: subscribeCommand({ ...place, receiver }) };
    return { topic, region, receiver, state, ...fix };
  });
  const extra = there.filter(({ endpoint }) => !receivers.includes(endpoint));
  return [
    ...wanted,
    ...extra.map((subscription): SubscriptionState => {
      return { topic, region, receiver: subscription.endpoint, state: 'extra', fix: removal(subscription, place) };
    }),
  ];
}

/** SNS lets nobody remove what is pending; it goes by itself. */
const removal = ({ arn, isConfirmed }: Subscription, { account, region }: Pick<TopicProps, 'account' | 'region'>) =>
  isConfirmed
    ? `aws sns unsubscribe --region ${region} --subscription-arn ${arn} # in account ${account}; or list the receiver under monitoring in platform.yaml`
    : 'wait some days until SNS forgets it, because nobody has confirmed it; or list the receiver under monitoring in platform.yaml';
