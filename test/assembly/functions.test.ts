import { describe, expect, test } from 'vitest';
import { functionsOf, toFunction } from '../../assembly/functions.ts';
import { resolveStacks } from '../../assembly/resolve.ts';
import type { JsonObject } from '../../assembly/template.ts';
import { stackAt, synthesized } from '../synthesized.ts';
import { assembled } from './assembled.ts';

const child = () => stackAt(synthesized().stacks, 'Crosswind/dev-wind-speed-child/Child');

describe('the functions of the child account', () => {
  test('are read with what runs them', () => {
    const analyze = functionsOf(child()).find(({ name }) => name.includes('ChildAnalyze'));
    expect(analyze).toMatchObject({
      account: '444444444444',
      region: 'us-east-1',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      memoryMegabytes: 1024,
      timeoutSeconds: 60,
      traced: true,
    });
    expect(analyze?.arn).toBe(`arn:aws:lambda:us-east-1:444444444444:function:${analyze?.name}`);
    expect(analyze?.roleArn).toMatch(/^arn:aws:iam::444444444444:role\/crosswind-wind-speed-child-ChildAnalyzeRole/);
    expect(analyze?.logGroupArn).toMatch(/^arn:aws:logs:us-east-1:444444444444:log-group:.*ChildAnalyzeLogs.*:\*$/);
  });

  test('know the names of the buckets that are in the same stack', () => {
    const buckets = child()
      .resources.filter(({ type }) => type === 'AWS::S3::Bucket')
      .map(({ name }) => name);
    const { environment } = functionsOf(child()).find(({ name }) => name.includes('ChildAnalyze')) ?? {};
    expect(Object.keys(environment ?? {})).toEqual(['SOURCE_BUCKET', 'RESULTS_BUCKET']);
    expect(buckets).toEqual(expect.arrayContaining(Object.values(environment ?? {})));
  });
});

describe('a function', () => {
  const read = (properties: JsonObject, assets = new Map([['x.zip', '/bundle']])) => {
    const Code = { S3Key: 'x.zip' };
    const resources = { It: { Type: 'AWS::Lambda::Function', Properties: { Code, ...properties } } };
    const [stack] = resolveStacks([assembled({ Resources: resources }, { assets })]);
    const [resource] = stack?.resources ?? [];
    if (!stack || !resource) throw new Error('no function');
    return toFunction(stack, resource);
  };

  test('that leaves things out has the defaults of Lambda', () => {
    expect(read({})).toMatchObject({ memoryMegabytes: 128, timeoutSeconds: 3, environment: {}, traced: false });
    expect(read({}).logGroupArn).toBeUndefined();
  });

  test('runs the bundle that the assembly publishes under its key', () => {
    expect(read({}).directory).toBe('/bundle');
  });

  test('whose code is not in the assembly is refused by name', () => {
    expect(() => read({}, new Map())).toThrow('It runs code that is no asset of the assembly: {"S3Key":"x.zip"}');
  });
});
