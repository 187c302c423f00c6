import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { Sandbox } from '../../src/sandbox.ts';
import {
  bucket,
  bundle,
  lambda,
  lambdaFunction,
  type LiteralStack,
  role,
  stacksOf,
  states,
  allow,
  arnOf,
} from '../../src/testing/literals.ts';
import { account } from '../cloudformation/refusals.ts';
import { type Handled, handled, inHand, refusal } from '../handling.ts';
import { zipOf } from './zip-of.ts';

const functionArn = `arn:aws:lambda:us-east-1:${account}:function:tried`;
const answering = (value: string): string => `export const handler = async () => (${value});`;
const slow = (value: string): string =>
  `export const handler = async () => { await new Promise((done) => setTimeout(done, 400)); return ${value}; };`;

const stack = (code: string, properties: JsonObject = {}, trust = lambda): LiteralStack => ({
  account,
  resources: {
    FunctionRole: role('function', trust, allow('*')),
    OtherRole: role('other', states),
    Tried: lambdaFunction('tried', code, properties),
  },
});

async function answerOf({ functions }: Sandbox): Promise<unknown> {
  const result = await functions.invoke(functionArn, '{}', () => undefined);
  return result.ok
    ? (JSON.parse(result.payload) as unknown)
    : `${result.error.errorType}: ${result.error.errorMessage}`;
}

describe('an update of a function', () => {
  test('replaces its code: what runs ends with the old, what is invoked later gets the new', async () => {
    const { sandbox, update } = await handled(stack(slow('"old"')), 'Tried');
    expect(await answerOf(sandbox)).toBe('old');
    const running = answerOf(sandbox);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await update(stack(answering('"new"')));
    expect(await answerOf(sandbox)).toBe('new');
    expect(await running).toBe('old');
    expect(await answerOf(sandbox)).toBe('new');
  });

  test.each<[string, string, JsonObject, JsonObject, unknown, unknown]>([
    [
      'environment',
      'process.env.COLOR',
      { Environment: { Variables: { COLOR: 'blue' } } },
      { Environment: { Variables: { COLOR: 'red' } } },
      'blue',
      'red',
    ],
    ['memory', 'process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE', {}, { MemorySize: 256 }, '128', '256'],
    [
      'timeout',
      'new Promise((done) => setTimeout(() => done(1), 1_500))',
      { Timeout: 1 },
      { Timeout: 5 },
      expect.stringContaining('Task timed out after 1.00 seconds'),
      1,
    ],
  ])('changes its %s', async (_, value, before, after, first, then) => {
    const code = { Code: { S3Bucket: 'assets', S3Key: bundle(answering(value)) } };
    const { sandbox, update, read } = await handled(stack('', { ...code, ...before }), 'Tried');
    expect(await answerOf(sandbox)).toEqual(first);
    await update(stack('', { ...code, ...after }));
    expect(await answerOf(sandbox)).toEqual(then);
    expect(read()).toMatchObject({ FunctionName: 'tried', ...after });
    expect(read()).not.toHaveProperty('Code');
  });

  test.each<[string, JsonObject, string]>([
    [
      'with a role that Lambda may not assume',
      { Role: arnOf('OtherRole') },
      'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda',
    ],
    ['with another runtime', { Runtime: 'python3.14' }, 'NotSupported: the sandbox runs Node.js only'],
  ])('%s is refused and changes nothing', async (_, properties, expected) => {
    const { sandbox, update, read } = await handled(stack(answering('1')), 'Tried');
    const before = read();
    expect(await refusal(() => update(stack(answering('2'), properties)))).toContain(expected);
    expect(await answerOf(sandbox)).toBe(1);
    expect(read()).toEqual(before);
  });

  test('of a function that is gone is refused', async () => {
    const { update, remove } = await handled(stack(answering('1')), 'Tried');
    await remove();
    expect(await refusal(() => update(stack(answering('2'))))).toBe(
      `ResourceNotFoundException: Function not found: ${functionArn}`,
    );
  });

  test('gives back the concurrency that it had reserved', async () => {
    const { sandbox, update } = await handled(stack(answering('1'), { ReservedConcurrentExecutions: 0 }), 'Tried');
    const started = async () => {
      const outcomes: unknown[] = [];
      sandbox.functions.start(functionArn, '{}', ({ throttled }) => outcomes.push(throttled));
      await sandbox.simulation.run(() => outcomes.length > 0);
      return outcomes[0];
    };
    expect(await started()).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
    await update(stack(answering('1')));
    expect(await started()).toBeUndefined();
  });
});

describe('the deletion of a function', () => {
  test('frees its name, ends its environments, and is repeated without an error', async () => {
    const { sandbox, create, remove, read } = await handled(stack(answering('process.pid')), 'Tried');
    const pid = Number(await answerOf(sandbox));
    expect(isRunning(pid)).toBe(true);
    await remove();
    expect(sandbox.functions.has(functionArn)).toBe(false);
    expect(read()).toBeUndefined();
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(await refusal(remove)).toBeUndefined();
    expect(await refusal(create)).toBeUndefined();
    expect(await refusal(create)).toBe('ResourceConflictException: Function tried already exists.');
  });

  test('lets an invocation end that runs', async () => {
    const { sandbox, remove } = await handled(stack(slow('1')), 'Tried');
    const running = answerOf(sandbox);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await remove();
    expect(await running).toBe(1);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('code in the simulated S3', () => {
  const archive = (version: string): Buffer => zipOf({ 'index.mjs': answering(`'${version}'`) });
  const code = (S3Key: string): JsonObject => ({ Code: { S3Bucket: 'uploads', S3Key } });

  /** A sandbox with objects in the bucket `uploads`, and the function that runs one of them, not yet created. */
  async function uploaded(objects: Readonly<Record<string, Buffer>>, key: string, region?: string): Promise<Handled> {
    const uploads = { account, region, resources: { Uploads: bucket('uploads') } };
    const { sandbox } = await handled(uploads, 'Uploads');
    for (const [name, bytes] of Object.entries(objects)) sandbox.storage.seed({ bucket: 'uploads', key: name }, bytes);
    const [, roles] = stacksOf(uploads, { account, resources: { FunctionRole: role('function', lambda) } });
    if (roles) await sandbox.deploy(roles);
    return inHand(sandbox, withoutAssets(key), 'Tried', { assets: new Map() });
  }
  const withoutAssets = (key: string): LiteralStack => ({
    account,
    resources: { FunctionRole: role('function', lambda), Tried: lambdaFunction('tried', '', code(key)) },
  });

  test('is run, and another object after an update', async () => {
    const { sandbox, create, update } = await uploaded(
      { 'one.zip': archive('one'), 'two.zip': archive('two') },
      'one.zip',
    );
    await create();
    expect(await answerOf(sandbox)).toBe('one');
    await update(withoutAssets('two.zip'));
    expect(await answerOf(sandbox)).toBe('two');
  });

  test.each<[string, Readonly<Record<string, Buffer>>, string | undefined, string]>([
    [
      'is not there',
      {},
      undefined,
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    ],
    [
      'is no archive',
      { 'one.zip': Buffer.from('none') },
      undefined,
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    [
      'is in another region',
      { 'one.zip': zipOf({}) },
      'eu-west-1',
      'Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request',
    ],
  ])('that %s is refused', async (_, objects, region, expected) => {
    const { sandbox, create } = await uploaded(objects, 'one.zip', region);
    expect(await refusal(create)).toBe(`InvalidParameterValueException: ${expected}`);
    expect(sandbox.functions.has(functionArn)).toBe(false);
  });
});
