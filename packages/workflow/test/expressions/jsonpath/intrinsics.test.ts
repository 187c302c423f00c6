import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { intrinsicProblem } from '../../../src/expressions/jsonpath/intrinsics/parse.ts';
import { fillTemplate } from '../../../src/expressions/jsonpath/payload-template.ts';
import { bindings } from './bindings.ts';

const input = {
  list: [1, 2, 3, 3, '3', { a: 1 }, { a: 1 }],
  text: '{"gusts":[1]}',
  first: { a: 1, b: { c: 1 } },
  second: { b: { d: 2 } },
  template: 'at {}',
  long: 'x'.repeat(10_001),
};

const value = (call: string, seed?: string): Json => {
  const filled = fillTemplate({ 'v.$': call }, 'Parameters', bindings(input, seed));
  return (filled as { readonly v: Json }).v;
};

describe('an intrinsic function gives', () => {
  test.each<[call: string, expected: Json]>([
    ["States.Format('{} is {} {}', 'wind', 12, true)", 'wind is 12 true'],
    ["States.Format('{}', $.first)", '{"a":1,"b":{"c":1}}'],
    ["States.Format($.template, 'EDDB')", 'at EDDB'],
    [String.raw`States.Format('it\'s \{\} and \\')`, "it's {} and \\"],
    ['States.StringToJson($.text)', { gusts: [1] }],
    ['States.JsonToString($.second)', '{"b":{"d":2}}'],
    ["States.Array(1, 'a', null, $.second)", [1, 'a', null, { b: { d: 2 } }]],
    ['States.Array()', []],
    ['States.ArrayPartition($.list, 3)', [[1, 2, 3], [3, '3', { a: 1 }], [{ a: 1 }]]],
    ['States.ArrayContains($.list, 3)', true],
    ["States.ArrayContains($.list, '2')", false],
    ['States.ArrayContains($.list, States.StringToJson(\'{"a":1}\'))', true],
    ['States.ArrayRange(1, 9, 3)', [1, 4, 7]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayLength($.list)', 7],
    ['States.ArrayUnique($.list)', [1, 2, 3, '3', { a: 1 }]],
    ["States.Base64Encode('wind')", 'd2luZA=='],
    ["States.Base64Decode('d2luZA==')", 'wind'],
    ["States.Hash('wind', 'SHA-1')", 'e70091e7cdb71138071913757a2ec6983ba0db1d'],
    ['States.JsonMerge($.first, $.second, false)', { a: 1, b: { d: 2 } }],
    ['States.MathAdd(1, -3)', -2],
    ['States.MathAdd(1.4, 1)', 2],
    ["States.StringSplit('a,b;;c', ',;')", ['a', 'b', 'c']],
    ["States.Format('{}', States.ArrayGetItem(States.StringSplit('a b', ' '), 1))", 'b'],
    ['States.ArrayLength($.list[?(@.a == 1)])', 2],
    ["States.Format('{}', $['first']['a'])", '1'],
    ["States.Format('{} {}', $unit, $$.Execution.Name)", 'kn run-1'],
  ])('%s', (call, expected) => {
    expect(value(call)).toEqual(expected);
  });

  test('what the seed decides, another one each time', () => {
    const draw = (seed?: string): Json => value('States.Array(States.UUID(), States.UUID())', seed);
    const [one, other] = draw() as readonly string[];
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one).not.toBe(other);
    expect(draw()).toEqual([one, other]);
    expect(draw('run-2/2')).not.toEqual([one, other]);
  });

  test('another UUID in each field of a template', () => {
    const filled = fillTemplate({ 'a.$': 'States.UUID()', 'b.$': 'States.UUID()' }, 'Parameters', bindings({}));
    const { a, b } = filled as { readonly a: Json; readonly b: Json };
    expect(a).not.toBe(b);
  });

  test('a random integer from its start to below its end, which a seed of its own fixes', () => {
    const drawn = Array.from({ length: 50 }, (_, i) => value('States.MathRandom(1, 4)', `run-${i}`));
    expect([...new Set(drawn)].sort()).toEqual([1, 2, 3]);
    expect(value('States.MathRandom(1, 1000000, 7)')).toBe(value('States.MathRandom(1, 1000000, 7)', 'run-2'));
  });
});

describe('an intrinsic function fails on', () => {
  const failure = (call: string): unknown => {
    try {
      return value(call);
    } catch (error) {
      return error;
    }
  };

  test.each([
    ["States.Format('{} {}', 1)", 'the template has 2 times {}, but there are 1 values for it'],
    ["States.Format('{a}')", String.raw`"{" must be written as "\{"`],
    ["States.StringToJson('{')", 'the string is not JSON: {'],
    [`States.StringToJson('${'['.repeat(1_001)}${']'.repeat(1_001)}')`, 'the string is nested deeper than 1000 levels'],
    ['States.ArrayPartition($.list, 0)', 'the size of a chunk must be above 0, got 0'],
    ["States.ArrayLength('x')", 'the first argument must be an array, got "x"'],
    ['States.ArrayRange(1, 2000, 1)', 'the array may have at most 1000 items, not 2000'],
    ['States.ArrayRange(1, 2, 0)', 'the step must not be 0'],
    ['States.ArrayGetItem($.list, 7)', 'the array has 7 items, there is none at 7'],
    ['States.Base64Encode($.long)', 'the string must have at most 10000 characters'],
    ["States.Base64Decode('§')", 'the string is not Base64'],
    ["States.Hash('a', 'CRC')", 'the algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512, got "CRC"'],
    ["States.Hash($.long, 'MD5')", 'the data must have at most 10000 characters'],
    ['States.JsonMerge($.first, $.second, true)', 'only shallow merging is supported'],
    ['States.JsonMerge($.first, 1, false)', 'both arguments must be objects, got 1'],
    ["States.MathAdd('1', 1)", 'the first argument must be a number, got "1"'],
    ['States.MathAdd(2147483647, 1)', 'numbers go from -2147483647 to 2147483647, got 2147483648'],
    ['States.MathRandom(2, 2)', 'the end 2 must be above the start 2'],
    ["States.StringSplit('a', 1)", 'the second argument must be a string, got 1'],
  ])('%s', (call, problem) => {
    expect(failure(call)).toMatchObject({
      error: 'States.IntrinsicFailure',
      message: expect.stringContaining(`The function '${call}' had the following error: ${problem}`) as string,
    });
  });

  test('a path that selects nothing, which cannot be caught', () => {
    expect(failure('States.ArrayLength($.nowhere)')).toMatchObject({
      error: 'States.Runtime',
      message: expect.stringContaining(
        "The function 'States.ArrayLength($.nowhere)' had the following error: " +
          "The JsonPath argument for the field '$.nowhere' could not be found in the input '{\"list\":",
      ) as string,
    });
  });
});

describe('an intrinsic function is refused', () => {
  test.each([
    ['States.Reverse($.list)', 'there is no intrinsic function States.Reverse'],
    ['States.MathAdd(1)', 'States.MathAdd takes 2 arguments, got 1'],
    ['States.MathRandom(1)', 'States.MathRandom takes 2 to 3 arguments, got 1'],
    ['States.Format()', 'States.Format takes at least 1 arguments, got 0'],
    ['States.Array(1', 'cannot be read from "1" on'],
    ['States.Array(1) + 1', 'cannot be read from "+ 1" on'],
    ['States.Array(wind)', 'cannot be read from "wind)" on'],
    [String.raw`States.Format('a \"{}\"', 1)`, String.raw`\" cannot be written in a literal`],
    [String.raw`States.Array('\\\"')`, String.raw`\" cannot be written in a literal`],
    ['States.Array($.a[)', 'cannot be read from "[)" on'],
    [`${'States.Array('.repeat(11)}${')'.repeat(11)}`, 'functions may be nested 10 deep'],
  ])('%s', (call, problem) => {
    expect(intrinsicProblem(call)).toContain(problem);
  });

  test.each([String.raw`States.Format('"{}" \'\{\}\\', 1)`, String.raw`States.Array('\\"')`])('not %s', (call) => {
    expect(intrinsicProblem(call)).toBeUndefined();
  });

  test('not when it stands 10 deep', () => {
    expect(intrinsicProblem(`${'States.Array('.repeat(10)}${')'.repeat(10)}`)).toBeUndefined();
  });
});
