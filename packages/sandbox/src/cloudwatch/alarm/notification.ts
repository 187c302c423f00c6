import { accountOf } from '@crosswind/aws/arn';
import { denialMessage } from '@crosswind/iam/denial-message';
import type { AccessRequest } from '@crosswind/iam/request';
import type { Authorize } from '../../iam/authorizer.ts';
import type { Topics } from '../../sns/topics.ts';
import type { Alarm } from './alarm.ts';
import type { StateChange } from './change-state.ts';
import { timestamp } from './reason.ts';

/**
 * Actions of CloudWatch on the key of an encrypted topic ("Why isn't my SNS topic receiving notifications", SNS key
 * management).
 */
const keyActions = ['kms:GenerateDataKey', 'kms:Decrypt'];

export interface NotificationPorts {
  readonly authorize: Authorize;
  readonly topics: Topics;
}

/** Notifies a topic of a new state, as CloudWatch. Returns the reason if topic or key do not allow it. */
export function notify(
  { authorize, topics }: NotificationPorts,
  alarm: Alarm,
  topicArn: string,
  change: StateChange,
): string | undefined {
  if (!topics.has(topicArn)) return `the sandbox does not have the topic ${topicArn}`;
  const keyArn = topics.keyOf(topicArn);
  const asked = [
    request(alarm, 'sns:Publish', topicArn),
    ...(keyArn === undefined ? [] : keyActions.map((action) => request(alarm, action, keyArn))),
  ];
  for (const wanted of asked) {
    const decision = authorize(wanted);
    if (!decision.allowed) return denialMessage(wanted, decision);
  }
  const { value, at } = change.to;
  const subject = `${value}: "${alarm.name}" in ${alarm.region}`;
  topics.publish(topicArn, { subject, message: messageOf(alarm, change), at });
  return undefined;
}

const request = (alarm: Alarm, action: string, resource: string): AccessRequest => ({
  principal: { kind: 'service', service: 'cloudwatch.amazonaws.com' },
  action,
  resource,
  resourceAccount: accountOf(resource),
  context: { 'aws:SourceAccount': alarm.account, 'aws:SourceArn': alarm.arn, 'aws:SourceOwner': alarm.account },
});

/**
 * Message to subscribers, without the `Trigger` that repeats the alarm's settings. A contributor's has the fields that the
 * documentation shows for an alarm on logs ("Log alarms"); for one on Metrics Insights it shows none (assumed).
 */
const messageOf = (
  { name, description, account, region, arn, actions }: Alarm,
  { from, to, contributor }: StateChange,
): string =>
  JSON.stringify({
    AlarmName: name,
    AlarmDescription: description ?? null,
    AWSAccountId: account,
    NewStateValue: to.value,
    NewStateReason: to.reason,
    StateChangeTime: timestamp(to.at),
    Region: region,
    AlarmArn: arn,
    OldStateValue: from,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    ...(contributor && {
      AlarmContributorId: contributor.id,
      AlarmContributorAttributes: contributor.attributes,
    }),
  });
