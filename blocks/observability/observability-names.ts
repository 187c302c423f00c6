import { partitionOf } from '@crosswind/aws/partition';

/** Urgency of an alarm: `page` wakes somebody at night, `ticket` waits for the morning. */
export type Severity = 'page' | 'ticket';

/** Topic of the monitoring account that alarms of a severity publish to; each region in use has its own. */
export const alertTopicName = (severity: Severity): string => `crosswind-${severity}`;

/** Name of the alarm of a signal; its owner is a workflow, a schedule, an account or the fleet. */
export const alarmNameOf = (owner: string, { id }: { readonly id: string }): string => `crosswind-${owner}-${id}`;

/** Id of the signal that nothing is seen of an account. */
export const silentId = 'silent';

/** ARN of that topic. The account of the pipeline publishes to it, too. */
export const alertTopicArn = (severity: Severity, { account, region }: Place): string =>
  `arn:${partitionOf(region)}:sns:${region}:${account}:${alertTopicName(severity)}`;

/** Account and region of a name that both sides of an account border know. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Role of the pipeline's account that events of the pipeline are published with. */
export const pipelineEventsRoleName = 'crosswind-pipeline-events';

export const pipelineEventsRoleArn = ({ account, region }: Place): string =>
  `arn:${partitionOf(region)}:iam::${account}:role/${pipelineEventsRoleName}`;
