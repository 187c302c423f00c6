import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { type JsonObject, objectOf, textOf } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused, forbidden } from '../cloudformation/refusal.ts';
import type { Sessions } from '../iam/sessions.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';

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
  return { schedules, resources: { 'AWS::Scheduler::Schedule': scheduleHandler(ports, schedules) } };
}

function scheduleHandler(ports: SchedulerPorts, schedules: Map<string, string>): ResourceHandler {
  const propertiesOf = new Map<string, JsonObject>();
  const put = (resource: Resource, stack: Stack): void => {
    const { arn = '', properties } = resource;
    checkRole(ports, resource, stack);
    schedules.set(arn, textOf(objectOf(properties['Target'])['Arn']));
    propertiesOf.set(arn, properties);
  };
  return {
    create: (resource, stack) => {
      const { arn = '', name } = resource;
      if (schedules.has(arn)) throw new DeploymentRefused('ConflictException', `Schedule ${name} already exists.`);
      put(resource, stack);
    },
    update: (resource, _, stack) => {
      const { arn = '', name } = resource;
      if (!schedules.has(arn)) {
        throw new DeploymentRefused('ResourceNotFoundException', `Schedule ${name} does not exist.`);
      }
      put(resource, stack);
    },
    delete: ({ arn = '' }) => {
      schedules.delete(arn);
      propertiesOf.delete(arn);
    },
    read: ({ arn = '' }) => {
      const properties = propertiesOf.get(arn);
      return properties && liveProperties(properties);
    },
  };
}

/** Refuses a schedule whose role EventBridge Scheduler cannot assume. */
function checkRole({ sessions, onlyOnAws }: SchedulerPorts, { name, properties }: Resource, stack: Stack): void {
  const { account, region } = stack;
  const role = textOf(objectOf(properties['Target'])['RoleArn']);
  const group = textOf(properties['GroupName']) || 'default';
  const service = { kind: 'service', service: 'scheduler.amazonaws.com' } as const;
  const assumed = sessions.assumeRole(service, role, name, {
    'aws:SourceAccount': account,
    // The group, not the schedule (cross-service-confused-deputy-prevention).
    'aws:SourceArn': `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/${group}`,
  });
  if (assumed.ok) return;
  const message = `The execution role you provide must allow AWS EventBridge Scheduler to assume the role. (${assumed.denied.reason})`;
  throw onlyOnAws.refusal('role', role, forbidden('ValidationException', message, assumed.denied));
}
