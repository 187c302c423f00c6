import { expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { allow, lambda, now, role, sandboxWith } from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { signedHeaders } from '../signed-request.ts';
import { credentialsAs } from '../sts/callers.ts';
import { around, machineArn, schedule, scheduleArn } from './scheduled.ts';

/** A sandbox with three schedules, and what EventBridge Scheduler answers to a reader with a statement. */
async function asked(path: string, statement = allow('scheduler:*')) {
  const resources = {
    ...around(),
    Reader: role('reader', lambda, statement),
    Tried: schedule('rate(5 minutes)', { StartDate: '2026-02-01T00:00:00Z' }),
    Other: schedule('cron(0 6 1 * ? *)', { Name: 'other', State: 'DISABLED' }),
    Ours: schedule('cron(0 6 1 * ? *)', { Name: 'ours', GroupName: 'ours' }),
  };
  const sandbox = await sandboxWith([{ account, resources }]);
  const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/reader`);
  const request = { method: 'GET', url: `${sandbox.endpointUrl}${path}` };
  const headers = signedHeaders(request, { credentials, service: 'scheduler' });
  const response = await fetch(request.url, { method: 'GET', headers });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

test('a schedule is read with its defaults', async () => {
  const { status, body } = await asked('/schedules/tried');
  expect(status).toBe(200);
  expect(body).toEqual({
    ActionAfterCompletion: 'NONE',
    Arn: scheduleArn,
    CreationDate: now / 1_000,
    FlexibleTimeWindow: { Mode: 'OFF' },
    GroupName: 'default',
    LastModificationDate: now / 1_000,
    Name: 'tried',
    ScheduleExpression: 'rate(5 minutes)',
    ScheduleExpressionTimezone: 'UTC',
    StartDate: Date.UTC(2026, 1, 1) / 1_000,
    State: 'ENABLED',
    Target: {
      Arn: machineArn,
      Input: '{}',
      RoleArn: `arn:aws:iam::${account}:role/schedule-role`,
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    },
  });
});

test.each([
  ['/schedules', ['tried', 'other', 'ours']],
  ['/schedules?ScheduleGroup=default', ['tried', 'other']],
  ['/schedules?State=DISABLED', ['other']],
  ['/schedules?NamePrefix=o', ['other', 'ours']],
  ['/schedules?MaxResults=2', ['tried', 'other']],
])('%s lists %j', async (path, names) => {
  const { body } = await asked(path);
  expect((body['Schedules'] as readonly JsonObject[]).map((each) => each['Name'])).toEqual(names);
  expect(body['NextToken'] !== undefined).toBe(path.includes('MaxResults'));
});

test.each([
  ['that does not exist', '/schedules/absent', undefined, 404, 'Schedule absent does not exist.'],
  ['of another group', '/schedules/ours', undefined, 404, 'Schedule ours does not exist.'],
  ['without permission', '/schedules/tried', allow('scheduler:ListSchedules'), 403, 'scheduler:GetSchedule'],
])('a schedule %s is not read', async (_, path, statement, status, message) => {
  const answer = await asked(path, statement);
  expect(answer.status).toBe(status);
  expect(answer.body['message']).toContain(message);
});

test('a schedule of a group is read by both names', async () => {
  expect((await asked('/schedules/ours?groupName=ours')).body).toMatchObject({ Name: 'ours', GroupName: 'ours' });
});
