import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { openSandbox } from '../src/sandbox.ts';
import { allow, bucket, lambda, now, role, sandboxWith, stateMachine, states } from '../src/testing/literals.ts';
import { clientOf, credentialsAs } from './sts/callers.ts';

describe('a sandbox', () => {
  test('is empty when it is opened, and stands at the time that it is given', async () => {
    const sandbox = await sandboxWith([]);
    expect(sandbox.simulation.now()).toBe(now);
    expect(sandbox.decisions.allowed()).toEqual({});
    expect(sandbox.storage.bucket('mine')).toBeUndefined();
  });

  test('answers on loopback, with refusals for those it does not know', async () => {
    const { endpointUrl } = await sandboxWith([{ account: '444444444444', resources: { Mine: bucket('mine') } }]);
    expect(new URL(endpointUrl).hostname).toBe('127.0.0.1');
    const response = await fetch(`${endpointUrl}/mine?list-type=2`);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });

  test('shares nothing with another one', async () => {
    const one = await sandboxWith([{ account: '444444444444', resources: { Mine: bucket('mine') } }]);
    const other = await sandboxWith([]);
    expect(one.storage.bucket('mine')).toBeDefined();
    expect(other.storage.bucket('mine')).toBeUndefined();
    expect(other.endpointUrl).not.toBe(one.endpointUrl);
  });

  test('answers no more once it is closed', async () => {
    const sandbox = await openSandbox({ startAt: now });
    expect((await fetch(sandbox.endpointUrl)).status).toBeGreaterThanOrEqual(400);
    await sandbox.close();
    await expect(fetch(sandbox.endpointUrl)).rejects.toThrow('fetch failed');
  });

  test('lets time pass as long as it serves', async () => {
    const sandbox = await sandboxWith([]);
    const { simulation } = sandbox;
    const passed = async (): Promise<number> => {
      simulation.at(simulation.now() + 1_000, () => undefined);
      await new Promise((resolve) => setImmediate(resolve));
      return simulation.now() - now;
    };
    expect(await passed()).toBe(0);
    const over = new AbortController();
    const served = sandbox.serve(over.signal);
    expect(await passed()).toBe(1_000);
    over.abort();
    await served;
    expect(await passed()).toBe(1_000);
  });

  test('at a port, is never behind real time when it answers, and no execution ends before its files were written', async () => {
    const account = '444444444444';
    const put = {
      Put: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
        Arguments: { Bucket: 'mine', Key: 'a', Body: {} },
        End: true,
      },
    };
    const sandbox = await sandboxWith(
      [
        {
          account,
          resources: {
            Mine: bucket('mine'),
            MachineRole: role('machine', states, allow('s3:PutObject')),
            Machine: stateMachine('writer', put),
            Operator: role('operator', lambda, allow(['states:*', 's3:*'])),
          },
        },
      ],
      { startAt: undefined, port: 0 },
    );
    const over = new AbortController();
    const served = sandbox.serve(over.signal);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const client = new SFNClient(clientOf(sandbox, credentialsAs(sandbox, `arn:aws:iam::${account}:role/operator`)));
    const before = Date.now();
    const stateMachineArn = `arn:aws:states:us-east-1:${account}:stateMachine:writer`;
    const { executionArn, startDate } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    expect(startDate?.getTime()).toBeGreaterThanOrEqual(before);
    const describe = () => client.send(new DescribeExecutionCommand({ executionArn }));
    while ((await describe()).status === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 20));
    const { status, stopDate } = await describe();
    const written = sandbox.storage.bucket('mine')?.objects.get('a')?.lastModified ?? Infinity;
    over.abort();
    await served;
    expect([status, written >= before]).toEqual(['SUCCEEDED', true]);
    expect(stopDate?.getTime()).toBeGreaterThanOrEqual(written);
  });

  test('at a port, answers clients while its clock is paused, and dates everything by that clock', async () => {
    const account = '444444444444';
    const sandbox = await sandboxWith(
      [
        {
          account,
          resources: {
            Mine: bucket('mine'),
            MachineRole: role('machine', states, allow('s3:PutObject')),
            Machine: stateMachine('writer', {
              Put: {
                Type: 'Task',
                Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
                Arguments: { Bucket: 'mine', Key: 'a', Body: {} },
                Next: 'Wait',
              },
              Wait: { Type: 'Wait', Seconds: 60, End: true },
            }),
            Operator: role('operator', lambda, allow(['states:*', 's3:*'])),
          },
        },
      ],
      { startAt: undefined, port: 0 },
    );
    const { simulation } = sandbox;
    simulation.setSpeed(0);
    const over = new AbortController();
    const served = sandbox.serve(over.signal);
    const paused = simulation.now();
    const client = new SFNClient(clientOf(sandbox, credentialsAs(sandbox, `arn:aws:iam::${account}:role/operator`)));
    const stateMachineArn = `arn:aws:states:us-east-1:${account}:stateMachine:writer`;
    const { executionArn, startDate } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    const describe = () => client.send(new DescribeExecutionCommand({ executionArn }));
    while (!sandbox.storage.bucket('mine')?.objects.has('a')) await describe();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await describe()).status).toBe('RUNNING');
    expect([simulation.now(), startDate?.getTime()]).toEqual([paused, paused]);
    expect(sandbox.storage.bucket('mine')?.objects.get('a')?.lastModified).toBe(paused);
    simulation.nextEvent();
    while ((await describe()).status === 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await describe()).stopDate?.getTime()).toBe(paused + 60_000);
    over.abort();
    await served;
  });
});
