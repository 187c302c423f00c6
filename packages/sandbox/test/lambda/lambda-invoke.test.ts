import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import {
  allow,
  arnOf,
  execute,
  lambda,
  lambdaFunction,
  role,
  sandboxWith,
  stateMachine,
  states,
  typesOf,
} from '../../src/testing/literals.ts';

const account = '444444444444';
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:caller`;
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:called`;
const mayInvoke = allow('lambda:InvokeFunction', functionArn);

/** Runs a machine that calls the function with its input. */
async function callOf(
  code: string,
  task: JsonObject = {},
  may: readonly JsonObject[] = [mayInvoke],
  more: JsonObject = {},
) {
  const call = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionArn, Payload: '{% $states.input %}' },
    End: true,
    ...task,
  };
  const sandbox = await sandboxWith([
    {
      account,
      resources: {
        FunctionRole: role('function', lambda),
        Called: lambdaFunction('called', code),
        MachineRole: role('machine-role', states, ...may),
        Caller: stateMachine('caller', { Call: call, ...more }, { RoleArn: arnOf('MachineRole') }),
      },
    },
  ]);
  return { sandbox, execution: await execute(sandbox, machineArn, { a: 1 }) };
}

const echo = 'export const handler = async (event) => ({ got: event });';
const broken = 'export const handler = async () => { throw new RangeError("no"); };';

describe('lambda:invoke', () => {
  test('gives what the function answered, with status and version', async () => {
    const { execution } = await callOf(echo);
    expect(execution.outcome).toEqual({
      status: 'SUCCEEDED',
      output: { ExecutedVersion: '$LATEST', Payload: { got: { a: 1 } }, StatusCode: 200 },
    });
    expect(typesOf(execution)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('sends an empty object when there is no payload', async () => {
    const { execution } = await callOf(echo, { Arguments: { FunctionName: functionArn } });
    expect(execution.outcome).toMatchObject({ output: { Payload: { got: {} } } });
  });

  test('is asked of the role of the state machine', async () => {
    const { execution, sandbox } = await callOf(echo, {}, []);
    expect(execution.outcome).toEqual({
      status: 'FAILED',
      error: 'Lambda.AWSLambdaException',
      cause: `User: arn:aws:sts::${account}:assumed-role/machine-role/run is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no identity-based policy allows the lambda:InvokeFunction action (Service: Lambda, Status Code: 403, Request ID: simulated)`,
    });
    expect(sandbox.decisions.denials().map(({ request }) => request.action)).toEqual(['lambda:InvokeFunction']);
  });

  test.each([
    ['its name', 'called'],
    ['a partial ARN', `${account}:function:called`],
    ['its name and $LATEST', 'called:$LATEST'],
  ])('calls a function by %s', async (_, name) => {
    const { execution, sandbox } = await callOf(echo, { Arguments: { FunctionName: name } }, [
      allow('lambda:InvokeFunction', [functionArn, `${functionArn}:$LATEST`]),
    ]);
    expect(execution.outcome).toMatchObject({ status: 'SUCCEEDED', output: { Payload: { got: {} } } });
    expect(sandbox.decisions.denials()).toEqual([]);
  });

  test.each([
    ['by a name that is none', 'called!', 'Lambda.AWSLambdaException', `Value 'called!' at 'functionName' failed`],
    [
      'of another region',
      functionArn.replace('us-east-1', 'eu-west-1'),
      'Lambda.ResourceNotFoundException',
      `Functions from 'eu-west-1' are not reachable in this region ('us-east-1')`,
    ],
    ['by a version', 'called:7', 'Lambda.ResourceNotFoundException', `Function not found: ${functionArn}:7`],
    [
      'by another name',
      'other',
      'Lambda.ResourceNotFoundException',
      `Function not found: ${functionArn.replace('called', 'other')}`,
    ],
  ])('of a function %s fails', async (_, name, error, cause) => {
    const { execution } = await callOf(echo, { Arguments: { FunctionName: name } }, [allow('lambda:InvokeFunction')]);
    expect(execution.outcome).toMatchObject({ error, cause: expect.stringContaining(cause) as string });
  });

  test('of a function that is not there fails', async () => {
    const { execution } = await callOf(echo, { Arguments: { FunctionName: `${functionArn}-2` } }, [
      allow('lambda:InvokeFunction'),
    ]);
    expect(execution.outcome).toEqual({
      status: 'FAILED',
      error: 'Lambda.ResourceNotFoundException',
      cause: `Function not found: ${functionArn}-2 (Service: Lambda, Status Code: 404, Request ID: simulated)`,
    });
  });

  test('fails with the error of the function: its name, and name, message and stack as cause', async () => {
    const { execution } = await callOf(broken);
    if (execution.outcome?.status !== 'FAILED') throw new Error('expected a failure');
    expect(execution.outcome.error).toBe('RangeError');
    expect(JSON.parse(execution.outcome.cause ?? '')).toEqual({
      errorType: 'RangeError',
      errorMessage: 'no',
      trace: expect.arrayContaining(['RangeError: no']) as unknown,
    });
  });

  test('hands the error of the function to a catcher that names it', async () => {
    const caught = {
      ErrorEquals: ['RangeError'],
      Next: 'Caught',
      Output: '{% $parse($states.errorOutput.Cause).errorMessage %}',
    };
    const { execution } = await callOf(broken, { Catch: [caught] }, [mayInvoke], {
      Caught: { Type: 'Pass', End: true },
    });
    expect(execution.outcome).toEqual({ status: 'SUCCEEDED', output: 'no' });
  });

  test('is tried again by a retrier, with the same function', async () => {
    const code =
      'let calls = 0; export const handler = () => { if (++calls < 3) throw new RangeError("no"); return calls; };';
    const retry = [{ ErrorEquals: ['RangeError'], IntervalSeconds: 60, MaxAttempts: 2, BackoffRate: 1 }];
    const { execution } = await callOf(code, { Retry: retry });
    expect(execution.outcome).toMatchObject({ status: 'SUCCEEDED', output: { Payload: 3 } });
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBeGreaterThanOrEqual(120_000);
  });

  test.each([
    ['up to 256 KiB is a result', 262_000, 'SUCCEEDED'],
    ['above 256 KiB is not', 262_144, 'FAILED'],
  ])('an answer %s', async (_, length, status) => {
    const { execution } = await callOf(`export const handler = () => 'x'.repeat(${length});`);
    expect(execution.outcome?.status).toBe(status);
    if (execution.outcome?.status === 'FAILED') expect(execution.outcome.error).toBe('States.DataLimitExceeded');
  });

  test('a function that runs on is given up when the time of the task is up', async () => {
    const code = 'export const handler = () => new Promise((done) => setTimeout(done, 10_000));';
    const { execution } = await callOf(code, { TimeoutSeconds: 1 });
    expect(execution.outcome).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBe(1_000);
  });

  test('the time that a function takes is virtual time, too', async () => {
    const code = 'export const handler = () => new Promise((done) => setTimeout(done, 100));';
    const { execution } = await callOf(code);
    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBeGreaterThanOrEqual(99);
  });
});
