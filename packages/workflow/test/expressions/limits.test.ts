import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { evaluate } from '../../src/expressions/expressions.ts';
import { cheapNames, nativeNames, riskyNames } from '../../src/expressions/jsonata-limits.ts';
import { bindings } from './jsonpath/bindings.ts';

const value = (expression: string): Promise<Json> =>
  evaluate(`{% ${expression} %}`, 'Output', {
    language: 'JSONata',
    states: { input: { list: [3, 1, 2], text: 'a,b' } },
    variables: {},
    at: 0,
    seed: 'run',
  });

const [stack, time, memory] = [
  'Stack overflow error',
  'Expression evaluation timeout',
  'Expression evaluation memory limit exceeded: Check for excessive memory usage',
];

const sum = (terms: number): string => Array.from({ length: terms }, () => 1).join('+');
const shared = '$p := function($s, $n) { $n = 0 ? $s : $p({"a": $s, "b": $s}, $n - 1) }';
const doubled = (times: number): string =>
  `($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p("x", ${times})))`;

describe('an expression within the limits of AWS has its value', () => {
  test.each<[string, Json]>([
    ['[1..873782] ~> $count()', 873_782],
    [doubled(22), 4_194_304],
    [sum(100), 100],
    ['$count($distinct([1..400]))', 400],
    ['$count($distinct([1..2000]))', 2_000],
    ['$count($sort([1..5000]))', 5_000],
    ['$sort($states.input.list)', [1, 2, 3]],
    ["$count($match($pad('', 20000, 'a'), /a/))", 20_000],
    ['$split($states.input.text, /,/)', ['a', 'b']],
    ['$map($states.input.list, function($v, $i) { $v * $i })', [0, 1, 4]],
    ['($f := $substring(?, 0, 2); $f("hello"))', 'he'],
    ["$map(['a-b'], $split(?, '-'))", ['a', 'b']],
    ['$power(?, 2)(3)', 9],
    ['$states.input.text ~> $uppercase ~> $length', 3],
    ["$length($pad('', 1000000, 'x'))", 1_000_000],
    ['("abc").$length()', 3],
  ])('%s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

describe('an expression beyond them fails, and nothing else does', () => {
  test.each([
    ['[1..873783] ~> $count()', memory],
    [doubled(23), memory],
    [doubled(40), memory],
    [`{"all": [${doubled(28)}]}`, memory],
    ["$length($pad('', 200000000, 'x'))", memory],
    ["$length($pad('', -200000000, 'x'))", memory],
    ["$length($now('[D,200000000]'))", memory],
    ["$length($map(['[D,200000000]'], $now))", memory],
    ["$length($base64encode($pad('', 135000000, 'x')))", memory],
    ["$replace($pad('', 900000, 'a'), 'a', $pad('', 900000, 'b'))", memory],
    ["$join([1..10000].($pad('', 1000, 'x')))", memory],
    ['($p := function($s, $n) { $n = 0 ? $s : $p($append($s, $s), $n - 1) }; $count($p([1, 2], 30)))', memory],
    [`($s := ${doubled(28).replace('$length', '')}; $hash($s, 'MD5'))`, memory],
    [`($s := ${doubled(28).replace('$length', '')}; {$s: 1})`, memory],
    [sum(101), stack],
    [sum(200), stack],
    ["$count($distinct([1..60000].{'a': $}))", time],
    ['$count($filter([1..50000], function($x) { $x in [1..50000] }))', time],
    [`(${shared}; $p(1, 26) = $p(1, 26))`, time],
    [`$toMillis('${'one '.repeat(60)}!', '[Yw][Mw][Dw][Hw][mw][sw]')`, time],
    [`$replace("${'a'.repeat(40)}!", /^(a+)+$/, "b")`, time],
  ])('%s', async (expression, problem) => {
    await expect(value(expression)).rejects.toThrow(`threw an error during evaluation. ${problem}`);
  });

  test('while others are served', async () => {
    let served = 0;
    const others = setInterval(() => (served += 1), 20);
    await expect(value("$count($distinct([1..60000].{'a': $}))")).rejects.toThrow(time);
    clearInterval(others);
    expect(served).toBeGreaterThan(20);
  });
});

test('$shuffle is decided by the seed', async () => {
  const shuffled = await value('$shuffle([1..20])');
  expect(shuffled).toEqual(await value('$shuffle([1..20])'));
  expect(shuffled).not.toEqual(await value('[1..20]'));
  expect(await value('$sort($shuffle([1..20]))')).toEqual(await value('[1..20]'));
});

test('every function that JSONata brings has limits, and is known as cheap or risky', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
  const bound = [...source.matchAll(/staticFrame\.bind\('(\w+)'/g)].map(([, name]) => name);
  expect(bound.length).toBeGreaterThan(50);
  expect([...nativeNames, 'eval'].sort()).toEqual(bound.sort());
});

/** True if an expression is evaluated aside, in another process. */
async function isAside(expression: string): Promise<boolean> {
  let is = false;
  const aside = <Result>(task: () => Promise<Result>): Promise<Result> => {
    is = true;
    return task();
  };
  const data = { language: 'JSONata', states: {}, variables: {}, at: 0, seed: 'run' } as const;
  await evaluate(`{% ${expression} %}`, 'Output', { ...data, aside });
  return is;
}

describe('a function of JSONata', () => {
  test.each(cheapNames)('$%s is evaluated at once', async (name) => {
    expect(await isAside(`$exists($${name})`)).toBe(false);
  });

  test.each([...riskyNames, 'now'])('$%s is evaluated in another process', async (name) => {
    expect(await isAside(`$exists($${name})`)).toBe(true);
  });
});

test.each([
  ['$now() without a picture', '$now()', false],
  ['$now() with a picture', "$now('[Y]')", true],
  ['an array that is large', '$count([1..200000])', true],
])('%s is evaluated in another process: %s, %s', async (_, expression, expected) => {
  expect(await isAside(expression)).toBe(expected);
});

describe('a path', () => {
  const nested = (levels: number, innermost: Json = 1): Json =>
    Array.from({ length: levels }).reduce<Json>((inner) => [inner], innermost);
  const nestedList = (levels: number): Json =>
    nested(
      levels,
      Array.from({ length: 2_000 }, (_, k) => ({ k })),
    );
  const at = (path: string, input: Json): Promise<Json> => evaluate({ 'x.$': path }, 'Parameters', bindings(input));

  test.each([
    ['$..*', nested(900), 900],
    ['$..*..*', nested(100), 4_950],
  ])('%s searches data of usual size', async (path, input, count) => {
    expect(await at(`States.ArrayLength(${path})`, input)).toEqual({ x: count });
  });

  test.each([
    ['begins a search at each value of deep data', '$..*..*', nested(900)],
    ['takes each value twice, step by step', `$${'[0,0]'.repeat(30)}`, nested(30)],
    ['filters a long list again and again', `$${'[0,0]'.repeat(10)}[?(@.k == 1)]`, nestedList(10)],
  ])('that %s is refused while it searches, within 2 s of processor time', async (_, path, input) => {
    const before = process.cpuUsage();
    await expect(at(path, input)).rejects.toThrow('The path looks at more than 1000000 values.');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(2);
  });

  test('to 20,000 objects makes them unique at once', async () => {
    const list = Array.from({ length: 20_000 }, (_, index) => ({ a: index % 10_000, b: [1] }));
    expect(await at('States.ArrayLength(States.ArrayUnique($))', list)).toEqual({ x: 10_000 });
  });
});
