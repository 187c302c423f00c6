import { expect, test } from 'vitest';
import { Cuts } from '../../../cli/run-record/cuts.ts';

const numbers = [1, 2, 3, 4, 5, 6];

test.each<[string, (cuts: Cuts) => unknown, unknown, readonly string[]]>([
  ['the first', (cuts) => cuts.first(numbers, 2, 'calls'), [1, 2], ['calls: the first 2 of 6']],
  ['the newest', (cuts) => cuts.newest(numbers, 2, 'calls'), [5, 6], ['calls: the newest 2 of 6']],
  ['the newest of more', (cuts) => cuts.newest(numbers, 6, 'calls', 9), numbers, ['calls: the newest 6 of 9']],
  ['both ends', (cuts) => cuts.ends(numbers, 4, 'calls'), [1, 2, 5, 6], ['calls: the first and last 4 of 6']],
  ['both ends of more', (cuts) => cuts.ends(numbers, 6, 'calls', 3), numbers, ['calls: the first and last 6 of 9']],
  ['the beginning of a text', (cuts) => cuts.text('abcdef', 'causes', 3), 'abc', ['causes: cut to 3 characters']],
  [
    'the beginning of a long text',
    (cuts) => cuts.text('a'.repeat(9_000), 'causes').length,
    8_192,
    ['causes: cut to 8192 characters'],
  ],
  ['all that fits', (cuts) => [cuts.first(numbers, 6, 'calls'), cuts.text('abc', 'causes', 3)], [numbers, 'abc'], []],
])('%s is kept, and what was cut is said', (_, cut, kept, said) => {
  const cuts = new Cuts();
  expect(cut(cuts)).toEqual(kept);
  expect([...cuts.said]).toEqual(said);
});

test('one sentence is enough for many cuts of a kind', () => {
  const cuts = new Cuts();
  for (const text of ['abc', 'def']) cuts.text(text, 'causes', 2);
  expect([...cuts.said]).toEqual(['causes: cut to 2 characters']);
});
