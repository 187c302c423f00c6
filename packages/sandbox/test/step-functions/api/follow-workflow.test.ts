import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import {
  allow,
  lambda,
  lambdaFunction,
  now,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../../src/testing/literals.ts';
import {
  type Difference,
  childAccount,
  childArn,
  childExecutions,
  mayStart,
  parentAccount,
  parentArn,
  twoStacks,
} from '../../../src/testing/two-accounts.ts';
import { clientIn, ended, operatorIn, serve } from './operator.ts';

const parentExecutions = `arn:aws:states:us-east-1:${parentAccount}:execution:parent:`;

/** Parent and child in a sandbox in which time passes, and a client in each of their accounts. */
async function platform(difference: Difference = {}) {
  const stacks = [...twoStacks(difference), operatorIn(parentAccount), operatorIn(childAccount)];
  const sandbox = await sandboxWith(stacks);
  serve(sandbox);
  return { sandbox, parent: clientIn(sandbox, parentAccount), child: clientIn(sandbox, childAccount) };
}

const start = (name: string, input = '{"a":1}') =>
  new StartExecutionCommand({ stateMachineArn: parentArn, name, input });

describe('a parent that starts a child in another account, followed with the real SDK', () => {
  test('is started, runs, and ends with what the child gave', async () => {
    const { parent } = await platform();
    const { executionArn, startDate } = await parent.send(start('one'));
    expect(executionArn).toBe(`${parentExecutions}one`);
    expect(startDate).toEqual(new Date(now));
    const { output, ...description } = await ended(parent, executionArn);
    expect(description).toEqual({
      $metadata: expect.anything() as unknown,
      executionArn,
      stateMachineArn: parentArn,
      name: 'one',
      status: 'SUCCEEDED',
      startDate: new Date(now),
      stopDate: new Date(now + 60_000),
      input: '{"a":1}',
      inputDetails: { included: true },
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(JSON.parse(output ?? '')).toMatchObject({ ExecutionArn: `${childExecutions}one`, Output: { answer: 42 } });
  });

  test("shows its child to a client of the child's account", async () => {
    const { parent, child } = await platform();
    await ended(parent, (await parent.send(start('one'))).executionArn);
    const { executions } = await child.send(new ListExecutionsCommand({ stateMachineArn: childArn }));
    expect(executions).toMatchObject([{ executionArn: `${childExecutions}one`, status: 'SUCCEEDED' }]);
    const description = await child.send(new DescribeExecutionCommand({ executionArn: `${childExecutions}one` }));
    expect(description).toMatchObject({ input: '{"a":1}', output: '{"answer":42}' });
  });

  test('has the history that the engine wrote', async () => {
    const { sandbox, parent } = await platform();
    const { executionArn } = await parent.send(start('one'));
    await ended(parent, executionArn);
    const { events } = await parent.send(new GetExecutionHistoryCommand({ executionArn }));
    const written = sandbox.executions.get(executionArn ?? '')?.history ?? [];
    expect(events).toEqual(written.map((event) => ({ ...event, timestamp: new Date(event.timestamp) })));
    expect(events?.map(({ type }) => type)).toContain('TaskSubmitted');
  });

  test('that fails says why, and can be redriven', async () => {
    const { parent } = await platform({ child: { Bad: { Type: 'Fail', Error: 'Bad', Cause: 'on purpose' } } });
    const description = await ended(parent, (await parent.send(start('one'))).executionArn);
    expect(description).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed', redriveStatus: 'REDRIVABLE' });
    expect(JSON.parse(description.cause ?? '')).toMatchObject({ Error: 'Bad', Cause: 'on purpose' });
    for (const field of ['output', 'outputDetails', 'redriveStatusReason'])
      expect(description).not.toHaveProperty(field);
  });

  test('runs side by side with others, each with its own child', async () => {
    const { parent } = await platform();
    const names = ['one', 'two', 'three'];
    const started = await Promise.all(names.map((name) => parent.send(start(name, JSON.stringify(name)))));
    const ends = await Promise.all(started.map(({ executionArn }) => ended(parent, executionArn)));
    expect(ends.map(({ status, input }) => [status, input])).toEqual(
      names.map((name) => ['SUCCEEDED', JSON.stringify(name)]),
    );
  });

  test('that waits as good as for ever keeps no client waiting', async () => {
    const { parent } = await platform({ target: [mayStart], task: { TimeoutSeconds: 99_999_999 } });
    const { executionArn } = await parent.send(start('one'));
    const answers = await Promise.all([1, 2, 3].map(() => parent.send(new DescribeExecutionCommand({ executionArn }))));
    expect(answers.map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  });
});

test('an execution that is started over HTTP while a run is in progress takes part in it', async () => {
  const slow = 'export const handler = () => new Promise((resolve) => setTimeout(() => resolve("slept"), 200));';
  const call = {
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: `arn:aws:lambda:us-east-1:${childAccount}:function:slow` },
      End: true,
    },
  };
  const resources = {
    FunctionRole: role('function-role', lambda),
    Slow: lambdaFunction('slow', slow),
    MachineRole: role('machine-role', states, allow('lambda:InvokeFunction')),
    Child: stateMachine('child', call),
  };
  const sandbox = await sandboxWith([{ account: childAccount, resources }, operatorIn(childAccount)]);
  const { executions, simulation } = sandbox;
  executions.start({ stateMachineArn: childArn, name: 'one', input: {} });
  const running = simulation.run(() => false);
  await clientIn(sandbox, childAccount).send(new StartExecutionCommand({ stateMachineArn: childArn, name: 'two' }));
  expect(executions.of(childArn).map(({ outcome }) => outcome)).toEqual([undefined, undefined]);
  await running;
  expect(executions.of(childArn).map(({ outcome }) => outcome?.status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
});
