import { partitionOf } from '@crosswind/aws/partition';
import type { AssumedRole, Sessions } from '../iam/sessions.ts';
import type { Schedule } from './schedule.ts';

/**
 * Assumes the role of a schedule as EventBridge Scheduler does. AWS knows the group in the condition keys, not the schedule
 * (cross-service-confused-deputy-prevention).
 */
export function assumeExecutionRole(
  sessions: Sessions,
  { name, group, account, region, target }: Omit<Schedule, 'times'>,
): AssumedRole {
  const service = { kind: 'service', service: 'scheduler.amazonaws.com' } as const;
  return sessions.assumeRole(service, target.roleArn, name, {
    'aws:SourceAccount': account,
    'aws:SourceArn': `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/${group}`,
  });
}
