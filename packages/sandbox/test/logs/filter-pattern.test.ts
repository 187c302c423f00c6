import { describe, expect, test } from 'vitest';
import { parseFilterPattern } from '../../src/logs/filter-pattern.ts';

const json = JSON.stringify({
  level: 'ERROR',
  count: 3,
  ok: true,
  none: null,
  in: { 'a b': 'x*y' },
  list: [1, { k: 'v' }],
});

describe('a filter pattern', () => {
  test.each<[string, string, boolean]>([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['one two', 'two, then one', true],
    ['one two', 'one alone', false],
    ['"one two"', 'one two', true],
    ['"one two"', 'two one', false],
    ['"say \\"hi\\""', 'say "hi"', true],
    ['?one ?two', 'only two', true],
    ['?one ?two', 'three', false],
    ['one -two', 'one', true],
    ['one -two', 'one two', false],
    ['-"a b"', 'a b', false],
    ['-"a b"', 'b a', true],
    ['{ $.level = "ERROR" }', json, true],
    ['{ $.level = ERROR }', json, true],
    ['{ $.level = "WARN" }', json, false],
    ['{ $.level != "WARN" }', json, true],
    ['{ $.level = "ERR*" }', json, true],
    ['{ $.level = "*ROAR" }', json, false],
    ['{ $.count = 3 }', json, true],
    ['{ $.count > 3 }', json, false],
    ['{ $.count >= 3 && $.count < 4 }', json, true],
    ['{ $.level = "WARN" || $.count <= 3 }', json, true],
    ['{ ($.level = "WARN" || $.count = 3) && $.ok IS FALSE }', json, false],
    ['{ ($.level = "WARN" || $.count = 3) && $.ok IS TRUE }', json, true],
    ['{ $.none IS NULL }', json, true],
    ['{ $.count IS NULL }', json, false],
    ['{ $.missing NOT EXISTS }', json, true],
    ['{ $.level NOT EXISTS }', json, false],
    ['{ $.in["a b"] = "x*y" }', json, true],
    ['{ $.list[1].k = "v" }', json, true],
    ['{ $.list[0].k = "v" }', json, false],
    ['{ $.missing != "x" }', json, false],
    ['{ $.level = "ERROR" }', `text ${json}`, false],
    ['{ $.level = "ERROR" }', 'no JSON at all', false],
  ])('%s for %s: %s', (pattern, message, matched) => {
    expect(parseFilterPattern(pattern)(message)).toBe(matched);
  });

  test.each([
    ['[ip, user]', 'the sandbox supports no space-delimited filter pattern, got [ip, user]'],
    ['%err.*%', 'the sandbox supports no regular expression in a filter pattern, got %err.*%'],
    ['{ $.a = %b% }', 'the sandbox supports no regular expression in a filter pattern, got %b%'],
    ['a-b', "Invalid character(s) in term 'a-b'; terms with other characters must be quoted"],
    ['"open', `Invalid character(s) in term '"open'`],
    ['{ $.a = }', 'Invalid metric filter pattern { $.a = }: unexpected "}"'],
    ['{ $.a = 1', 'Invalid metric filter pattern { $.a = 1: unexpected "end"'],
    ['{ $.a ~ 1 }', 'Invalid metric filter pattern { $.a ~ 1 }: unexpected "~"'],
    ['{ level = 1 }', 'Invalid metric filter pattern { level = 1 }: unexpected "level"'],
    ['{ $.a > "x" }', 'Invalid metric filter pattern { $.a > "x" }'],
  ])('%s is refused', (pattern, message) => {
    expect(() => parseFilterPattern(pattern)).toThrow(message);
  });
});
