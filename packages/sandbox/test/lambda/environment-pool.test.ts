import { afterEach, describe, expect, test } from 'vitest';
import type { FunctionResource } from '@crosswind/assembly/functions';
import { EnvironmentPool, type PooledResult } from '../../src/lambda/environment-pool.ts';
import type { ExecutionEnvironment } from '../../src/lambda/execution-environment.ts';
import type { Begin } from '@crosswind/workflow/clock/simulation';
import { functionWith } from './function-with.ts';

const pools: EnvironmentPool[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) pool.end();
});

function poolOf(capacity: number) {
  const pool = new EnvironmentPool(capacity, () => ({}));
  pools.push(pool);
  return async (fn: FunctionResource, event: unknown = {}, begin: Begin = () => undefined) => {
    let isCold = false;
    const began = (_: ExecutionEnvironment, coldStart: boolean): void => {
      isCold = coldStart;
    };
    const invocation = { requestId: 'request-1', event: JSON.stringify(event), crash: false };
    return { ...(await pool.run(fn, invocation, { begin, began })), coldStart: isCold };
  };
}

const counting = 'let calls = 0; export const handler = () => ++calls;';

/** `cold 1`: the environment was new, and this was its first invocation. */
const told = ({ coldStart, result }: PooledResult & { readonly coldStart: boolean }): string =>
  `${coldStart ? 'cold' : 'warm'} ${result.ok ? result.payload : result.error.errorType}`;

describe('an environment', () => {
  test('stays warm and is used again by the same function', async () => {
    const run = poolOf(2);
    const fn = functionWith(counting);
    expect([told(await run(fn)), told(await run(fn)), told(await run(fn))]).toEqual(['cold 1', 'warm 2', 'warm 3']);
  });

  test('is never used by another function', async () => {
    const run = poolOf(2);
    const [one, other] = [functionWith(counting), functionWith(counting, { name: 'other' })];
    expect([told(await run(one)), told(await run(other)), told(await run(one))]).toEqual([
      'cold 1',
      'cold 1',
      'warm 2',
    ]);
  });

  test('makes room for that of another function when all places are taken', async () => {
    const run = poolOf(1);
    const [one, other] = [functionWith(counting), functionWith(counting, { name: 'other' })];
    expect([told(await run(one)), told(await run(other)), told(await run(one))]).toEqual([
      'cold 1',
      'cold 1',
      'cold 1',
    ]);
  });

  test('that ended is not used again', async () => {
    const run = poolOf(1);
    const fn = functionWith('export const handler = () => process.exit(1);');
    expect([told(await run(fn)), told(await run(fn))]).toEqual(['cold Runtime.ExitError', 'cold Runtime.ExitError']);
  });

  test('that ended while nobody used it is not used again', async () => {
    const run = poolOf(1);
    const fn = functionWith('export const handler = () => { setTimeout(() => process.exit(1), 50); return 1; };');
    expect(told(await run(fn))).toBe('cold 1');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(told(await run(fn))).toBe('cold 1');
  });
});

describe('invocations', () => {
  const hanging = 'export const handler = () => new Promise(() => setInterval(() => 0, 1_000));';

  test.each([1, 2, 4])('run %s at a time, as many as there is room for', async (capacity) => {
    const run = poolOf(capacity);
    const fn = functionWith(hanging);
    let begun = 0;
    for (let n = 0; n < 6; n++) void run(fn, n, () => (begun += 1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBe(capacity);
  });

  test('beyond that wait for room, in order', async () => {
    const run = poolOf(1);
    const fn = functionWith(counting);
    const begun: number[] = [];
    await Promise.all([0, 1, 2, 3].map((n) => run(fn, n, () => begun.push(n))));
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  test('get the room of one that failed', async () => {
    const run = poolOf(1);
    const exiting = functionWith('export const handler = () => process.exit(1);', { name: 'exiting' });
    const results = await Promise.all([run(exiting), run(functionWith(counting))]);
    expect(results.map(told)).toEqual(['cold Runtime.ExitError', 'cold 1']);
  });

  test('end with the pool', async () => {
    const pool = new EnvironmentPool(1, () => ({}));
    const invocation = { requestId: 'request-1', event: '{}', crash: false };
    const invoked = pool.run(functionWith(hanging), invocation, { begin: () => undefined });
    await Promise.resolve();
    pool.end();
    expect((await invoked).result).toMatchObject({ error: { errorType: 'Runtime.ExitError' } });
  });
});
