import { describe, expect, test } from 'vitest';
import type { Json } from '@crosswind/aws/json';
import { pathProblem } from '../../../src/expressions/jsonpath/path.ts';
import { fillTemplate } from '../../../src/expressions/jsonpath/payload-template.ts';
import { pathValue, selected } from '../../../src/expressions/jsonpath/resolve.ts';
import { bindings } from './bindings.ts';

const input: Readonly<Record<string, Json>> = {
  station: { id: 'EDDB', 'air-speed': 12, 'a.b': 1, 'a\\"b': 2, "it's": 3 },
  readings: [{ knots: 3, gust: 9 }, { knots: 40 }, { knots: 64, gust: 80 }],
  matrix: [
    [1, 2],
    [3, 4],
  ],
  nothing: null,
  named: [
    { k: 'es', n: 1 },
    { k: 'en', n: 2, gap: null, 'quo]ted': 'a(b)@c' },
  ],
  limit: 2,
};

const value = (path: string): Json => pathValue(path, bindings(input));

describe('a definite path selects one value', () => {
  test.each<[path: string, expected: Json]>([
    ['$', input],
    ['$.station.id', 'EDDB'],
    ['$.station.air-speed', 12],
    ["$['station']['a.b']", 1],
    ['$["station"]["id"]', 'EDDB'],
    ['$.readings[1].knots', 40],
    ['$.readings[-1].knots', 64],
    ['$.matrix[1][0]', 3],
    ['$.nothing', null],
    ["$['station', 'nothing']", { station: input['station'] ?? null, nothing: null }],
    ['$$.Execution.Name', 'run-1'],
    ['$unit', 'kn'],
    ['$limits.gale', 34],
    ['$.matrix.[1].[0]', 3],
    ["$.station.['id']", 'EDDB'],
    ['$.station.id ', 'EDDB'],
    [String.raw`$.station['a\"b']`, 2],
    [String.raw`$.station['it\'s']`, 3],
  ])('%s', (path, expected) => {
    expect(value(path)).toEqual(expected);
  });
});

describe('any other path selects a list', () => {
  test.each<[path: string, expected: Json]>([
    ['$.readings[*].knots', [3, 40, 64]],
    ['$.readings.*.gust', [9, 80]],
    ['$.readings[1:].knots', [40, 64]],
    ['$.readings[:1].knots', [3]],
    ['$.readings[-2:].knots', [40, 64]],
    ['$.readings[0:3:2].knots', [3, 64]],
    ['$.readings[0,2].knots', [3, 64]],
    ['$..gust', [9, 80]],
    ['$.matrix[*][-1]', [2, 4]],
    ['$.readings[?(@.knots > 34)].knots', [40, 64]],
    ['$.readings[?(@.gust)].knots', [3, 64]],
    ['$.readings[?(!@.gust)].knots', [40]],
    ['$.readings[?(!(@.gust > 9) && @.gust)].knots', [3]],
    ['$.readings[?(@.knots != 40)].knots', [3, 64]],
    ['$.readings[?(3 == @.knots)].gust', [9]],
    ['$.station[?(@.air-speed == 12)].id', ['EDDB']],
    ['$.station[?(@.air-speed == 13)].id', []],
    ['$..[?(@.gust > 9)].knots', [64]],
    ['$.readings.[?(@.knots > 34)]', [{ knots: 40 }, { knots: 64, gust: 80 }]],
    ["$.readings.[*].['knots','gust']", [{ knots: 3, gust: 9 }, { knots: 40 }, { knots: 64, gust: 80 }]],
    ["$.readings[0]['knots','gust'][*]", []],
    ["$.readings[1:]['gust','knots'].x", []],
    ["$['station','limit'].id", ['EDDB']],
    [
      "$..['knots','gust']",
      [
        { knots: 3, gust: 9 },
        { knots: 64, gust: 80 },
      ],
    ],
    ['$..matrix..[0]', [[1, 2], 1, 3]],
    [
      '$.matrix[-1,0]',
      [
        [3, 4],
        [1, 2],
      ],
    ],
    ['$.named[?(@.k==es)].n', [1]],
    ["$.named[?(@.k == 'en')].n", [2]],
    ['$.named[?(@.n == $.limit)].k', ['en']],
    ['$.named[?(@.n != $.limit && $.limit > 1)].k', ['es']],
    ['$.named[?($.nowhere)].k', []],
    ["$.named[?(@['quo]ted'] == 'a(b)@c')].n", [2]],
    ['$.named[?(@.n < 2 || @.n > 1 && @.k == en)].n', [1, 2]],
    ["$.named[?(@.n < '2')].n", []],
    ['$.named[*].gap', [null]],
    ['$.named[?(@.gap == null)].n', [2]],
    ["$.readings[?(@['knots'] == 3 || (@.knots >= 64 && @.gust != 9))].knots", [3, 64]],
    ["$.readings[?(@.knots == '3')].knots", []],
    ['$.readings[?(@.deep.er == 1)]', []],
    ['$.nowhere[*]', []],
    ['$.nowhere.at.all[1:]', []],
    ['$.nothing[*]', []],
    ['$limits.*', [34, 64]],
  ])('%s', (path, expected) => {
    expect(value(path)).toEqual(expected);
  });

  test('a search that looks at too many values fails', () => {
    const wide = { a: Array.from({ length: 2_000 }, () => ({ b: 1 })) };
    expect(pathValue('$..b', bindings(wide))).toHaveLength(2_000);
    expect(() =>
      pathValue('$..[*]..[*]..[*]..[*]..b', bindings(Array.from({ length: 60 }, () => [[[[wide]]]]))),
    ).toThrow('The path looks at more than 1000000 values.');
  });

  test('a filter asks whether something is there, not whether it is true', () => {
    expect(pathValue('$[?(@.knots)]', bindings([{ knots: 0 }, {}]))).toEqual([{ knots: 0 }]);
  });
});

describe('a path that selects nothing says where it ended', () => {
  test.each([
    ['$.nowhere', "No results for path: $['nowhere']"],
    ['$.nowhere.id', "Missing property in path $['nowhere']"],
    ['$.station.id.x', "No results for path: $['station']['id']['x']"],
    ['$.readings[7]', "Index out of bounds when evaluating path $['readings'][7]"],
    ['$.nothing[0]', 'Filter: [0] can only be applied to arrays. Current context is: null'],
    ['$unknown', 'No results for path: $unknown'],
    ['$.constructor', "No results for path: $['constructor']"],
    ['$constructor', 'No results for path: $constructor'],
  ])('%s', (path, problem) => {
    expect(() => value(path)).toThrow(`Invalid path '${path}' : ${problem}`);
  });
});

test('a template names the object in which there is nothing', () => {
  const fill = (path: string) => (): Json => fillTemplate({ 'a.$': path }, 'Parameters', bindings({ b: 1 }));
  const sentence = (path: string, root: string): string =>
    `The JSONPath '${path}' specified for the field 'a.$' could not be found in the input '${root}'`;
  expect(fill('$.gone')).toThrow(sentence('$.gone', '{"b":1}'));
  expect(fill('$$.gone')).toThrow(sentence('$$.gone', '{"Execution":{"Name":"run-1"}}'));
});

describe('a path is refused', () => {
  test.each([
    ['station.id', 'must start with $'],
    ['$.station.', 'cannot be read from "." on'],
    ['$.a[', 'cannot be read from "[" on'],
    [' $.station', 'must start with $'],
    ['$.a..', 'cannot be read from ".." on'],
    [`$${'[0]'.repeat(501)}`, 'more than 500 steps'],
    ['$[?(@.a == es en)]', 'the filter is not supported by the sandbox yet from "en" on'],
    ['$.readings.length()', 'functions of JSONPath are not supported by the sandbox yet'],
    ['$[?(@.a =~ /x/)]', 'the filter is not supported by the sandbox yet from "=~ /x/" on'],
    ["$[?(@.a.constructor('x')())]", 'the filter is not supported by the sandbox yet'],
    ['$[?(@.a = 1)]', 'the filter is not supported by the sandbox yet from "= 1" on'],
    ['$[?(@.a == )]', 'the filter is not supported by the sandbox yet from "" on'],
    ['$[?(1)]', 'the filter is not supported by the sandbox yet'],
    ['$[?((@.a)]', 'the filter is not supported by the sandbox yet from "" on'],
    ['$[?( )]', 'a filter needs a condition'],
  ])('%s', (path, problem) => {
    expect(pathProblem(path)).toContain(problem);
  });

  // So long that a reader that goes back over what it has read takes longer than any test may.
  test.each(["'", '[?(', "[?('", '..', '[', "['"])('of a million times %s', (piece) => {
    expect(pathProblem(`$.a${piece.repeat(1_000_000)}`)).toMatch(
      /^cannot be read from |^more than 500 steps|^functions/,
    );
  });
});

describe('InputPath and OutputPath', () => {
  test('absent: everything', () => {
    expect(selected(undefined, bindings(input))).toEqual(input);
  });

  test('null: an empty object', () => {
    expect(selected(null, bindings(input))).toEqual({});
  });
});
