import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../src/sandbox.ts';
import { allow, policy, type Resources, sandboxWith, stacksOf } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { measured } from '../cloudwatch/measured.ts';
import { around, firings, machineArn, place, queue, queueArn, schedule, scheduleArn, starts } from './scheduled.ts';

const at = 'at(2026-01-02T03:30:00)';
const begunAt = Date.UTC(2026, 0, 2, 3, 30);
const letters = { DeadLetterConfig: { Arn: queueArn } };
const onlyLetters = [allow('sqs:SendMessage')];

const sandboxOf = (statements: readonly JsonObject[], resources: Resources) =>
  sandboxWith([{ account, resources: { ...around(statements), ...resources } }]);

/** Seconds from the first attempt to each. */
const attempts = ({ schedules }: Sandbox): readonly number[] =>
  schedules.firings(scheduleArn).flatMap((firing) => firing.attempts.map((each) => (each.at - begunAt) / 1_000));

/** Sums of the metrics of the group. */
const counts = (sandbox: Sandbox): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(measured(sandbox, place, 'AWS/Scheduler')).flatMap(([name, [, sum]]) =>
      name.includes('{ScheduleGroup=default}') ? [[name.replace(/\{.*/, ''), sum]] : [],
    ),
  );

describe('a target that refuses', () => {
  test('is tried again with growing pauses, then the request ends in the queue', async () => {
    const RetryPolicy = { MaximumRetryAttempts: 3 };
    const Input = '{"wind":"<aws.scheduler.attempt-number>"}';
    const sandbox = await sandboxOf(onlyLetters, {
      Queue: queue,
      Tried: schedule(at, {}, { ...letters, RetryPolicy, Input }),
    });
    await sandbox.settle(60);
    expect(attempts(sandbox)).toEqual([0, 1, 3, 7]);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 4 dead letter']);
    expect(sandbox.messages.of(queueArn)).toEqual([
      {
        id: expect.any(String) as string,
        body: JSON.stringify({ StateMachineArn: machineArn, Input: '{"wind":"4"}' }),
        sentAt: begunAt + 7_000,
        attributes: {
          ERROR_CODE: 'AccessDeniedException',
          ERROR_MESSAGE: expect.stringContaining('is not authorized to perform: states:StartExecution') as string,
          EXECUTION_ID: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
          IS_PAYLOAD_TRUNCATED: 'false',
          RETRY_ATTEMPTS: '3',
          SCHEDULED_TIME: '2026-01-02T03:30:00Z',
          SCHEDULE_ARN: scheduleArn,
          TARGET_ARN: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution',
        },
      },
    ]);
    expect(counts(sandbox)).toEqual({
      InvocationAttemptCount: 4,
      TargetErrorCount: 4,
      InvocationDroppedCount: 1,
      InvocationsSentToDeadLetterCount: 1,
    });
    expect(sandbox.decisions.denials()).toMatchObject([{ request: { action: 'states:StartExecution' }, times: 4 }]);
  });

  test('is given up when the request is too old', async () => {
    const RetryPolicy = { MaximumEventAgeInSeconds: 60 };
    const sandbox = await sandboxOf(onlyLetters, {
      Queue: queue,
      Tried: schedule(at, {}, { ...letters, RetryPolicy }),
    });
    await sandbox.settle(60);
    expect(attempts(sandbox)).toEqual([0, 1, 3, 7, 15, 31]);
    expect(sandbox.messages.of(queueArn)).toMatchObject([
      {
        sentAt: begunAt + 60_000,
        attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '5' },
      },
    ]);
  });

  test('is tried for a day without a policy of retries', async () => {
    const sandbox = await sandboxOf(onlyLetters, { Queue: queue, Tried: schedule(at, {}, letters) });
    await sandbox.settle(25 * 60);
    const tried = attempts(sandbox);
    expect(tried).toHaveLength(186);
    expect((tried.at(-1) ?? 0) / 3_600).toBeCloseTo(23.6, 1);
  });

  test('is invoked by a retry once the permission is there', async () => {
    const sandbox = await sandboxOf(onlyLetters, { Queue: queue, Tried: schedule(at, {}, letters) });
    await sandbox.settle(26);
    const Fix = policy(['schedule-role'], allow('states:StartExecution', machineArn));
    const [, fix] = stacksOf({ account, resources: {} }, { account, resources: { Fix } });
    if (fix) await sandbox.deploy(fix);
    await sandbox.settle(10);
    expect(starts(sandbox)).toHaveLength(1);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 4 invoked']);
    expect(sandbox.messages.of(queueArn)).toEqual([]);
  });

  test('is not tried again once the schedule is deleted', async () => {
    const sandbox = await sandboxOf(onlyLetters, { Queue: queue, Tried: schedule(at, {}, letters) });
    await sandbox.settle(26);
    sandbox.schedules.remove(scheduleArn);
    const before = counts(sandbox);
    await sandbox.settle(60);
    expect(counts(sandbox)).toEqual(before);
    expect(sandbox.messages.of(queueArn)).toEqual([]);
  });

  test('because the request is wrong in itself is not tried again', async () => {
    const Input = JSON.stringify({ StateMachineArn: machineArn, Name: 'a name', Input: '{}' });
    const Arn = 'arn:aws:scheduler:::aws-sdk:sfn:startExecution';
    const sandbox = await sandboxOf([allow('*')], {
      Queue: queue,
      Tried: schedule(at, {}, { ...letters, Arn, Input }),
    });
    await sandbox.settle(60);
    expect(attempts(sandbox)).toEqual([0]);
    const [letter] = sandbox.messages.of(queueArn);
    expect(letter?.attributes).toMatchObject({ ERROR_CODE: 'InvalidName', RETRY_ATTEMPTS: '0' });
    expect(letter?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });

  test('leaves nothing without a queue', async () => {
    const RetryPolicy = { MaximumRetryAttempts: 0 };
    const sandbox = await sandboxOf(onlyLetters, { Tried: schedule(at, {}, { RetryPolicy }) });
    await sandbox.settle(60);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 1 dropped']);
    expect(counts(sandbox)).toEqual({ InvocationAttemptCount: 1, TargetErrorCount: 1, InvocationDroppedCount: 1 });
  });

  test.each<[string, readonly JsonObject[], Resources, string]>([
    ['may not be used', [allow('logs:*')], { Queue: queue }, 'AccessDenied'],
    ['does not exist', onlyLetters, {}, 'AWS.SimpleQueueService.NonExistentQueue'],
  ])('leaves nothing but a metric if the queue %s', async (_, statements, resources, code) => {
    const RetryPolicy = { MaximumRetryAttempts: 0 };
    const Tried = schedule(at, {}, { ...letters, RetryPolicy });
    const sandbox = await sandboxOf(statements, { ...resources, Tried });
    await sandbox.settle(60);
    expect(firings(sandbox)).toEqual(['2026-01-02T03:30:00.000Z 1 dropped']);
    expect(counts(sandbox)).toMatchObject({
      InvocationsFailedToBeSentToDeadLetterCount: 1,
      [`InvocationsFailedToBeSentToDeadLetterCount_${code}`]: 1,
    });
  });

  test('because it throttles counts as throttled, and is invoked a second later', async () => {
    const quotas = { startExecution: { size: 1, refillPerSecond: 1 } };
    const resources = { ...around(), Tried: schedule(at), Other: schedule(at, { Name: 'other' }) };
    const sandbox = await sandboxWith([{ account, resources }], { quotas });
    await sandbox.settle(60);
    expect(starts(sandbox)).toEqual(['2026-01-02T03:30:00.000Z', '2026-01-02T03:30:01.000Z']);
    expect(counts(sandbox)).toEqual({
      InvocationAttemptCount: 3,
      TargetErrorCount: 1,
      TargetErrorThrottledCount: 1,
    });
  });
});

test('a role that can no longer be assumed is tried again, and named', async () => {
  const RetryPolicy = { MaximumRetryAttempts: 1 };
  const sandbox = await sandboxOf([allow('*')], { Tried: schedule(at, {}, { RetryPolicy }) });
  const roleArn = `arn:aws:iam::${account}:role/schedule-role`;
  sandbox.identities.removeRole(roleArn);
  await sandbox.settle(60);
  const [firing] = sandbox.schedules.firings(scheduleArn);
  expect(firing).toMatchObject({ outcome: 'dropped', attempts: [{ error: { code: 'AccessDenied' } }, {}] });
  expect(firing?.attempts[0]?.error?.message).toContain(roleArn);
});
