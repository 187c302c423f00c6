/** A receiver of a topic in the monitoring account. */
export interface SubscribeProps {
  readonly account: string;
  readonly region: string;
  readonly topicArn: string;
  readonly receiver: string;
}

/** The command that subscribes a receiver, or sends the link of a pending subscription again. */
export const subscribeCommand = ({ account, region, topicArn, receiver }: SubscribeProps): string =>
  `aws sns subscribe --region ${region} --topic-arn ${topicArn} --protocol ${protocolOf(receiver)} --notification-endpoint ${receiver} # in account ${account}; then open the link that ${receiver} gets`;

const protocolOf = (receiver: string): string => /^(https?):/.exec(receiver)?.[1] ?? 'email';
