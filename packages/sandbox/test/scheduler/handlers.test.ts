import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { type LiteralStack, arnOf, role, states, trusting } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { handled, refusal } from '../handling.ts';

const target = (name: string): string => `arn:aws:states:us-east-1:${account}:stateMachine:${name}`;
const stack = (name = 'parent', properties: JsonObject = {}, roleId = 'Role'): LiteralStack => ({
  account,
  resources: {
    Role: role('schedule-role', trusting({ Service: 'scheduler.amazonaws.com' })),
    Wrong: role('wrong-role', states),
    Monthly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'monthly',
        ScheduleExpression: 'cron(0 6 1 * ? *)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: target(name), RoleArn: arnOf(roleId) },
        ...properties,
      },
    },
  },
});

test('a schedule gets another target and state, unless its role cannot be assumed', async () => {
  const { sandbox, update, read } = await handled(stack(), 'Monthly');
  await update(stack('other', { State: 'DISABLED' }));
  expect(sandbox.schedules.all.map((schedule) => schedule.target.arn)).toEqual([target('other')]);
  expect(read()).toMatchObject({ State: 'DISABLED' });
  expect(await refusal(() => update(stack('third', {}, 'Wrong')))).toMatch(/^ValidationException: The execution role/);
  expect(sandbox.schedules.all.map((schedule) => schedule.target.arn)).toEqual([target('other')]);
});

test('a schedule is deleted, and its name is free again', async () => {
  const { sandbox, create, update, remove, read } = await handled(stack(), 'Monthly');
  expect(await refusal(create)).toBe('ConflictException: Schedule monthly already exists.');
  await remove();
  await remove();
  expect([read(), sandbox.schedules.all]).toEqual([undefined, []]);
  expect(await refusal(() => update(stack()))).toBe('ResourceNotFoundException: Schedule monthly does not exist.');
  expect(await refusal(create)).toBeUndefined();
});
