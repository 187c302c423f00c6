import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import {
  allow,
  arnOf,
  type Resources,
  role,
  stateMachine,
  states,
  trusting,
} from '@crosswind/sandbox/testing/literals';
import { explainInSandbox } from '../../../cli/why/sources/sandbox.ts';
import { account, machineArn, oneAccount } from './small-runs.ts';

const stages = [{ stage: 'parent', stateMachineArn: machineArn('started') }];
const scheduleArn = `arn:aws:scheduler:us-east-1:${account}:schedule/default/daily`;

/** A schedule that starts a machine each hour, the first time at 04:00; the sandbox begins at 03:04. */
const hourly = (properties: JsonObject = {}, ...statements: readonly JsonObject[]): Resources => ({
  MachineRole: role('machine', states),
  Started: stateMachine('started', { Done: { Type: 'Succeed' } }),
  Role: role('schedule-role', trusting({ Service: 'scheduler.amazonaws.com' }), ...statements),
  Schedule: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'daily',
      ScheduleExpression: 'cron(0 * * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: machineArn('started'),
        RoleArn: arnOf('Role'),
        Input: '{}',
        RetryPolicy: { MaximumRetryAttempts: 0 },
      },
      ...properties,
    },
  },
});
const mayStart = allow('states:StartExecution');
const explained = (sandbox: Sandbox) => explainInSandbox(sandbox, { stages });

describe('a schedule', () => {
  test('that has started a run is fine', async () => {
    const sandbox = await oneAccount(hourly({}, mayStart));
    await sandbox.settle(60);
    expect(explained(sandbox).claims).toMatchObject([{ id: 'succeeded' }]);
  });

  test('whose first time has not come has missed nothing', async () => {
    const sandbox = await oneAccount(hourly({}, mayStart));
    await sandbox.settle(30);
    const { claims, fixes, runbook } = explained(sandbox);
    expect(claims).toMatchObject([
      { id: 'not-started', sentence: 'started has not been started: its schedule has not come to its first time' },
    ]);
    expect(fixes).toMatchObject([{ kind: 'command' }]);
    expect(runbook).toBeNull();
  });

  test.each<[string, Resources, string]>([
    ['that may not start it', hourly(), 'the start was refused'],
    ['that is disabled', hourly({ State: 'DISABLED' }, mayStart), 'it is disabled'],
  ])('%s never started a run', async (_, resources, why) => {
    const sandbox = await oneAccount(resources);
    await sandbox.settle(60);
    const { claims, runbook } = explained(sandbox);
    expect(claims[0]?.id).toBe('never-started');
    expect(claims[0]?.sentence).toContain(why);
    expect(runbook).toBe('docs/runbooks/runs-late.md');
  });

  test('that loses a time after a run never started the next one, and nothing is said of the one before', async () => {
    const sandbox = await oneAccount(hourly({}, mayStart));
    await sandbox.settle(60);
    sandbox.schedules.loseNext(scheduleArn);
    await sandbox.settle(60);
    expect(explained(sandbox).claims).toMatchObject([
      { id: 'never-started', sentence: expect.stringContaining('T05:00:00.000Z') as string },
    ]);
    await sandbox.settle(60);
    expect(explained(sandbox).claims).toMatchObject([{ id: 'succeeded' }]);
  });

  test('that fires twice for one time started two runs', async () => {
    const sandbox = await oneAccount(hourly({}, mayStart));
    await sandbox.settle(60);
    sandbox.schedules.fireAgain(scheduleArn);
    await sandbox.settle(1);
    expect(explained(sandbox).claims).toMatchObject([{ id: 'started-twice', certain: true }]);
    await sandbox.settle(60);
    expect(explained(sandbox).claims).toMatchObject([{ id: 'succeeded' }]);
  });
});

test('a machine that no schedule starts has missed nothing', async () => {
  const { Schedule, ...rest } = hourly();
  expect(Schedule).toBeDefined();
  const sandbox = await oneAccount(rest);
  await sandbox.settle(60);
  expect(explained(sandbox).claims).toMatchObject([
    { id: 'not-started', sentence: 'started has not been started: no schedule starts it, and nobody did' },
  ]);
});
