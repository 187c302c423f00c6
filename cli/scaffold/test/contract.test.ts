import { expect, test } from 'vitest';
import { contract } from '../contract.ts';

test('settings that are left out have defaults', () => {
  expect(contract.settings.parse({})).toEqual({ topWords: 3 });
});

test.each([[0], [21], [1.5], ['3']])('%j top words are refused', (topWords) => {
  expect(contract.settings.safeParse({ topWords }).success).toBe(false);
});

test.each([[1], [20]])('%j top words are taken', (topWords) => {
  expect(contract.settings.parse({ topWords })).toEqual({ topWords });
});

test('the front stage starts the back stage, which is deployed before it', () => {
  expect(contract.stages.map(({ name, starts = [] }) => [name, starts])).toEqual([
    ['back', []],
    ['front', ['back']],
  ]);
  expect(contract.entry).toBe('front');
});
