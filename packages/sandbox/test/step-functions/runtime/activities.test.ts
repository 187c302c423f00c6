import {
  DescribeActivityCommand,
  GetActivityTaskCommand,
  ListActivitiesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test, vi } from 'vitest';
import { now, typesOf } from '../../../src/testing/literals.ts';
import { clientIn, serve } from '../api/operator.ts';
import { type Calling, account, called, calling, machineArn } from '../calling.ts';

const activityArn = `arn:aws:states:us-east-1:${account}:activity:dig`;
const resources = { Dig: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'dig' } } };

/** An execution whose task waits for a worker, and a worker. */
async function digging(difference: Partial<Calling> = {}) {
  const sandbox = await calling({ resource: activityArn, resources, ...difference });
  const started = sandbox.executions.start({ stateMachineArn: machineArn, name: 'run', input: { depth: 3 } });
  if (!started.ok) throw new Error(started.message);
  const { execution } = started;
  const client = clientIn(sandbox, account);
  const take = (workerName?: string) => client.send(new GetActivityTaskCommand({ activityArn, workerName }));
  const scheduled = (): Promise<void> => sandbox.simulation.run(() => typesOf(execution).includes('ActivityScheduled'));
  const goOn = (): Promise<void> => sandbox.simulation.run(() => execution.outcome !== undefined);
  /** Waits until so many requests for a task have arrived: each is authorized before it waits. */
  const arrived = (requests: number): Promise<unknown> =>
    vi.waitUntil(() => sandbox.decisions.allowed()['states:GetActivityTask'] === requests, { timeout: 60_000 });
  return { sandbox, execution, client, take, scheduled, goOn, arrived };
}

describe('an activity', () => {
  test('is told of by list and description', async () => {
    const { client } = await digging();
    const { activities } = await client.send(new ListActivitiesCommand({}));
    const creationDate = new Date(now);
    expect(activities).toEqual([{ activityArn, name: 'dig', creationDate }]);
    const description = await client.send(new DescribeActivityCommand({ activityArn }));
    expect(description).toMatchObject({ activityArn, name: 'dig', creationDate });
  });

  test('that is not there is said so', async () => {
    const { client } = await digging();
    const missing = new DescribeActivityCommand({ activityArn: `${activityArn}-2` });
    await expect(client.send(missing)).rejects.toMatchObject({
      name: 'ActivityDoesNotExist',
      message: `Activity Does Not Exist: '${activityArn}-2'`,
    });
  });

  test('that is not there fails its task', async () => {
    const { execution } = await called({ resource: activityArn });
    expect(execution.outcome).toMatchObject({ status: 'FAILED', error: 'ActivityDoesNotExist' });
    expect(typesOf(execution).at(-2)).toBe('ActivityScheduleFailed');
  });
});

describe('a worker', () => {
  test('gets the input of the task, and its answer is the result', async () => {
    const { execution, client, take, scheduled, goOn } = await digging();
    await scheduled();
    const { taskToken, input } = await take('mole');
    expect(input).toBe('{"depth":3}');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '"gold"' }));
    await goOn();
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: 'gold' });
    expect(typesOf(execution).slice(2, 5)).toEqual(['ActivityScheduled', 'ActivityStarted', 'ActivitySucceeded']);
    expect(execution.history[3]?.['activityStartedEventDetails']).toEqual({ workerName: 'mole' });
  });

  test('may fail the task', async () => {
    const { execution, client, take, scheduled, goOn } = await digging();
    await scheduled();
    const { taskToken } = await take();
    await client.send(new SendTaskFailureCommand({ taskToken, error: 'Rock', cause: 'too hard' }));
    await goOn();
    expect(execution.outcome).toEqual({ status: 'FAILED', error: 'Rock', cause: 'too hard' });
  });

  test('keeps the task with heartbeats, which count from when it took the task', async () => {
    const { sandbox, execution, client, take, scheduled, goOn } = await digging({ task: { HeartbeatSeconds: 10 } });
    await scheduled();
    await sandbox.simulation.elapse(3_600_000);
    const { taskToken } = await take();
    await sandbox.simulation.elapse(8_000);
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await goOn();
    expect(execution).toMatchObject({ outcome: { error: 'States.Timeout' }, stoppedAt: now + 3_600_000 + 18_000 });
    expect(typesOf(execution).at(-2)).toBe('ActivityTimedOut');
  });

  test('that asks first is the first to get a task', async () => {
    const { sandbox, take, arrived } = await digging();
    const first = take('first');
    await arrived(1);
    const second = take('second');
    await arrived(2);
    serve(sandbox);
    expect((await first).taskToken).toBeDefined();
    expect(await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 100, 'waits'))])).toBe('waits');
  });

  test('that asks in vain is told so after a minute', async () => {
    const { sandbox, take, scheduled, arrived } = await digging();
    await scheduled();
    await take();
    let answer: unknown;
    const asked = take().then(({ taskToken, input }) => (answer = { taskToken, input }));
    await arrived(2);
    await sandbox.simulation.elapse(59_999);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answer).toBeUndefined();
    await sandbox.simulation.elapse(1);
    await asked;
    expect(answer).toEqual({ taskToken: undefined, input: undefined });
  });

  test('that hangs up gets no task: the next one does', async () => {
    const { client, take, scheduled, arrived } = await digging();
    const gone = new AbortController();
    const asked = client.send(new GetActivityTaskCommand({ activityArn }), { abortSignal: gone.signal });
    await arrived(1);
    gone.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await scheduled();
    expect((await take()).taskToken).toBeDefined();
  });

  test('gets no task that was given up', async () => {
    const { sandbox, execution, take, scheduled, goOn, arrived } = await digging();
    await scheduled();
    sandbox.executions.stop(execution.arn);
    await goOn();
    const asked = take();
    await arrived(1);
    await sandbox.simulation.elapse(60_000);
    expect((await asked).taskToken).toBeUndefined();
  });
});
