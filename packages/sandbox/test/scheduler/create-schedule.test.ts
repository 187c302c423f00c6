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
    expect(sandbox.schedules.all).toMatchObject([
      { arn: `arn:aws:scheduler:us-east-1:${account}:schedule/default/monthly`, target: { arn: target } },
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

describe('a schedule is refused', () => {
  const within = { Name: 'tried', Target: { Arn: target, RoleArn: arnOf('Role') } };
  const targeting = (rest: JsonObject): JsonObject => ({ Target: { ...within.Target, ...rest } });

  test.each<[string, JsonObject, string]>([
    [
      'with an expression of another form',
      { ScheduleExpression: 'cron(0 6 * * * *)' },
      'Invalid Schedule Expression cron(0 6 * * * *). (expected ? as day-of-month or as day-of-week, and not as both; write ? for the one that does not matter)',
    ],
    [
      'with a time zone that does not exist',
      { ScheduleExpressionTimezone: 'Atlantis/Capital' },
      'Invalid Schedule Expression Timezone Atlantis/Capital.',
    ],
    [
      'with a start date that is long past',
      { StartDate: '2026-01-02T02:59:04Z' },
      'The StartDate you specify cannot be earlier than 5 minutes ago.',
    ],
    [
      'with an end before its start',
      { StartDate: '2026-02-02T00:00:00Z', EndDate: '2026-02-01T00:00:00Z' },
      'The StartDate you specify must come before the EndDate.',
    ],
    [
      'with a flexible window without a length',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      "1 validation error detected: Value 'undefined' at 'MaximumWindowInMinutes' failed to satisfy constraint: Member must have value between 1 and 1440",
    ],
    [
      'with more retries than there are',
      targeting({ RetryPolicy: { MaximumRetryAttempts: 186 } }),
      "1 validation error detected: Value '186' at 'MaximumRetryAttempts' failed to satisfy constraint: Member must have value between 0 and 185",
    ],
    [
      'with an input that is no JSON',
      targeting({ Input: 'wind' }),
      `Invalid request provided: the input of ${target} must be a valid JSON.`,
    ],
    [
      'with a FIFO queue for dead letters',
      targeting({ DeadLetterConfig: { Arn: `arn:aws:sqs:us-east-1:${account}:letters.fifo` } }),
      'Invalid request provided: a FIFO queue is not supported as a dead-letter queue.',
    ],
    [
      'with a target that only reads',
      targeting({ Arn: 'arn:aws:scheduler:::aws-sdk:sqs:getQueueUrl' }),
      'Invalid request provided: sqs:getQueueUrl only reads.',
    ],
    [
      'with a target of a service without templates',
      targeting({ Arn: `arn:aws:rds:us-east-1:${account}:db:winds` }),
      'Invalid request provided: rds is not a supported service for a target.',
    ],
  ])('%s', async (_, properties, message) => {
    expect(await refusalOf(scheduled(trusting(scheduler), properties))).toBe(
      `Monthly (AWS::Scheduler::Schedule) in account ${account}: ValidationException: ${message}`,
    );
  });

  test.each<JsonObject>([
    { StartDate: '2026-01-02T02:59:05Z', EndDate: '2026-02-01T00:00:00Z' },
    { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1_440 } },
    targeting({ RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 60 }, Input: '"wind"' }),
    targeting({ Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', Input: '{}' }),
    targeting({ Arn: `arn:aws:sqs:us-east-1:${account}:letters`, Input: 'wind' }),
  ])('unless it is in order: %j', async (properties) => {
    expect(await refusalOf(scheduled(trusting(scheduler), properties))).toBeUndefined();
  });

  test('for a target that only AWS calls in strict mode; otherwise it is named, and fires without effect', async () => {
    const properties = targeting({ Arn: `arn:aws:ecs:us-east-1:${account}:cluster/winds` });
    const resources = scheduled(trusting(scheduler), { ...properties, ScheduleExpression: 'rate(1 day)' });
    const why = 'the sandbox starts sfn:startExecution, lambda:invoke, sqs:sendMessage by a schedule, not ecs:runTask';
    await expect(sandboxWith([{ account, resources }], { strict: true })).rejects.toThrow(why);
    const sandbox = await sandboxWith([{ account, resources }]);
    expect(sandbox.opaque).toMatchObject([{ type: 'AWS::Scheduler::Schedule', why }]);
    await sandbox.settle(1);
    const [arn = ''] = sandbox.schedules.all.map((each) => each.arn);
    expect(sandbox.schedules.firings(arn)).toMatchObject([{ outcome: 'not simulated', attempts: [] }]);
  });
});
