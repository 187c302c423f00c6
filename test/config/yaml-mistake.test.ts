import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseYaml } from '../../config/parse-yaml.ts';
import { formatProblem } from '../../config/problem.ts';

/** Everything that is said about a text, in one line. */
function said(text: string): string {
  const parsed = parseYaml(text, z.unknown());
  return parsed.ok ? 'valid' : parsed.problems.map((problem) => formatProblem('file', problem)).join('\n');
}

const mistakes: readonly (readonly [mistake: string, text: string, problem: string])[] = [
  [
    'a line without a colon',
    'a: 1\nb\nc: 2\n',
    '2:1 no valid YAML: the line has no colon (got b; expected a key and a colon; add the colon, or join the line to its value',
  ],
  ['a key without its colon above a list', 'accounts\n  - name: x\n', '1:1 no valid YAML: the line has no colon'],
  [
    'a colon without a blank',
    'a:1\nb: 2\n',
    '1:1 no valid YAML: no blank follows "a:" (got a:1; expected "a: " and its value; add the blank',
  ],
  [
    'a colon in a value',
    'region: eu: west\n',
    '1:9 no valid YAML: a value contains a colon and a blank, as if it were a key (got region: eu: west; expected one key on a line; put the value in quotes',
  ],
  [
    'a value with keys below it',
    'a: b\n  c: d\n',
    '1:4 no valid YAML: a key has a value and keys below it (got a: b; expected one of the two; remove the value',
  ],
  [
    'a key that is there twice',
    'a: 1\nb: 2\na: 3\n',
    '3:1 no valid YAML: the key "a" is there twice (got a: 3; expected it once; the first is on line 1; remove one of the two, or rename it; what else is wrong shows afterwards)',
  ],
  [
    'a key that an entry of a list has twice',
    'x:\n  - name: a\n    id: 1\n    name: b\n',
    '4:5 no valid YAML: the key "name" is there twice (got name: b; expected it once; the first is on line 2;',
  ],
  ['a key that is there twice, once in quotes', 'a: 1\n"a": 2\n', 'the first is on line 1'],
  [
    'a tab',
    'a:\n\tb: 1\n',
    '2:1 no valid YAML: the line begins with a tab (got b: 1; expected blanks; replace the tab by blanks',
  ],
  ['a single quote that is open', "a: 1\nb: 'x\nc: 1\n", "2:4 no valid YAML: a single quote is not closed (got b: 'x;"],
  ['a double quote that is open', 'a: "x\nb: 1\n', '1:4 no valid YAML: a double quote is not closed'],
  ['a backslash', 'a: "x\\q"\n', '1:6 no valid YAML: \\q means nothing between double quotes'],
  ['a list that is open', 'a: [1, 2\nb: 3\n', '2:1 no valid YAML: a list that ends with ] is not closed before this'],
  ['a mapping that is open', 'a: {b: 1\nc: 2\n', '2:1 no valid YAML: a mapping that ends with } is not closed'],
  ['keys in two columns', 'a:\n  b: 1\n c: 2\n', '3:1 no valid YAML: keys of one mapping are indented differently'],
  ['entries in two columns', 'a:\n  - b\n - c\n', 'entries of one list are indented differently'],
  ['an at sign', 'a: @x\n', '1:4 no valid YAML: a value begins with @, which YAML keeps for itself (got a: @x;'],
  ['two documents', 'a: 1\n---\nb: 2\n', '2:1 no valid YAML: a second document begins'],
  ['a long key', `${'a'.repeat(1_100)}: 1\n`, '1:1 no valid YAML: a key has more than 1,024 characters'],
  [
    'an entry after a key',
    'a: 1\n- b\n',
    '2:1 no valid YAML: an entry of a list follows a key of the same indentation',
  ],
  ['a list on the line of its key', 'a: - b\n', '1:4 no valid YAML: a list begins on the line of its key'],
  ['text after a bar', 'a: |x\n  b\n', '1:5 no valid YAML: text follows the | or > that announces it'],
  ['two commas', 'a: [1,,2]\n', '1:7 no valid YAML: nothing precedes a comma'],
  ['a comment without a blank', "a: 'x'#c\n", '1:7 no valid YAML: no blank precedes the #'],
  ['text after a quote', "a: 'x' y\n", '1:8 no valid YAML: text follows where a value has ended'],
  ['a line of a directive', '%FOO\na: 1\n', 'no valid YAML: the line begins with %'],
  [
    'an asterisk',
    'a: 1\nb: *x\n',
    '2:4 no valid YAML: *x repeats a value that nothing above is called (got b: *x; expected &x at an earlier value',
  ],
];

describe('what is no YAML is reported in our words, at its place and with the fix:', () => {
  test.each(mistakes)('%s', (_, text, problem) => {
    expect(said(text)).toContain(problem);
  });

  test('without the words of the parser', () => {
    const all = mistakes.map(([, text]) => said(text)).join('\n');
    expect(all).not.toMatch(/implicit|compact|collection|flow |scalar|block|token|sequence|unique|indicator|YAML\./i);
  });
});

test.each([
  ['a colon without a blank in a value', 'a: b:c\n'],
  ['a value in quotes', "region: 'eu: west'\n"],
  ['a key of the same name in another mapping', 'a:\n  b: 1\nc:\n  b: 2\n'],
  ['a repeated value', 'a: &x 1\nb: *x\n'],
  ['an at sign in quotes', "a: '@x'\n"],
])('%s is valid', (_, text) => {
  expect(said(text)).toBe('valid');
});
