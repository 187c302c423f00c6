import { expect, test } from 'vitest';
import { countWords } from '../functions/count-words.ts';

test.each([
  ['no word', '', 0, []],
  ['punctuation alone', '?! …', 0, []],
  ['a word in upper and lower case', 'Be be BE', 3, [['be', 3]]],
  [
    'words with the same count',
    'b a',
    2,
    [
      ['a', 1],
      ['b', 1],
    ],
  ],
  [
    'letters of any alphabet',
    'Größe größe 1',
    3,
    [
      ['größe', 2],
      ['1', 1],
    ],
  ],
])('a text with %s', (_, text, words, top) => {
  expect(countWords({ text, topWords: 20 })).toEqual({ words, top: top.map(([word, times]) => ({ word, times })) });
});

test('the list ends where it should, with the most frequent words first', () => {
  const { top } = countWords({ text: 'c b a b c c', topWords: 2 });
  expect(top.map(({ word }) => word)).toEqual(['c', 'b']);
});
