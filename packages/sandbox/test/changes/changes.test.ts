import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  allow,
  execute,
  lambda,
  now,
  policy,
  type Resources,
  role,
  sandboxWith,
  stacksOf,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';
import { keptChanges } from '../../src/changes/change-log.ts';

const account = '444444444444';
const minute = 60_000;
const roleArn = `arn:aws:iam::${account}:role/reader`;
const scheduleArn = `arn:aws:scheduler:us-east-1:${account}:schedule/default/tick`;
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;

async function deploy(sandbox: Sandbox, resources: Resources): Promise<void> {
  for (const stack of stacksOf({ account, resources })) await sandbox.deploy(stack);
}

const reader = role('reader', lambda, allow('s3:GetObject'));
const attached = (...actions: readonly string[]): Resources => ({
  Reader: reader,
  More: policy(['reader'], allow([...actions])),
});

/** Deploys one after the other, a minute apart, and returns what has changed. */
async function changesOf(...versions: readonly Resources[]): Promise<readonly unknown[]> {
  const sandbox = await sandboxWith([]);
  for (const resources of versions) {
    await deploy(sandbox, resources);
    await sandbox.settle(1);
  }
  return sandbox.changes.all;
}

describe('changes of a stack', () => {
  const stack = { account, kind: 'stack' };

  test('are none when it is created, or deployed again as it is', async () => {
    expect(await changesOf({ Reader: reader }, { Reader: reader })).toEqual([]);
  });

  test('are recorded with their virtual time, the resource and what differs', async () => {
    expect(
      await changesOf(
        { Reader: reader },
        { Reader: role('reader', lambda, allow('s3:PutObject')) },
        { Reader: reader },
      ),
    ).toEqual([
      {
        ...stack,
        id: 'change-1',
        at: now + minute,
        resource: roleArn,
        sentence: 'stack Stack0 changed Reader (AWS::IAM::Role): Policies "s3:PutObject" instead of "s3:GetObject"',
      },
      {
        ...stack,
        id: 'change-2',
        at: now + 2 * minute,
        resource: roleArn,
        sentence: 'stack Stack0 changed Reader (AWS::IAM::Role): Policies "s3:GetObject" instead of "s3:PutObject"',
      },
    ]);
  });

  test('in a policy are those of its role', async () => {
    expect(await changesOf(attached('s3:PutObject', 's3:DeleteObject'), attached('s3:DeleteObject'))).toMatchObject([
      {
        resource: roleArn,
        sentence:
          'stack Stack0 changed More (AWS::IAM::Policy), a policy of the role reader: PolicyDocument without "s3:PutObject"',
      },
    ]);
  });

  test('name what is created and deleted', async () => {
    const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'winds' } };
    const changes = await changesOf({ Reader: reader }, { Reader: reader, Topic: topic }, { Reader: reader });
    expect(changes).toMatchObject([
      { resource: `arn:aws:sns:us-east-1:${account}:winds`, sentence: 'stack Stack0 created Topic (AWS::SNS::Topic)' },
      { resource: `arn:aws:sns:us-east-1:${account}:winds`, sentence: 'stack Stack0 deleted Topic (AWS::SNS::Topic)' },
    ]);
  });

  test('are none when an update fails and is rolled back', async () => {
    const sandbox = await sandboxWith([]);
    await deploy(sandbox, { Reader: reader });
    const changed = role('reader', lambda, allow('s3:PutObject'));
    const taken = { ...role('reader', lambda), DependsOn: ['Reader'] };
    await expect(deploy(sandbox, { Reader: changed, Again: taken })).rejects.toThrow('reader');
    expect(sandbox.changes.all).toEqual([]);
  });

  test('name a stack that is deleted', async () => {
    const sandbox = await sandboxWith([{ account, resources: { Reader: reader } }]);
    const { cloudFormation } = sandbox;
    const stack = cloudFormation.stacks.find({ account, region: 'us-east-1' }, 'Stack0');
    if (!stack) throw new Error('there is no stack');
    await cloudFormation.delete(stack, new Set(), { actor: undefined });
    expect(sandbox.changes.all).toMatchObject([
      { account, kind: 'stack', resource: stack.id, sentence: 'stack Stack0 was deleted' },
    ]);
  });
});

describe('changes that no stack makes', () => {
  const schedule = {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'tick',
      ScheduleExpression: 'rate(20 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: machineArn, RoleArn: `arn:aws:iam::${account}:role/scheduler` },
    },
  };
  const resources: Resources = {
    MachineRole: role('machine-role', states),
    SchedulerRole: role(
      'scheduler',
      { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' },
      allow('states:StartExecution'),
    ),
    Tried: stateMachine('tried', { Pass: { Type: 'Pass', End: true } }),
    Tick: schedule,
  };

  test('are firings that are lost or repeated, and schedules that are held', async () => {
    const sandbox = await sandboxWith([{ account, resources }]);
    await sandbox.settle(1);
    sandbox.schedules.loseNext(scheduleArn);
    sandbox.schedules.fireAgain(scheduleArn);
    sandbox.schedules.hold();
    const ofSchedule = { account, kind: 'schedule', resource: scheduleArn, at: now + minute };
    expect(sandbox.changes.all).toMatchObject([
      { ...ofSchedule, sentence: 'the next firing of schedule tick is lost' },
      { ...ofSchedule, sentence: 'schedule tick fires a second time for its last time' },
      { account: '', kind: 'schedule', resource: 'every schedule', sentence: 'no schedule fires any more' },
    ]);
  });

  test('are quotas, which count from then on', async () => {
    const sandbox = await sandboxWith([{ account, resources }]);
    sandbox.changeQuotas(account, { stateTransitions: { size: 1, refillPerSecond: 1 }, openExecutions: 1 });
    expect(sandbox.changes.all).toMatchObject([
      { account, kind: 'quota', resource: 'stateTransitions', at: now },
      { resource: 'openExecutions', sentence: `quota openExecutions of account ${account} is 1 from now on` },
    ]);
    expect(sandbox.changes.all[0]?.sentence).toBe(
      `quota stateTransitions of account ${account} is a bucket of 1, refilled with 1 a second from now on`,
    );
    await execute(sandbox, machineArn);
    const again = sandbox.executions.start({ stateMachineArn: machineArn, input: {} });
    expect(again).toMatchObject({ ok: true });
    expect(sandbox.executions.start({ stateMachineArn: machineArn, input: {} })).toMatchObject({
      ok: false,
      code: 'ExecutionLimitExceeded',
    });
  });

  test('are outages of the endpoint', async () => {
    const sandbox = await sandboxWith([]);
    await sandbox.interruptEndpoint(1);
    expect(sandbox.changes.all).toMatchObject([{ account: '', kind: 'outage', resource: sandbox.endpointUrl }]);
  });

  test('are kept up to a limit, the newest, and forgotten when the log is cleared', async () => {
    const { changes } = await sandboxWith([]);
    const change = { account, kind: 'fault', resource: 'tried' } as const;
    for (let n = 1; n <= keptChanges + 1; n += 1) changes.record({ ...change, sentence: `fault ${n}` });
    expect(changes.count).toBe(keptChanges + 1);
    expect(changes.all).toHaveLength(keptChanges);
    expect(changes.all[0]).toEqual({ ...change, id: 'change-2', at: now, sentence: 'fault 2' });
    changes.clear();
    expect([changes.all, changes.count]).toEqual([[], 0]);
  });
});
