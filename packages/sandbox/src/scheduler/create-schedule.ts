import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { Cloud } from '../cloud.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';

/** Registers a schedule if EventBridge Scheduler can assume its role; what it would start is not looked at. */
export function createSchedule(
  { sessions, schedules }: Cloud,
  { arn = '', name, properties }: Resource,
  { account, region }: Stack,
): void {
  if (schedules.has(arn)) throw new DeploymentRefused('ConflictException', `Schedule ${name} already exists.`);
  const { Arn: target, RoleArn: role } = objectOf(properties['Target']);
  const group = textOf(properties['GroupName']) || 'default';
  const service = { kind: 'service', service: 'scheduler.amazonaws.com' } as const;
  const assumed = sessions.assumeRole(service, textOf(role), name, {
    'aws:SourceAccount': account,
    // The group, not the schedule (cross-service-confused-deputy-prevention).
    'aws:SourceArn': `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/${group}`,
  });
  if (!assumed.ok) {
    const message = `The execution role you provide must allow AWS EventBridge Scheduler to assume the role. (${assumed.denied.reason})`;
    throw new DeploymentRefused('ValidationException', message);
  }
  schedules.set(arn, textOf(target));
}
