import { expect, test } from 'vitest';
import type { BilledInvocation, FunctionModel } from '../../src/lambda/modelled-functions.ts';
import { measured } from '../cloudwatch/measured.ts';
import {
  allow,
  execute,
  lambda,
  lambdaFunction,
  now,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';

const account = '444444444444';
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:${account}:function:${name}`;
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;
const call = (name: string, next?: string) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: arnOf(name), Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...(next === undefined ? { End: true } : { Next: next }),
});

/** Runs a machine that calls the model twice and then a function that has none. */
async function run(model: FunctionModel) {
  const billed: BilledInvocation[] = [];
  const resources = {
    FunctionRole: role('function', lambda),
    Modelled: lambdaFunction('modelled', 'throw new Error("nobody runs this");', { Timeout: 10, MemorySize: 512 }),
    Real: lambdaFunction('real', 'export const handler = (event) => ({ ...event, real: true });'),
    MachineRole: role('machine-role', states, allow('lambda:InvokeFunction')),
    Tried: stateMachine('tried', { One: call('modelled', 'Two'), Two: call('modelled', 'Three'), Three: call('real') }),
  };
  const modelOf = ({ name }: { readonly name: string }) => (name === 'modelled' ? model : undefined);
  const sandbox = await sandboxWith([{ account, resources }], {
    models: { modelOf, onEnd: (invocation) => billed.push(invocation) },
  });
  const execution = await execute(sandbox, machineArn, { asked: 0 });
  return { sandbox, execution, billed };
}

const requests = { get: 3, put: 2, list: 1 };

test('a model answers in the time that it names, in a new environment after its cold start', async () => {
  const { sandbox, execution, billed } = await run({
    coldStartMilliseconds: 400,
    invoke: (event, context) => ({
      milliseconds: 99.5 + context.number,
      requests,
      result: { payload: { event, ...context } },
    }),
  });
  expect(execution.outcome).toEqual({
    status: 'SUCCEEDED',
    output: {
      event: { event: { asked: 0 }, number: 1, memoryMegabytes: 512 },
      number: 2,
      memoryMegabytes: 512,
      real: true,
    },
  });
  // 101 and 102 whole milliseconds, the first after 400 ms in which the environment is made.
  expect(billed.map(({ milliseconds }) => milliseconds)).toEqual([501, 102]);
  expect(billed[0]).toMatchObject({ fn: { memoryMegabytes: 512 }, requests });
  const ends = execution.history.filter(({ type }) => type === 'TaskSucceeded').map(({ timestamp }) => timestamp - now);
  expect(ends.slice(0, 2)).toEqual([501, 603]);
  expect(measured(sandbox, { account, region: 'us-east-1' }, 'AWS/Lambda')).toMatchObject({
    'Invocations{FunctionName=modelled} Count': [2, 2, 1],
    'Duration{FunctionName=modelled} Milliseconds': [2, 203, 102],
    'Errors{FunctionName=modelled} Count': [2, 0, 0],
  });
});

test.each([
  ['fails', 5, { errorType: 'Gust', errorMessage: 'blown away' }, 'Gust', 5],
  ['that takes longer than its function may is given up', 11_000, { payload: 1 }, 'Sandbox.Timedout', 10_000],
])('a model that %s', async (_, milliseconds, result, error, after) => {
  const { execution } = await run({ coldStartMilliseconds: 0, invoke: () => ({ milliseconds, requests, result }) });
  expect(execution.outcome).toMatchObject({ status: 'FAILED', error });
  expect((execution.stoppedAt ?? 0) - now).toBe(after);
});
