import { objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused, forbidden } from '../cloudformation/refusal.ts';
import type { Sessions } from '../iam/sessions.ts';
import type { Creator, SandboxService } from '../service.ts';

export interface Scheduler extends SandboxService {
  /** Schedules by ARN, with the ARN of their target. Time is virtual here, so none ever starts. */
  readonly schedules: ReadonlyMap<string, string>;
}

export interface SchedulerPorts {
  readonly sessions: Sessions;
  readonly onlyOnAws: OnlyOnAws;
}

/** EventBridge Scheduler: schedules, which are registered and never start. */
export function scheduler(ports: SchedulerPorts): Scheduler {
  const schedules = new Map<string, string>();
  return { schedules, resources: { 'AWS::Scheduler::Schedule': createSchedule(ports, schedules) } };
}

/** Registers a schedule if EventBridge Scheduler can assume its role. */
const createSchedule =
  ({ sessions, onlyOnAws }: SchedulerPorts, schedules: Map<string, string>): Creator =>
  ({ arn = '', name, properties }, { account, region }) => {
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
      throw onlyOnAws.refusal('role', textOf(role), forbidden('ValidationException', message, assumed.denied));
    }
    schedules.set(arn, textOf(target));
  };
