import {
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { QuotaSettings } from '../../src/quotas/granted-quotas.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { measured } from '../cloudwatch/measured.ts';
import { allow, execute, now, role, sandboxWith, stateMachine, states } from '../../src/testing/literals.ts';
import { clientIn, operatorIn } from '../step-functions/api/operator.ts';
import { childAccount, childArn, parentArn, twoStacks } from '../../src/testing/two-accounts.ts';
import { clientOf, credentialsAs } from '../sts/callers.ts';

const account = '444444444444';
const arnOf = (name: string): string => `arn:aws:states:us-east-1:${account}:stateMachine:${name}`;
const pass = { Pass: { Type: 'Pass', End: true } };

const withMachines = (quotas: QuotaSettings): Promise<Sandbox> => {
  const resources = {
    MachineRole: role('machine-role', states),
    Standard: stateMachine('standard', pass),
    Express: stateMachine('express', pass, { StateMachineType: 'EXPRESS' }),
  };
  return sandboxWith([{ account, resources }, operatorIn(account)], { quotas });
};

/** Results of several calls, one after the other: `ok` or the name of the error. */
async function inTurn(times: number, call: () => Promise<unknown>): Promise<readonly string[]> {
  const answers: string[] = [];
  for (let time = 0; time < times; time += 1) {
    answers.push(
      await call().then(
        () => 'ok',
        (error: unknown) => (error instanceof Error ? error.name : ''),
      ),
    );
  }
  return answers;
}

const throttled = 'ThrottlingException';

describe('calls over HTTP', () => {
  test('are throttled by a quota that is granted later, and by it only', async () => {
    const sandbox = await withMachines({});
    const client = clientIn(sandbox, account);
    const list = () => client.send(new ListStateMachinesCommand({}));
    expect(await inTurn(2, list)).toEqual(['ok', 'ok']);
    sandbox.changeQuotas(account, { actions: { ListStateMachines: { size: 1, refillPerSecond: 1 } } });
    expect(await inTurn(2, list)).toEqual(['ok', throttled]);
    sandbox.changeQuotas(account, { actions: { DescribeExecution: { size: 1, refillPerSecond: 1 } } });
    expect(await inTurn(1, list)).toEqual([throttled]);
    sandbox.changeQuotas(account, { actions: { ListStateMachines: { size: 2, refillPerSecond: 1 } } });
    expect(await inTurn(1, list)).toEqual([throttled]);
    await sandbox.simulation.elapse(2_000);
    expect(await inTurn(3, list)).toEqual(['ok', 'ok', throttled]);
  });

  test('beyond the quota of their operation are throttled, until virtual time has refilled it', async () => {
    const sandbox = await withMachines({ actions: { ListStateMachines: { size: 2, refillPerSecond: 1 } } });
    const client = clientIn(sandbox, account);
    const list = () => client.send(new ListStateMachinesCommand({}));
    expect(await inTurn(4, list)).toEqual(['ok', 'ok', throttled, throttled]);
    await expect(list()).rejects.toMatchObject({ message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } });
    await sandbox.simulation.elapse(1_000);
    expect(await inTurn(2, list)).toEqual(['ok', throttled]);
    const { cloudWatch } = sandbox;
    expect(cloudWatch.metrics.of({ account, region: 'us-east-1' }).length).toBeGreaterThan(0);
    expect(measured(sandbox, { account, region: 'us-east-1' }, 'AWS/States')).toEqual({
      'ConsumedCapacity{APIName=ListStateMachines} Count': [3, 3, 1],
      'ThrottledEvents{APIName=ListStateMachines} Count': [4, 4, 1],
      'ProvisionedBucketSize{APIName=ListStateMachines} Count': [1, 2, 2],
      'ProvisionedRefillRate{APIName=ListStateMachines} Count': [1, 1, 1],
    });
  });

  test('take from the quota of their type of state machine', async () => {
    const sandbox = await withMachines({
      startExecution: { size: 1, refillPerSecond: 1 },
      startExpressExecution: { size: 2, refillPerSecond: 1 },
    });
    const client = clientIn(sandbox, account);
    const start = (name: string) => () => client.send(new StartExecutionCommand({ stateMachineArn: arnOf(name) }));
    expect(await inTurn(2, start('standard'))).toEqual(['ok', throttled]);
    expect(await inTurn(3, start('express'))).toEqual(['ok', 'ok', throttled]);
  });

  test('are throttled while others wait for work', async () => {
    const resources = { Digging: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'digging' } } };
    const quotas = { actions: { GetActivityTask: { size: 1, refillPerSecond: 1 } } };
    const sandbox = await sandboxWith([{ account, resources }, operatorIn(account)], { quotas });
    const client = clientIn(sandbox, account);
    const activityArn = arnOf('digging').replace('stateMachine', 'activity');
    const ask = () => client.send(new GetActivityTaskCommand({ activityArn }));
    const first = ask();
    await expect
      .poll(() => measured(sandbox, { account, region: 'us-east-1' }, 'AWS/States'))
      .toHaveProperty(['ConsumedCapacity{APIName=GetActivityTask} Count']);
    expect(await inTurn(1, ask)).toEqual([throttled]);
    await sandbox.simulation.elapse(60_000);
    expect(await first).not.toHaveProperty('taskToken');
  });

  test('are tried again by the SDK, for which time passes at a port of its choice', async () => {
    const resources = { MachineRole: role('machine-role', states), Standard: stateMachine('standard', pass) };
    const quotas = { startExecution: { size: 1, refillPerSecond: 20 } };
    const sandbox = await sandboxWith([{ account, resources }, operatorIn(account)], { quotas, port: 0 });
    const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/operator`);
    const client = new SFNClient({ ...clientOf(sandbox, credentials), maxAttempts: 10 });
    const start = () => client.send(new StartExecutionCommand({ stateMachineArn: arnOf('standard') }));
    const answers = await Promise.all(Array.from({ length: 4 }, start));
    expect(answers.map(({ $metadata }) => $metadata.httpStatusCode)).toEqual([200, 200, 200, 200]);
    expect(Math.max(...answers.map(({ $metadata }) => $metadata.attempts ?? 0))).toBeGreaterThan(1);
  });

  test('start no more executions than may be open', async () => {
    const resources = {
      MachineRole: role('machine-role', states),
      Standard: stateMachine('standard', { Wait: { Type: 'Wait', Seconds: 60, End: true } }),
    };
    const sandbox = await sandboxWith([{ account, resources }, operatorIn(account)], { quotas: { openExecutions: 2 } });
    const client = clientIn(sandbox, account);
    const start = () => client.send(new StartExecutionCommand({ stateMachineArn: arnOf('standard') }));
    expect(await inTurn(3, start)).toEqual(['ok', 'ok', 'ExecutionLimitExceeded']);
    await sandbox.simulation.run(() => false);
    expect(await inTurn(1, start)).toEqual(['ok']);
  });
});

test('a task that calls Step Functions through its SDK takes from the same quotas', async () => {
  const list = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sfn:listStateMachines', Arguments: {} };
  const resources = {
    MachineRole: role('machine-role', states, allow('states:ListStateMachines')),
    Asking: stateMachine('asking', { Once: { ...list, Next: 'Twice' }, Twice: { ...list, End: true } }),
  };
  const quotas = { actions: { ListStateMachines: { size: 1, refillPerSecond: 1 } } };
  const { outcome, history } = await execute(await sandboxWith([{ account, resources }], { quotas }), arnOf('asking'));
  expect(history.map(({ type }) => type)).toContain('TaskSucceeded');
  expect(outcome).toMatchObject({ status: 'FAILED', error: 'Sfn.SfnException' });
  expect(outcome).toHaveProperty('cause', expect.stringMatching(/^Rate exceeded/));
});

describe('a parent of a child in another account', () => {
  const retried = {
    Retry: [{ ErrorEquals: ['StepFunctions.AWSStepFunctionsException'], IntervalSeconds: 2, MaxAttempts: 1 }],
  };
  const take = (cloud: Sandbox, times: number, call: 'start' | 'describe'): void => {
    const place = { account: childAccount, region: 'us-east-1' };
    for (let time = 0; time < times; time += 1) {
      if (call === 'start') cloud.throttling.admitsStart(place, 'STANDARD');
      else cloud.throttling.admits(place, 'DescribeExecution');
    }
  };

  test('whose start is throttled fails as AWS says, and tries again', async () => {
    // Nothing is left for the child's account; one token is there after 1 s, and the retry comes after 2 s.
    const quotas = { startExecution: { size: 3, refillPerSecond: 1 } };
    const sandbox = await sandboxWith(twoStacks({ task: retried }), { quotas });
    take(sandbox, 3, 'start');
    const { history, outcome } = await execute(sandbox, parentArn);
    expect(outcome?.status).toBe('SUCCEEDED');
    const failed = history.find(({ type }) => type === 'TaskFailed');
    expect(failed?.['taskFailedEventDetails']).toMatchObject({
      error: 'StepFunctions.AWSStepFunctionsException',
      cause: expect.stringMatching(
        /^Rate exceeded \(Service: AWSStepFunctions; Status Code: 400; Error Code: ThrottlingException/,
      ) as unknown,
    });
    expect(sandbox.executions.of(childArn).map(({ startedAt }) => startedAt - now)).toEqual([2_000]);
  });

  test('whose poll is throttled hears of the end later', async () => {
    const ends = async (taken: number): Promise<number> => {
      // One token comes every 5 s that nobody takes; the poll of 60 s is the one that would see the end.
      const quotas = { actions: { DescribeExecution: { size: 1, refillPerSecond: 1 } } };
      const sandbox = await sandboxWith(twoStacks(), { quotas });
      sandbox.simulation.at(now + 59_900, () => {
        take(sandbox, taken, 'describe');
      });
      return ((await execute(sandbox, parentArn)).stoppedAt ?? 0) - now;
    };
    expect(await ends(0)).toBe(60_000);
    expect(await ends(1)).toBe(65_000);
  });
});

test('DescribeExecution in one account leaves the quota of another alone', async () => {
  const quotas = { actions: { DescribeExecution: { size: 1, refillPerSecond: 1 } } };
  const sandbox = await sandboxWith([operatorIn(account), operatorIn('333333333333')], { quotas });
  const ask = (caller: string) => () =>
    clientIn(sandbox, caller).send(
      new DescribeExecutionCommand({ executionArn: `arn:aws:states:us-east-1:${caller}:execution:a:b` }),
    );
  expect(await inTurn(2, ask(account))).toEqual(['ExecutionDoesNotExist', throttled]);
  expect(await inTurn(2, ask('333333333333'))).toEqual(['ExecutionDoesNotExist', throttled]);
});
