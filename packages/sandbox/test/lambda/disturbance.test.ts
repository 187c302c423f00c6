import { describe, expect, test } from 'vitest';
import { lambdaMetrics } from '@crosswind/aws/metrics';
import type { Disturbance } from '../../src/lambda/disturbance.ts';
import type { LoggedResult } from '../../src/lambda/logged-result.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import { lambda, lambdaFunction, role, sandboxWith } from '../../src/testing/literals.ts';

const account = '444444444444';
const place = { account, region: 'us-east-1' };
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:tried`;

const sandboxFor = (): Promise<Sandbox> =>
  sandboxWith([
    {
      account,
      resources: {
        FunctionRole: role('function', lambda),
        Tried: lambdaFunction('tried', 'export const handler = (event) => event;', { Timeout: 10 }),
      },
    },
  ]);

/** Result of an invocation, and the seconds of virtual time that it took. */
async function invoked(sandbox: Sandbox): Promise<{ readonly result: LoggedResult; readonly seconds: number }> {
  const { functions, simulation } = sandbox;
  const before = simulation.now();
  let result: LoggedResult | undefined;
  functions.start(functionArn, '1', (answer) => {
    result = answer;
  });
  await simulation.run(() => result !== undefined);
  if (!result) throw new Error('the function gave no answer');
  return { result, seconds: Math.floor((simulation.now() - before) / 1_000) };
}

const sumOf = ({ cloudWatch: { metrics } }: Sandbox, { namespace, name }: (typeof lambdaMetrics)['errors']): number => {
  const series = metrics.series(place, { namespace, name, dimensions: { FunctionName: 'tried' } });
  return [...(series?.periods(0, Infinity, Infinity).values() ?? [])].reduce((sum, values) => sum + values.sum, 0);
};

const errorOf = (result: LoggedResult): string => (result.ok ? 'none' : result.error.errorType);

describe('a function that is disturbed', () => {
  test.each<readonly [string, Disturbance, error: string, seconds: number, durationSeconds: number]>([
    ['begins late and succeeds', { kind: 'invocation-add-delay', seconds: 8 }, 'none', 8, 8],
    ['times out if the delay is longer', { kind: 'invocation-add-delay', seconds: 30 }, 'Sandbox.Timedout', 10, 10],
    ['fails without running', { kind: 'invocation-error' }, 'InvocationError', 0, 0],
    ['is killed', { kind: 'out-of-memory' }, 'Runtime.ExitError', 0, 0],
  ])('%s', async (_, disturbance, error, seconds, durationSeconds) => {
    const sandbox = await sandboxFor();
    sandbox.functions.disturb(functionArn, disturbance);
    const { result, seconds: took } = await invoked(sandbox);
    expect([errorOf(result), took]).toEqual([error, seconds]);
    expect(sumOf(sandbox, lambdaMetrics.errors)).toBe(error === 'none' ? 0 : 1);
    expect(Math.floor(sumOf(sandbox, lambdaMetrics.duration) / 1_000)).toBe(durationSeconds);
  });

  test('works as before when that ends', async () => {
    const sandbox = await sandboxFor();
    sandbox.functions.disturb(functionArn, { kind: 'invocation-error' });
    expect(errorOf((await invoked(sandbox)).result)).toBe('InvocationError');
    sandbox.functions.disturb(functionArn, undefined);
    expect((await invoked(sandbox)).result).toMatchObject({ ok: true, payload: '1' });
  });
});
