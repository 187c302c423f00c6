import { partitionOf } from '@crosswind/aws/partition';

/** Urgency of an alarm: `page` wakes somebody at night, `ticket` waits for the morning. */
export type Severity = 'page' | 'ticket';

/** Topic of the monitoring account that alarms of a severity publish to; each region in use has its own. */
export const alertTopicName = (severity: Severity): string => `crosswind-${severity}`;

/** Name of the alarm of a signal; its owner is a workflow, a schedule, an account or the fleet. */
export const alarmNameOf = (owner: string, { id }: { readonly id: string }): string => `crosswind-${owner}-${id}`;

/** Owner of the alarms that watch all accounts. */
export const fleetOwner = 'fleet';

/** A tenant in a wave. */
interface Placed {
  readonly tenant: string;
  readonly wave: string;
}

/** Owner of the alarms on the workflow of a stage, and of those that the workload brings along. */
export const stageOwner = ({ tenant, wave }: Placed, stage: string): string => `${tenant}-${wave}-${stage}`;

export const scheduleOwner = (placed: Placed): string => stageOwner(placed, 'schedule');

/**
 * Owner of the alarms of an account. The tenant is in it: another stack may take the account over before this one gives it
 * up.
 */
export const accountOwner = (tenant: string, account: string): string => `${tenant}-${account}`;
/** ARN of an alarm of the monitoring account. */
export const alarmArn = (alarmName: string, { account, region }: Place): string =>
  `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${alarmName}`;

/** Id of the signal that nothing is seen of an account. */
export const silentId = 'silent';

/** ARN of that topic. The account of the pipeline publishes to one of them, too. */
export const alertTopicArn = (severity: Severity, { account, region }: Place): string =>
  `arn:${partitionOf(region)}:sns:${region}:${account}:${alertTopicName(severity)}`;

/**
 * Severity of the topic that events of the pipeline go to. Tickets may have no receiver; there is always somebody to wake.
 * @param ticketReceivers receivers of tickets
 */
export const pipelineEventsSeverity = (ticketReceivers: readonly string[]): Severity =>
  ticketReceivers.length > 0 ? 'ticket' : 'page';

/** Account and region of a name that both sides of an account border know. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Role of the pipeline's account that events of the pipeline are published with. */
export const pipelineEventsRoleName = 'crosswind-pipeline-events';

export const pipelineEventsRoleArn = ({ account, region }: Place): string =>
  `arn:${partitionOf(region)}:iam::${account}:role/${pipelineEventsRoleName}`;
