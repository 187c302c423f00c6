import type { TemplateResource } from '@crosswind/assembly/template';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../src/sandbox.ts';
import { allow, arnOf, type Resources, role, stateMachine, states, trusting } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';

export const scheduler = { Service: 'scheduler.amazonaws.com' };
export const place = { account, region: 'us-east-1' };
export const scheduleArn = `arn:aws:scheduler:us-east-1:${account}:schedule/default/tried`;
export const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:started`;
export const queueArn = `arn:aws:sqs:us-east-1:${account}:letters`;

/** A schedule `tried` that starts the state machine `started`. */
export const schedule = (
  expression: string,
  properties: JsonObject = {},
  target: JsonObject = {},
): TemplateResource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: 'tried',
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: machineArn, RoleArn: arnOf('Role'), Input: '{}', ...target },
    ...properties,
  },
});

export const queue: TemplateResource = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } };

/** The state machine `started`, and a role of schedules that may do everything unless statements are given. */
export const around = (statements: readonly JsonObject[] = [allow('*')]): Resources => ({
  MachineRole: role('machine', states),
  Started: stateMachine('started', { Done: { Type: 'Succeed' } }),
  Role: role('schedule-role', trusting(scheduler), ...statements),
});

/** When executions of the state machine began, in ISO 8601. */
export const starts = ({ executions }: Sandbox): readonly string[] =>
  executions.of(machineArn).map(({ startedAt }) => new Date(startedAt).toISOString());

/** The firings of the schedule: their time, the number of attempts and the outcome. */
export const firings = ({ schedules }: Sandbox): readonly string[] =>
  schedules
    .firings(scheduleArn)
    .map(
      ({ scheduledAt, attempts, outcome }) => `${new Date(scheduledAt).toISOString()} ${attempts.length} ${outcome}`,
    );
