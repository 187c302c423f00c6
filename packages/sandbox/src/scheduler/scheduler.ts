import type { Resource, Stack } from '@crosswind/assembly/resolve';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused, forbidden } from '../cloudformation/refusal.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import { assumeExecutionRole } from './execution-role.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { schedulerService } from './scheduler-service.ts';
import { Schedules, type SchedulesPorts } from './schedules.ts';

export interface Scheduler extends SandboxService {
  readonly schedules: Schedules;
}

export interface SchedulerPorts extends SchedulesPorts {
  readonly authorize: Authorize;
  readonly onlyOnAws: OnlyOnAws;
}

/** EventBridge Scheduler: schedules, which invoke their targets in virtual time. */
export function scheduler(ports: SchedulerPorts): Scheduler {
  const schedules = new Schedules(ports);
  return {
    schedules,
    endpoint: schedulerService({ authorize: ports.authorize, schedules }),
    resources: { 'AWS::Scheduler::Schedule': scheduleHandler(ports, schedules) },
  };
}

function scheduleHandler(ports: SchedulerPorts, schedules: Schedules): ResourceHandler {
  const put = (resource: Resource, stack: Stack): void => {
    const schedule = scheduleOf(resource, stack, ports.simulation.now());
    checkRole(ports, schedule);
    const { kind } = schedule.target;
    if (kind.kind === 'only on AWS') ports.opaque.add(resource, stack, kind.why);
    schedules.put(schedule);
  };
  return {
    create: (resource, stack) => {
      const { arn = '', name } = resource;
      if (schedules.get(arn)) throw new DeploymentRefused('ConflictException', `Schedule ${name} already exists.`);
      put(resource, stack);
    },
    update: (resource, _, stack) => {
      const { arn = '', name } = resource;
      if (!schedules.get(arn)) {
        throw new DeploymentRefused('ResourceNotFoundException', `Schedule ${name} does not exist.`);
      }
      put(resource, stack);
    },
    delete: ({ arn = '' }) => {
      schedules.remove(arn);
    },
    read: ({ arn = '' }) => {
      const properties = schedules.get(arn)?.properties;
      return properties && liveProperties(properties);
    },
  };
}

/** Refuses a schedule whose role EventBridge Scheduler cannot assume. */
function checkRole({ sessions, onlyOnAws }: SchedulerPorts, schedule: Schedule): void {
  const assumed = assumeExecutionRole(sessions, schedule);
  if (assumed.ok) return;
  const message = `The execution role you provide must allow AWS EventBridge Scheduler to assume the role. (${assumed.denied.reason})`;
  throw onlyOnAws.refusal('role', schedule.target.roleArn, forbidden('ValidationException', message, assumed.denied));
}
