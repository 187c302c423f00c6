import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import { FunctionConcurrency } from '../../src/lambda/function-concurrency.ts';
import { GrantedQuotas, type QuotaSettings } from '../../src/quotas/granted-quotas.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { measured } from '../cloudwatch/measured.ts';
import {
  allow,
  execute,
  lambda,
  lambdaFunction,
  role,
  sandboxWith,
  stateMachine,
  states,
} from '../../src/testing/literals.ts';
import { sendSigned } from '../signed-request.ts';
import { serve } from '../step-functions/api/operator.ts';
import { credentialsAs } from '../sts/callers.ts';
import { functionWith } from './function-with.ts';

/** Invocations that begin at a time, and those that end before: `[second, ended, asking]`. */
type Load = readonly (readonly [second: number, ended: number, asking: number])[];

/** How many of those that ask begin, and how many of these need an environment of their own. */
function course(quotas: QuotaSettings, load: Load, reservedConcurrency?: number) {
  let time = 0;
  const concurrency = new FunctionConcurrency({
    quotasOf: new GrantedQuotas(quotas).of,
    meters: { concurrencyClaimed: () => undefined },
    now: () => time,
  });
  const fn = functionWith('', { ...(reservedConcurrency !== undefined && { reservedConcurrency }) });
  concurrency.reserve(fn);
  const running: (() => void)[] = [];
  return load.map(([second, ended, asking]) => {
    time = second * 1_000;
    for (const end of running.splice(0, ended)) end();
    const admissions = Array.from({ length: asking }, () => concurrency.begin(fn));
    running.push(...admissions.flatMap((admission) => (admission.ok ? [admission.end] : [])));
    const begun = admissions.filter(({ ok }) => ok);
    const refused = admissions.flatMap((admission) => (admission.ok ? [] : [admission.reason]));
    const cold = begun.filter((admission) => admission.ok && admission.isCold).length;
    return [begun.length, cold, ...new Set(refused)];
  });
}

const full = 'ConcurrentInvocationLimitExceeded';
const tooFast = 'FunctionInvocationRateLimitExceeded';

describe('invocations of a function', () => {
  test.each<readonly [string, QuotaSettings, Load, readonly (readonly (number | string)[])[]]>([
    [
      'begin up to the concurrency of the account, 1,000',
      {},
      [
        [0, 0, 1_200],
        [1, 300, 400],
      ],
      // 300 end and leave their environments to the next 300.
      [
        [1_000, 1_000, full],
        [300, 0, full],
      ],
    ],
    [
      'ramp up by 1,000 at once and 100 a second, which is 1,000 in 10 s',
      { lambdaConcurrency: 10_000 },
      [
        [0, 0, 3_000],
        [5, 0, 3_000],
        [10, 0, 3_000],
        [60, 0, 3_000],
      ],
      // 5 s bring 500 environments, and however long nobody asks, never more than 1,000.
      [
        [1_000, 1_000, tooFast],
        [500, 500, tooFast],
        [500, 500, tooFast],
        [1_000, 1_000, tooFast],
      ],
    ],
    [
      'use warm environments without limit to their rate',
      { lambdaConcurrency: 50, lambdaScaling: { size: 20, refillPerSecond: 1 } },
      [
        [0, 0, 20],
        [1, 20, 20],
        [2, 20, 25],
      ],
      // After 2 s there are 2 tokens for further environments.
      [
        [20, 20],
        [20, 0],
        [22, 2, tooFast],
      ],
    ],
  ])('%s', (_, quotas, load, expected) => {
    expect(course(quotas, load)).toEqual(expected);
  });

  test('with reserved concurrency have that, no more and no less', () => {
    const load: Load = [
      [0, 0, 5],
      [1, 1, 2],
    ];
    const exceeded = 'ReservedFunctionConcurrentInvocationLimitExceeded';
    expect(course({ lambdaConcurrency: 2 }, load, 3)).toEqual([
      [3, 3, exceeded],
      [1, 0, exceeded],
    ]);
  });
});

const account = '444444444444';
const place = { account, region: 'us-east-1' };
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:${account}:function:${name}`;
const machineArn = `arn:aws:states:us-east-1:${account}:stateMachine:tried`;
const code =
  'export const handler = (event) => new Promise((done) => setTimeout(done, event.wait ?? 0, { done: true }));';

/** A machine that invokes two functions side by side, a caller, and quotas. */
function calling(quotas: QuotaSettings, task: JsonObject = {}, reserving: JsonObject = {}): Promise<Sandbox> {
  const call = (name: string, wait: number): JsonObject => ({
    StartAt: name,
    States: {
      [name]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: arnOf(name), Payload: { wait } },
        Output: '{% $states.result.Payload %}',
        End: true,
        ...task,
      },
    },
  });
  const both = { Both: { Type: 'Parallel', Branches: [call('one', 50), call('two', 50)], End: true } };
  const resources = {
    FunctionRole: role('function', lambda),
    One: lambdaFunction('one', code, reserving),
    Two: lambdaFunction('two', code),
    MachineRole: role('machine-role', states, allow('lambda:InvokeFunction')),
    Operator: role('operator', lambda, allow('lambda:InvokeFunction')),
    Tried: stateMachine('tried', both),
  };
  return sandboxWith([{ account, resources }], { quotas });
}

describe('a task', () => {
  test('whose function is throttled fails as AWS says, and counts', async () => {
    const sandbox = await calling({ lambdaConcurrency: 1 });
    const { outcome } = await execute(sandbox, machineArn);
    expect(outcome).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.TooManyRequestsException',
      cause: expect.stringMatching(/^Rate Exceeded\. \(Service: Lambda, Status Code: 429/) as unknown,
    });
    await sandbox.simulation.run(() => false);
    expect(measured(sandbox, place, 'AWS/Lambda')).toMatchObject({
      'Throttles{FunctionName=two} Count': [1, 1, 1],
      'Throttles{FunctionName=one} Count': [1, 0, 0],
      'Invocations{} Count': [1, 1, 1],
      'ClaimedAccountConcurrency{} Count': [1, 1, 1],
    });
  });

  test('that tries again comes through when the other has ended', async () => {
    const retry = { Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 2 }] };
    const { outcome } = await execute(await calling({ lambdaConcurrency: 1 }, retry), machineArn);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [{ done: true }, { done: true }] });
  });

  test('of a function with reserved concurrency leaves that of the others alone', async () => {
    const reserving = { ReservedConcurrentExecutions: 1 };
    const { outcome } = await execute(await calling({ lambdaConcurrency: 2 }, {}, reserving), machineArn);
    expect(outcome?.status).toBe('SUCCEEDED');
    // One of two is reserved for the first function: of the others only one can run.
    const both = await execute(await calling({ lambdaConcurrency: 1 }, {}, reserving), machineArn);
    expect(both.outcome).toMatchObject({ error: 'Lambda.TooManyRequestsException' });
  });
});

describe('Invoke over HTTP', () => {
  const ask = (sandbox: Sandbox, name: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
    const url = `${sandbox.endpointUrl}/2015-03-31/functions/${name}/invocations`;
    const credentials = credentialsAs(sandbox, `arn:aws:iam::${account}:role/operator`);
    const request = { method: 'POST', url, headers, body: JSON.stringify(body) };
    return sendSigned(request, { credentials, service: 'lambda', region: 'us-east-1' });
  };

  test('is throttled with status 429 and the reason', async () => {
    const sandbox = await calling({ lambdaConcurrency: 1 });
    serve(sandbox);
    const answers = await Promise.all([ask(sandbox, 'one', { wait: 300 }), ask(sandbox, 'two', { wait: 300 })]);
    const refused = answers.find(({ status }) => status === 429);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(await refused?.json()).toEqual({
      Reason: full,
      Type: 'User',
      Message: 'Rate Exceeded.',
      message: 'Rate Exceeded.',
    });
  });

  test('with an event puts it back into the queue, and invokes when there is room', async () => {
    const sandbox = await calling({ lambdaConcurrency: 1 });
    const event = { 'x-amz-invocation-type': 'Event' };
    await ask(sandbox, 'one', { wait: 20 }, event);
    await ask(sandbox, 'two', { wait: 20 }, event);
    await sandbox.simulation.run(() => false);
    expect(measured(sandbox, place, 'AWS/Lambda')).toMatchObject({
      'Invocations{FunctionName=one} Count': [1, 1, 1],
      'Invocations{FunctionName=two} Count': [1, 1, 1],
    });
    const throttles = measured(sandbox, place, 'AWS/Lambda')['Throttles{FunctionName=two} Count'];
    expect(throttles?.[1]).toBe(1);
  });
});
