import { describe, expect, test } from 'vitest';
import { inlineCode, toFunction } from '../src/functions.ts';
import { resolveStacks } from '../src/resolve.ts';
import type { JsonObject } from '@crosswind/aws/json';
import { assembled } from '../src/testing/assembled.ts';

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

  test('may have its code in the template', () => {
    const resource = (Code: JsonObject) => ({
      ...{
        logicalId: 'It',
        type: 'AWS::Lambda::Function',
        path: 'It',
        name: 'it',
        ref: 'it',
        dependencies: [],
        unresolved: [],
      },
      properties: { Code },
    });
    expect(inlineCode(resource({ ZipFile: 'exports.handler = 1' }))).toBe('exports.handler = 1');
    expect(inlineCode(resource({ S3Key: 'x.zip' }))).toBeUndefined();
  });
});
