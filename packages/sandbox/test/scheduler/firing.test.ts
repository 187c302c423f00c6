import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, arnOf, lambda, lambdaFunction, type Resources, role, sandboxWith } from '../../src/testing/literals.ts';
import { measured } from '../cloudwatch/measured.ts';
import { account } from '../cloudformation/refusals.ts';
import { handled } from '../handling.ts';
import { around, firings, machineArn, place, queue, queueArn, schedule, scheduleArn, starts } from './scheduled.ts';

const sandboxOf = (resources: Resources) => sandboxWith([{ account, resources: { ...around(), ...resources } }]);

describe('a schedule', () => {
  // Virtual time begins at 2026-01-02T03:04:05Z.
  test.each<[string, string, JsonObject, readonly string[]]>([
    ['a rate, at once', 'rate(20 minutes)', {}, ['03:04:05', '03:24:05', '03:44:05', '04:04:05']],
    ['a cron expression', 'cron(0/30 * * * ? *)', {}, ['03:30:00', '04:00:00']],
    ['its time', 'at(2026-01-02T03:30:00)', {}, ['03:30:00']],
    ['its time at once, when that is past', 'at(2026-01-02T03:00:00)', {}, ['03:04:05']],
    ['its time zone', 'at(2026-01-02T04:30:00)', { ScheduleExpressionTimezone: 'Europe/Berlin' }, ['03:30:00']],
    ['a start date', 'rate(30 minutes)', { StartDate: '2026-01-02T03:10:00Z' }, ['03:10:00', '03:40:00']],
    ['an end date', 'rate(20 minutes)', { EndDate: '2026-01-02T03:30:00Z' }, ['03:04:05', '03:24:05']],
    ['nothing while it is disabled', 'rate(20 minutes)', { State: 'DISABLED' }, []],
  ])('starts an execution by %s', async (_, expression, properties, times) => {
    const sandbox = await sandboxOf({ Tried: schedule(expression, properties) });
    await sandbox.settle(60);
    expect(starts(sandbox)).toEqual(times.map((time) => `2026-01-02T${time}.000Z`));
  });

  test('invokes its target at one place in its flexible time window', async () => {
    const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 };
    const sandbox = await sandboxOf({ Tried: schedule('cron(0 * * * ? *)', { FlexibleTimeWindow }) });
    await sandbox.settle(150);
    const late = starts(sandbox).map((at, index) => Date.parse(at) - Date.UTC(2026, 0, 2, 4 + index));
    expect(late).toHaveLength(2);
    expect(late[0]).toBe(late[1]);
    expect(late[0]).toBeGreaterThan(0);
    expect(late[0]).toBeLessThan(15 * 60_000);
    expect(sandbox.schedules.firings(scheduleArn)[0]?.scheduledAt).toBe(Date.UTC(2026, 0, 2, 4));
  });

  test('keeps no run alive, and fires while one goes on', async () => {
    const sandbox = await sandboxOf({ Tried: schedule('rate(1 minute)') });
    await sandbox.simulation.run(() => false);
    expect(starts(sandbox)).toEqual(['2026-01-02T03:04:05.000Z']);
  });

  test('fires in real time while it is served, and no faster', async () => {
    const sandbox = await sandboxOf({ Tried: schedule('rate(1 minute)') });
    const over = new AbortController();
    const serving = sandbox.serve(over.signal);
    await expect.poll(() => starts(sandbox)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    over.abort();
    await serving;
    expect(starts(sandbox)).toHaveLength(1);
  });

  test('forgets its old time when it is changed', async () => {
    const of = (expression: string) => ({ account, resources: { ...around(), Tried: schedule(expression) } });
    const { sandbox, update, remove } = await handled(of('cron(30 3 * * ? *)'), 'Tried');
    await update(of('cron(45 3 * * ? *)'));
    await sandbox.settle(60);
    expect(starts(sandbox)).toEqual(['2026-01-02T03:45:00.000Z']);
    await remove();
    await sandbox.settle(24 * 60);
    expect(starts(sandbox)).toHaveLength(1);
  });

  test('that has run once does not run again when it is changed', async () => {
    const of = (properties: JsonObject) => ({
      account,
      resources: { ...around(), Tried: schedule('at(2026-01-02T03:30:00)', properties) },
    });
    const { sandbox, update } = await handled(of({}), 'Tried');
    await sandbox.settle(60);
    await update(of({ Description: 'done' }));
    await sandbox.settle(60);
    expect(starts(sandbox)).toEqual(['2026-01-02T03:30:00.000Z']);
  });
});

const input = JSON.stringify({
  schedule: '<aws.scheduler.schedule-arn>',
  at: '<aws.scheduler.scheduled-time>',
  id: '<aws.scheduler.execution-id>',
  attempt: '<aws.scheduler.attempt-number>',
});
const filled = {
  schedule: scheduleArn,
  at: '2026-01-02T03:30:00Z',
  id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
  attempt: '1',
};
const once = (target: JsonObject) => schedule('at(2026-01-02T03:30:00)', {}, target);

describe('a target', () => {
  test('gets the input, with values for the context attributes', async () => {
    const sandbox = await sandboxOf({ Tried: once({ Input: input }) });
    await sandbox.settle(60);
    expect(sandbox.executions.of(machineArn).map((execution) => execution.input)).toEqual([filled]);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 1 invoked']);
  });

  test('without an input gets a notification', async () => {
    const Target = { Arn: queueArn, RoleArn: arnOf('Role') };
    const sandbox = await sandboxOf({ Queue: queue, Tried: schedule('at(2026-01-02T03:30:00)', { Target }) });
    await sandbox.settle(60);
    const [message] = sandbox.messages.of(queueArn);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      source: 'aws.scheduler',
      time: '2026-01-02T03:30:00Z',
      resources: [scheduleArn],
    });
  });

  test.each([
    ['a queue', { Arn: queueArn, Input: 'any text' }],
    [
      'a queue by a universal target',
      {
        Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
        Input: JSON.stringify({
          QueueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/letters`,
          MessageBody: 'any text',
        }),
      },
    ],
  ])('may be %s', async (_, target) => {
    const sandbox = await sandboxOf({ Queue: queue, Tried: once(target) });
    await sandbox.settle(60);
    expect(sandbox.messages.of(queueArn)).toMatchObject([{ body: 'any text', sentAt: Date.UTC(2026, 0, 2, 3, 30) }]);
  });

  test('may start an execution with a name, by a universal target', async () => {
    const Input = JSON.stringify({ StateMachineArn: machineArn, Name: 'named', Input: '{"a":1}' });
    const sandbox = await sandboxOf({ Tried: once({ Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution', Input }) });
    await sandbox.settle(60);
    expect(sandbox.executions.of(machineArn)).toMatchObject([{ name: 'named', input: { a: 1 } }]);
  });

  const functionArn = `arn:aws:lambda:us-east-1:${account}:function:noting`;
  test.each([
    ['asynchronously', { Arn: functionArn, Input: '{"wind":5}' }],
    [
      'and waited for, by a universal target',
      {
        Arn: 'arn:aws:scheduler:::aws-sdk:lambda:invoke',
        Input: JSON.stringify({ FunctionName: functionArn, Payload: '{"wind":5}' }),
      },
    ],
  ])('may be a function, invoked %s', async (_, target) => {
    const sandbox = await sandboxOf({
      FunctionRole: role('function', lambda, allow('*')),
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/noting' } },
      Noting: lambdaFunction('noting', 'export const handler = (event) => console.log("wind", event.wind);', {
        LoggingConfig: { LogGroup: '/aws/lambda/noting' },
      }),
      Tried: once(target),
    });
    await sandbox.settle(60);
    expect(measured(sandbox, place, 'AWS/Lambda')['Invocations{FunctionName=noting} Count']?.[1]).toBe(1);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 1 invoked']);
  });

  test('is called as the role of the schedule, assumed each time', async () => {
    const sandbox = await sandboxOf({ Tried: schedule('rate(20 minutes)') });
    sandbox.decisions.clear();
    await sandbox.settle(60);
    expect(sandbox.decisions.allowed()).toEqual({ 'states:StartExecution': 4, 'sts:AssumeRole': 4 });
  });
});

describe('delivery at least once', () => {
  test('fires a second time for the same scheduled time', async () => {
    const sandbox = await sandboxOf({ Tried: once({}) });
    expect(() => {
      sandbox.schedules.fireAgain(scheduleArn);
    }).toThrow(`expected a firing of ${scheduleArn} to repeat, got none yet; let time pass first`);
    await sandbox.settle(30);
    sandbox.schedules.fireAgain(scheduleArn);
    await sandbox.settle(1);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 1 invoked', '2026-01-02T03:30:00.000Z 1 invoked']);
    expect(starts(sandbox)).toHaveLength(2);
  });

  test('loses the next firing, and only that', async () => {
    const sandbox = await sandboxOf({ Tried: schedule('rate(20 minutes)') });
    sandbox.schedules.loseNext(scheduleArn);
    await sandbox.settle(20);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:04:05.000Z 0 skipped', '2026-01-02T03:24:05.000Z 1 invoked']);
    expect(starts(sandbox)).toEqual(['2026-01-02T03:24:05.000Z']);
    expect(measured(sandbox, place, 'AWS/Scheduler')).toEqual({
      'InvocationAttemptCount{ScheduleGroup=default} Count': [1, 1, 1],
      'InvocationAttemptCount{} Count': [1, 1, 1],
    });
  });

  test('knows the schedules that are deployed', async () => {
    const sandbox = await sandboxOf({});
    expect(() => sandbox.schedules.firings(scheduleArn)).toThrow(
      `expected the ARN of a schedule that is deployed, got ${scheduleArn}`,
    );
  });
});

test('four weeks of a schedule every five minutes cost little besides the target', async () => {
  const sandbox = await sandboxOf({
    Queue: queue,
    Tried: schedule('cron(0/5 * * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' }, { Arn: queueArn }),
  });
  const before = process.cpuUsage();
  await sandbox.settle(28 * 24 * 60);
  const { user, system } = process.cpuUsage(before);
  expect(sandbox.messages.of(queueArn)).toHaveLength(8_064);
  // 0.8 s on the machine that this was measured on, a third of it decisions and messages. The bar is for slips.
  expect((user + system) / 1_000_000).toBeLessThan(4);
});
