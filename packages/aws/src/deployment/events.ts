import type { ChangingResource, TypeCalls } from './call-row.ts';
import { keyWithAll, newTags } from './condition-keys.ts';
import { gone, ifAny, present, textAt } from './occasions.ts';
import {
  call,
  notNeeded,
  onChange,
  onCreate,
  onDelete,
  onRead,
  onUpdate,
  passRole,
  reads,
  schemaOf,
  tagging,
} from './shared-rows.ts';
import { arnHere, ofName } from './targets.ts';

const repository = 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-events';
const handler = (name: string): string =>
  `${repository}/blob/master/aws-events-rule/src/main/java/software/amazon/events/rule/${name}.java`;
const ruleSchema = schemaOf('AWS::Events::Rule');
const eventsApi = (operation: string): string =>
  `https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_${operation}.html`;

/** A rule of the default bus has no bus in its ARN. A bus may be named by its ARN. */
function ruleArn(resource: ChangingResource): string {
  const bus = textAt(resource.properties, 'EventBusName').replace(/^.*:event-bus\//, '');
  const name = resource.name.split('|').at(-1) ?? '';
  return arnHere(resource, 'events', `rule/${bus === '' || bus === 'default' ? '' : `${bus}/`}${name}`);
}

/** Service Authorization Reference, "Condition keys for Amazon EventBridge". */
const targets = keyWithAll('events:TargetArn', 'Targets[].Arn');

export const rule: TypeCalls = {
  arn: ruleArn,
  rows: [
    call('events:DescribeRule', onChange, handler('CreateHandler')),
    ...['RoleArn', 'Targets[].RoleArn'].map((path) => passRole(path, 'events.amazonaws.com', eventsApi('PutTargets'))),
    call('events:PutRule', onChange, handler('CreateHandler'), {
      keys: (change, ...rest) => (change.operation === 'create' ? newTags(change, ...rest) : {}),
      creates: true,
    }),
    ...tagging(eventsApi('PutRule'), 'events:TagResource', 'events:UntagResource'),
    call('events:RemoveTargets', [...onUpdate, ...onDelete], handler('UpdateHandler'), {
      when: ifAny(gone('Targets[].Id')),
    }),
    call('events:PutTargets', onChange, handler('UpdateHandler'), { when: present('Targets[]'), keys: targets }),
    // softFailAccessDenied in ReadHandler: of what CreateHandler reads at its end, only DescribeRule is needed.
    call('events:DescribeRule', onDelete, handler('DeleteHandler')),
    call('events:DeleteRule', onDelete, handler('DeleteHandler')),
    ...reads(ruleSchema, 'events:DescribeRule', 'events:ListTargetsByRule'),
  ],
  notNeeded: [
    ...notNeeded('the targets are those of the template', onDelete, 'events:ListTargetsByRule'),
    ...notNeeded('nothing is handed over', [...onRead, ...onDelete], 'iam:PassRole'),
  ],
};

const schedulerApi = (operation: string): string =>
  `https://docs.aws.amazon.com/scheduler/latest/APIReference/API_${operation}.html`;
const scheduleSchema = schemaOf('AWS::Scheduler::Schedule');

export const schedule: TypeCalls = {
  arn: (resource) =>
    arnHere(
      resource,
      'scheduler',
      `schedule/${textAt(resource.properties, 'GroupName') || 'default'}/${resource.name}`,
    ),
  rows: [
    // UpdateSchedule replaces the whole schedule, so it names the role again.
    passRole('Target.RoleArn', 'scheduler.amazonaws.com', schedulerApi('UpdateSchedule')),
    call('scheduler:CreateSchedule', onCreate, schedulerApi('CreateSchedule')),
    call('scheduler:UpdateSchedule', onUpdate, schedulerApi('UpdateSchedule')),
    call('scheduler:GetSchedule', onChange, scheduleSchema, { assumed: true }),
    call('scheduler:GetSchedule', onDelete, scheduleSchema, { assumed: true }),
    call('scheduler:DeleteSchedule', onDelete, schedulerApi('DeleteSchedule')),
    ...reads(scheduleSchema, 'scheduler:GetSchedule'),
  ],
};

const groupSchema = schemaOf('AWS::Scheduler::ScheduleGroup');

export const scheduleGroup: TypeCalls = {
  arn: ofName('scheduler', 'schedule-group/'),
  rows: [
    call('scheduler:CreateScheduleGroup', onCreate, schedulerApi('CreateScheduleGroup'), {
      keys: newTags,
      creates: true,
    }),
    ...tagging(schedulerApi('TagResource'), 'scheduler:TagResource', 'scheduler:UntagResource'),
    call('scheduler:GetScheduleGroup', [...onChange, ...onDelete], groupSchema, { assumed: true }),
    call('scheduler:ListTagsForResource', onChange, groupSchema, { assumed: true }),
    call('scheduler:DeleteScheduleGroup', onDelete, schedulerApi('DeleteScheduleGroup')),
    // A group is deleted with its schedules (API_DeleteScheduleGroup).
    call('scheduler:DeleteSchedule', onDelete, groupSchema, {
      on: (change) => [arnHere(change, 'scheduler', `schedule/${change.name}/*`)],
      assumed: true,
    }),
    ...reads(groupSchema, 'scheduler:GetScheduleGroup', 'scheduler:ListTagsForResource'),
  ],
};
