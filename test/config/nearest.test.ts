import { expect, test } from 'vitest';
import { listed, nearest } from '../../config/nearest.ts';

test.each([
  ['colour', ['color', 'name'], 'color'],
  ['batchsize', ['maxConcurrency', 'batchSize'], 'batchSize'],
  ['emial', ['id', 'email'], 'email'],
  ['production', ['dev', 'prod'], 'prod'],
  ['word-child', ['word-parent-dev', 'word-child-dev'], 'word-child-dev'],
])('%s was most likely meant to be one of %j', (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test.each([
  ['colours', ['region', 'waves']],
  ['x', []],
])('%s is near to none of %j', (word, known) => {
  expect(nearest(word, known)).toBeUndefined();
});

test('long lists are cut, and short ones are whole', () => {
  const words = Array.from({ length: 12 }, (_, index) => `a${index}`);
  expect(listed(words)).toMatch(/a9 and 2 more$/);
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed([])).toBe('none');
});
