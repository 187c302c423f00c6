import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/expressions/expressions.ts';
import type { Json } from '@crosswind/aws/json';
import type { Bindings } from '../../src/expressions/query.ts';

const bindings = {
  language: 'JSONata',
  states: { input: { n: 2, text: '{"a":[1]}', list: [1, 2, 3, 4, 5] } },
  variables: { unit: 'kn' },
  at: Date.parse('2026-01-31T12:00:00Z'),
  seed: 'run-1/2',
} satisfies Bindings;

const value = (template: Json, seed = bindings.seed): Promise<Json> =>
  evaluate(template, 'Output', { ...bindings, seed });

describe('a template', () => {
  test.each<[string, Json, Json]>([
    ['keeps what is no expression', ['plain', 1, null, { a: true }], ['plain', 1, null, { a: true }]],
    ['is evaluated wherever an expression stands', { a: ['{% $states.input.n %}'] }, { a: [2] }],
    ['takes an expression only when it is the whole text', 'n = {% 1 %}', 'n = {% 1 %}'],
    [
      'keeps an expression with blanks around it',
      [' {% 1 %} ', '{% 1 %} ', '\n{% 1 %}'],
      [' {% 1 %} ', '{% 1 %} ', '\n{% 1 %}'],
    ],
    ['sees variables', '{% $string($states.input.n) & $unit %}', '2kn'],
    ['keeps an array of one an array', '{% [1] %}', [1]],
    [
      'keeps a field of any name',
      JSON.parse('{"__proto__":{"a":1}}') as Json,
      JSON.parse('{"__proto__":{"a":1}}') as Json,
    ],
  ])('%s', async (_, template, expected) => {
    expect(JSON.stringify(await value(template))).toBe(JSON.stringify(expected));
  });
});

describe('functions of Step Functions', () => {
  test.each<[string, Json]>([
    ['$partition($states.input.list, 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('wind', 'SHA-1')", 'e70091e7cdb71138071913757a2ec6983ba0db1d'],
    ['$parse($states.input.text).a', [1]],
    ['$millis()', bindings.at],
    ['$now()', '2026-01-31T12:00:00.000Z'],
    ["$now('[Y]')", '2026'],
    ['$base64decode("d2luZA==")', 'wind'],
    ['$base64decode("d2luZA")', 'wind'],
    ['[$base64decode($nothing)]', []],
  ])('%s', async (expression, expected) => {
    expect(await value(`{% ${expression} %}`)).toEqual(expected);
  });

  test('$random is a share of one that the seed decides', async () => {
    const drawn = await value('{% [$random(), $random()] %}');
    expect(drawn).toEqual(await value('{% [$random(), $random()] %}'));
    expect(drawn).not.toEqual(await value('{% [$random(), $random()] %}', 'run-2/2'));
    expect(new Set(drawn as readonly number[]).size).toBe(2);
  });

  test.each([
    [42, 0.7275636800328681],
    [0, 0.730967787376657],
    [-1, 0.26894263088050496],
    [2 ** 40, 0.15674902858730022],
  ])('$random(%d) is that of java.util.Random', async (seed, expected) => {
    expect(await value(`{% $random(${seed}) %}`)).toBe(expected);
    expect(await value(`{% $random(${seed}) %}`, 'run-2/2')).toBe(expected);
  });

  test('$uuid gives a new UUID each time, the same ones in every run', async () => {
    const made = (await value('{% [$uuid(), $uuid()] %}')) as readonly string[];
    expect(made[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(made[0]).not.toBe(made[1]);
    expect(made).toEqual(await value('{% [$uuid(), $uuid()] %}'));
  });
});

describe('an expression fails', () => {
  const naming = (expression: string): string =>
    `The JSONata expression '${expression}' specified for the field 'Output'`;

  test.each([
    ['$nothing', 'returned nothing (undefined).'],
    [
      '1 + "a"',
      'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    ],
    ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    [
      '$hash("a", "CRC")',
      'threw an error during evaluation. $hash knows MD5, SHA-1, SHA-256, SHA-384, SHA-512, got CRC',
    ],
    ['$partition([1], 0)', 'threw an error during evaluation. $partition needs a size above 0, got 0'],
    [
      `$parse("${'['.repeat(1_001)}${']'.repeat(1_001)}")`,
      'threw an error during evaluation. nested deeper than 1000 levels',
    ],
    ['$base64decode("!!!")', 'threw an error during evaluation. Illegal base64 character 21'],
    ['$base64decode("YQ=a")', 'threw an error during evaluation. Illegal base64 character 3d'],
    ['$base64decode("Y")', 'threw an error during evaluation. Input byte array has wrong 4-byte ending unit'],
    ['$sum', 'returned an unsupported result type.'],
    ['function($x) { $x }', 'returned an unsupported result type.'],
    ['($f := function($n) { $f($n) + 1 }; $f(0))', 'threw an error during evaluation. Stack overflow error'],
    ['($f := function($n) { $f($n) }; $f(0))', 'threw an error during evaluation. Expression evaluation timeout'],
    [`$contains("${'a'.repeat(40)}!", /^(a+)+$/)`, 'threw an error during evaluation. Expression evaluation timeout'],
    ['$count([1..5000000])', 'threw an error during evaluation. Expression evaluation memory limit exceeded'],
  ])('%s', async (expression, problem) => {
    await expect(value(`{% ${expression} %}`)).rejects.toThrow(`${naming(expression)} ${problem}`);
  });
});
