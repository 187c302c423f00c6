import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { type Resources, arnOf, role, sandboxWith, trusting } from '../../src/testing/literals.ts';
import { account, other, refusalOf } from '../cloudformation/refusals.ts';

const target = `arn:aws:states:us-east-1:${account}:stateMachine:parent`;
const scheduler = { Service: 'scheduler.amazonaws.com' };
const group = (name: string): JsonObject => ({
  StringEquals: {
    'aws:SourceAccount': account,
    'aws:SourceArn': `arn:aws:scheduler:us-east-1:${account}:schedule-group/${name}`,
  },
});

const schedule = (properties: JsonObject = {}): TemplateResource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: 'monthly',
    ScheduleExpression: 'cron(0 6 1 * ? *)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: target, RoleArn: arnOf('Role') },
    ...properties,
  },
});
const scheduled = (trust: JsonObject, properties?: JsonObject): Resources => ({
  Role: role('schedule-role', trust),
  Monthly: schedule(properties),
});

describe('a schedule', () => {
  test('is registered with what it would start', async () => {
    const sandbox = await sandboxWith([{ account, resources: scheduled(trusting(scheduler)) }]);
    expect([...sandbox.schedules]).toEqual([
      [`arn:aws:scheduler:us-east-1:${account}:schedule/default/monthly`, target],
    ]);
  });

  test('has a name of its own in its group', async () => {
    const before = { account, resources: scheduled(trusting(scheduler)) };
    const second = (properties?: JsonObject): Resources => ({
      Role: role('another-role', trusting(scheduler)),
      Second: schedule(properties),
    });
    expect(await refusalOf(second(), before)).toBe(
      `Second (AWS::Scheduler::Schedule) in account ${account}: ConflictException: Schedule monthly already exists.`,
    );
    expect(await refusalOf(second({ GroupName: 'ours' }), before)).toBeUndefined();
    expect(await refusalOf(second(), { ...before, account: other })).toBeUndefined();
  });

  test('needs a role that EventBridge Scheduler can assume', async () => {
    expect(await refusalOf(scheduled(trusting({ Service: 'states.amazonaws.com' })))).toContain(
      `Monthly (AWS::Scheduler::Schedule) in account ${account}: ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.`,
    );
    expect(await refusalOf(scheduled(trusting(scheduler)))).toBeUndefined();
  });

  test.each([
    ['the default group', {}, 'default', 'ours'],
    ['a group of its own', { GroupName: 'ours' }, 'ours', 'default'],
  ])('in %s is known to its role by account and group', async (_, properties, own, another) => {
    expect(await refusalOf(scheduled(trusting(scheduler, group(own)), properties))).toBeUndefined();
    expect(await refusalOf(scheduled(trusting(scheduler, group(another)), properties))).toContain(
      'ValidationException',
    );
  });
});
