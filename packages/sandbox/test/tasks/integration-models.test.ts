import type { JsonObject } from '@crosswind/aws/json';
import { describe, expect, test } from 'vitest';
import { opaqueLine } from '../../src/cloudformation/opaque-resources.ts';
import type { SandboxProps } from '../../src/sandbox-props.ts';
import type { IntegrationModels } from '../../src/tasks/integration-models.ts';
import { allow, execute, now, role, sandboxWith, stateMachine, states } from '../../src/testing/literals.ts';

const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:calling`;
const queueArn = `arn:aws:sqs:us-east-1:${account}:orders`;
const topicArn = `arn:aws:sns:us-east-1:${account}:orders`;
const maySend = allow('sqs:SendMessage', queueArn);

interface Case {
  readonly may?: readonly JsonObject[];
  readonly resource?: string;
  readonly task?: JsonObject;
  readonly props?: SandboxProps;
}

/** The sandbox with a state machine that sends one message. */
const sandboxOf = (
  models: IntegrationModels,
  { may = [maySend], resource = 'sqs:sendMessage', task = {}, props }: Case = {},
) =>
  sandboxWith(
    [
      {
        account,
        resources: {
          MachineRole: role('machine-role', states, ...may),
          Machine: stateMachine('calling', {
            Send: {
              Type: 'Task',
              Resource: `arn:aws:states:::${resource}`,
              Arguments: { QueueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/orders`, MessageBody: 'one' },
              End: true,
              ...task,
            },
          }),
        },
      },
    ],
    { integrationModels: () => models, ...props },
  );

const sent: IntegrationModels = {
  'sqs:sendMessage': ({ MessageBody: body = null }, context) => ({ output: { body, ...context }, milliseconds: 2_000 }),
};

describe('a modelled integration', () => {
  test('answers by its arguments, the virtual time and a count, after its duration', async () => {
    const sandbox = await sandboxOf(sent);
    const execution = await execute(sandbox, machineArn);
    expect(sandbox.decisions.denials()).toEqual([]);
    expect(sandbox.decisions.allowed()).toMatchObject({ 'sqs:SendMessage': 1 });
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: { body: 'one', now, number: 1 } });
    expect(execution.stoppedAt).toBe(now + 2_000);
  });

  test('is asked only where permissions allow the call', async () => {
    const sandbox = await sandboxOf(sent, { may: [] });
    const { outcome } = await execute(sandbox, machineArn);
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'Sqs.AccessDeniedException' });
    expect(sandbox.decisions.denials().map(({ request }) => request.action)).toEqual(['sqs:SendMessage']);
  });

  test.each<[what: string, may: JsonObject, task: JsonObject, arn: string]>([
    ['another queue', allow('sqs:SendMessage', `${queueArn}-of-others`), {}, queueArn],
    [
      'another topic',
      allow('sns:Publish', `arn:aws:sns:us-east-1:${account}:others`),
      { Resource: 'arn:aws:states:::sns:publish', Arguments: { TopicArn: topicArn, Message: 'one' } },
      topicArn,
    ],
  ])('is not asked where a statement names %s', async (_, may, task, arn) => {
    const answer = () => ({ output: 'sent' });
    const sandbox = await sandboxOf({ 'sqs:sendMessage': answer, 'sns:publish': answer }, { may: [may], task });
    expect((await execute(sandbox, machineArn)).outcome).toMatchObject({ status: 'FAILED' });
    expect(sandbox.decisions.denials().map(({ request }) => request.resource)).toEqual([arn]);
  });

  test('answers for the state machines that it is a model of', async () => {
    const paths: string[] = [];
    const integrationModels = (path: string): IntegrationModels => {
      paths.push(path);
      return {};
    };
    const sandbox = await sandboxOf(sent, { props: { integrationModels } });
    expect((await execute(sandbox, machineArn)).outcome).toMatchObject({ error: 'Sandbox.NotSimulated' });
    expect(sandbox.opaque.map(opaqueLine)).toEqual([expect.stringContaining('arn:aws:states:::sqs:sendMessage')]);
    expect([...new Set(paths)]).toEqual(['Machine']);
  });

  test('may answer with an error, which the state machine handles', async () => {
    const failing: IntegrationModels = { 'sqs:sendMessage': () => ({ error: 'Sqs.QueueFull', cause: 'modelled' }) };
    expect((await execute(await sandboxOf(failing), machineArn)).outcome).toMatchObject({
      status: 'FAILED',
      error: 'Sqs.QueueFull',
      cause: 'modelled',
    });
    const retried = { Retry: [{ ErrorEquals: ['Sqs.QueueFull'], IntervalSeconds: 1, MaxAttempts: 1 }] };
    const once: IntegrationModels = {
      'sqs:sendMessage': (_, { number }) => (number === 1 ? { error: 'Sqs.QueueFull' } : { output: number }),
    };
    const { outcome } = await execute(await sandboxOf(once, { task: retried }), machineArn);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: 2 });
  });

  test('is over when its task is: a later answer changes nothing', async () => {
    const slow: IntegrationModels = { 'sqs:sendMessage': () => ({ output: {}, milliseconds: 60_000 }) };
    const execution = await execute(await sandboxOf(slow, { task: { TimeoutSeconds: 5 } }), machineArn);
    expect(execution).toMatchObject({ outcome: { status: 'FAILED', error: 'States.Timeout' }, stoppedAt: now + 5_000 });
  });

  test('answers in place of the one who has the token, for a task that waits for it', async () => {
    const sandbox = await sandboxOf(sent, { resource: 'sqs:sendMessage.waitForTaskToken' });
    expect((await execute(sandbox, machineArn)).outcome).toMatchObject({
      status: 'SUCCEEDED',
      output: { body: 'one' },
    });
  });

  test('is not named as something that the sandbox cannot run, and --strict takes it', async () => {
    const named = async (models: IntegrationModels) => (await sandboxOf(models)).opaque.map(opaqueLine);
    expect(await named(sent)).toEqual([]);
    expect(await named({})).toEqual([
      expect.stringContaining('does not support the integration arn:aws:states:::sqs:'),
    ]);
    expect((await sandboxOf(sent, { props: { strict: true } })).opaque).toEqual([]);
    await expect(sandboxOf({}, { props: { strict: true } })).rejects.toThrow('NotSupported');
  });

  test('is that of the very integration: another one fails and names what is missing', async () => {
    const sandbox = await sandboxOf(sent, {
      resource: 'aws-sdk:sqs:receiveMessage',
      may: [allow('sqs:ReceiveMessage', '*')],
    });
    expect((await execute(sandbox, machineArn)).outcome).toMatchObject({
      status: 'FAILED',
      error: 'Sandbox.NotSimulated',
      cause: expect.stringContaining('arn:aws:states:::aws-sdk:sqs:receiveMessage') as string,
    });
  });
});
