import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox.ts';
import { taskToken } from '@crosswind/workflow/execution/task-token';
import { allow, lambda, lambdaFunction, now, role, typesOf } from '../../../src/testing/literals.ts';
import { clientIn, serve } from '../api/operator.ts';
import { type Calling, account, called, calling, machineArn } from '../calling.ts';

const topicArn = `arn:aws:sns:us-east-1:${account}:work`;
const other = '555555555555';
const resources = {
  Work: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'work' } },
  Reader: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: topicArn, Protocol: 'email', Endpoint: 'a@example.com' },
  },
};
const asking = {
  resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
  args: { TopicArn: topicArn, Message: { token: '{% $states.context.Task.Token %}' } },
  task: { TimeoutSeconds: 600 },
  may: [allow('sns:Publish', topicArn)],
  resources,
  others: [other],
};

const tokenIn = (cloud: Sandbox): string | undefined => {
  const message = cloud.topics.deliveries.at(-1)?.message;
  return message === undefined ? undefined : (JSON.parse(message) as { token: string }).token;
};

async function waiting(difference: Partial<Calling> = {}) {
  const sandbox = await calling({ ...asking, ...difference });
  const cloud = sandbox;
  const started = cloud.executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
  if (!started.ok) throw new Error(started.message);
  await cloud.simulation.run(() => typesOf(started.execution).includes('TaskSubmitted'));
  const { execution } = started;
  const goOn = (): Promise<void> => cloud.simulation.run(() => execution.outcome !== undefined);
  const token = tokenIn(sandbox) ?? '';
  return { sandbox, execution, token, goOn, client: clientIn(sandbox, account) };
}

const success = (client: SFNClient, token: string, output = '{"answer":42}') =>
  client.send(new SendTaskSuccessCommand({ taskToken: token, output }));

describe('a task that waits for its token', () => {
  test('goes on with what is sent back, and has the history of AWS', async () => {
    const { execution, client, token, goOn } = await waiting();
    await success(client, token);
    await goOn();
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
    expect(typesOf(execution).join(' ')).toBe(
      'ExecutionStarted TaskStateEntered TaskScheduled TaskStarted TaskSubmitted TaskSucceeded TaskStateExited ExecutionSucceeded',
    );
    const [, , scheduled, , submitted] = execution.history;
    expect(scheduled?.['taskScheduledEventDetails']).toMatchObject({
      resourceType: 'sns',
      resource: 'publish.waitForTaskToken',
      timeoutInSeconds: 600,
    });
    expect(submitted?.['taskSubmittedEventDetails']?.['output']).toMatch(/^\{"MessageId":"[\da-f-]{36}"\}$/);
  });

  test('fails without error and cause if none is sent back, and a catcher gets both as null', async () => {
    const task = { TimeoutSeconds: 600, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };
    const behind = { Caught: { Type: 'Succeed' } };
    const { execution, client, token, goOn } = await waiting({ task, behind });
    await client.send(new SendTaskFailureCommand({ taskToken: token }));
    await goOn();
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: { Error: null, Cause: null } });
    const failed = execution.history.find(({ type }) => type === 'TaskFailed');
    expect(failed?.['taskFailedEventDetails']).toEqual({ resourceType: 'sns', resource: 'publish.waitForTaskToken' });
  });

  test('fails with what is sent back', async () => {
    const { execution, client, token, goOn } = await waiting();
    await client.send(new SendTaskFailureCommand({ taskToken: token, error: 'Refused', cause: 'by hand' }));
    await goOn();
    expect(execution.outcome).toEqual({ status: 'FAILED', error: 'Refused', cause: 'by hand' });
    expect(typesOf(execution)).toContain('TaskFailed');
  });

  test('waits until its timeout', async () => {
    const { execution, goOn } = await waiting();
    await goOn();
    expect(execution).toMatchObject({ outcome: { error: 'States.Timeout' }, stoppedAt: now + 600_000 });
  });

  test('is kept alive by heartbeats', async () => {
    const { sandbox, execution, client, token, goOn } = await waiting({
      task: { TimeoutSeconds: 600, HeartbeatSeconds: 60 },
    });
    await sandbox.simulation.elapse(50_000);
    await client.send(new SendTaskHeartbeatCommand({ taskToken: token }));
    await goOn();
    expect(execution).toMatchObject({ outcome: { error: 'States.Timeout' }, stoppedAt: now + 110_000 });
  });

  test('fails at once when the call fails', async () => {
    const { execution } = await called({ ...asking, may: [] });
    expect(execution.outcome).toMatchObject({ status: 'FAILED', error: 'SNS.AuthorizationErrorException' });
    expect(typesOf(execution)).not.toContain('TaskSubmitted');
  });
});

describe('a token is refused', () => {
  const timedOut = { name: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };
  const invalid = { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };

  test('that was never given', async () => {
    const { client } = await waiting();
    await expect(success(client, 'token')).rejects.toMatchObject(invalid);
  });

  test('of a task that this sandbox does not know', async () => {
    const { client } = await waiting();
    await expect(success(client, taskToken('of another run'))).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
  });

  test('that was used', async () => {
    const { client, token } = await waiting();
    await success(client, token);
    await expect(success(client, token)).rejects.toMatchObject(timedOut);
    await expect(client.send(new SendTaskHeartbeatCommand({ taskToken: token }))).rejects.toMatchObject(timedOut);
    await expect(client.send(new SendTaskFailureCommand({ taskToken: token }))).rejects.toMatchObject(timedOut);
  });

  test('of a task that was given up, and of an execution that was stopped', async () => {
    const late = await waiting();
    await late.goOn();
    await expect(success(late.client, late.token)).rejects.toMatchObject(timedOut);
    const { sandbox, client, token, execution, goOn } = await waiting();
    sandbox.executions.stop(execution.arn);
    await goOn();
    await expect(success(client, token)).rejects.toMatchObject(timedOut);
  });

  test('that comes from another account', async () => {
    const { sandbox, client, token } = await waiting();
    await expect(success(clientIn(sandbox, other), token)).rejects.toMatchObject(invalid);
    await expect(success(client, token)).resolves.toBeDefined();
  });

  test('with an output that is no JSON, or is too long; the task waits on', async () => {
    const { client, token } = await waiting();
    await expect(success(client, token, 'not JSON')).rejects.toMatchObject({
      name: 'InvalidOutput',
      message: expect.stringMatching(/^Invalid Output: 'Unexpected token/) as string,
    });
    await expect(success(client, token, '['.repeat(50_000) + ']'.repeat(50_000))).rejects.toMatchObject({
      name: 'InvalidOutput',
      message: "Invalid Output: 'nested deeper than 1000 levels'",
    });
    await expect(success(client, token, `"${'x'.repeat(262_143)}"`)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(
        "at 'output' failed to satisfy constraint: Member must have size less than or equal to 262144 bytes in UTF-8",
      ) as string,
    });
    await expect(success(client, token)).resolves.toBeDefined();
  });
});

/** A function that is busy for long enough that the answer comes first. */
const busy = 'export const handler = async () => new Promise((resolve) => setTimeout(() => resolve("done"), 300));';
const failing = 'export const handler = async () => { throw new Error("broken"); };';

describe('a function that is told the token', () => {
  const functionArn = `arn:aws:lambda:us-east-1:${account}:function:worker`;
  const invoking = (code: string) => ({
    resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    args: { FunctionName: functionArn, Payload: { token: '{% $states.context.Task.Token %}' } },
    may: [allow('lambda:InvokeFunction', functionArn)],
    resources: { FunctionRole: role('function-role', lambda), Worker: lambdaFunction('worker', code) },
  });

  async function answeredDuring(code: string) {
    const sandbox = await calling(invoking(code));
    const cloud = sandbox;
    const started = cloud.executions.start({ stateMachineArn: machineArn, name: 'run', input: {} });
    if (!started.ok) throw new Error(started.message);
    const { execution } = started;
    serve(sandbox);
    const parameters = (): unknown => execution.history[2]?.['taskScheduledEventDetails']?.['parameters'];
    await expect.poll(parameters).toBeDefined();
    const { Payload } = JSON.parse(String(parameters())) as { readonly Payload: { readonly token: string } };
    await expect.poll(() => success(clientIn(sandbox, account), Payload.token).then(() => 'sent', String)).toBe('sent');
    await expect.poll(() => execution.outcome, { timeout: 5_000 }).toBeDefined();
    return execution;
  }

  test('may be faster with the token than with its own answer, which counts as the submission', async () => {
    const execution = await answeredDuring(busy);
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
    expect(typesOf(execution).slice(3, 6)).toEqual(['TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
  });

  test('fails the task when it fails itself', async () => {
    const { execution } = await called(invoking(failing));
    expect(execution.outcome).toMatchObject({ status: 'FAILED', error: 'Error' });
  });
});

test('in a served sandbox an hour is an hour while somebody is waited for, so that the answer can come in time', async () => {
  const { sandbox, execution, client, token } = await waiting({ task: { TimeoutSeconds: 3_600 } });
  serve(sandbox);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(execution.outcome).toBeUndefined();
  await success(client, token);
  await expect.poll(() => execution.outcome).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
  const took = (execution.stoppedAt ?? 0) - now;
  expect([took >= 250, took < 60_000]).toEqual([true, true]);
});
