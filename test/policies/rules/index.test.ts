import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../../policies/rules/index.ts';

const root = join(import.meta.dirname, '../../..');
const filesIn = (folder: string): readonly string[] => readdirSync(join(root, folder));

describe('the list of rules', () => {
  test('holds every file of the folder', () => {
    const files = filesIn('policies/rules').filter((file) => !['index.ts', 'rule.ts'].includes(file));
    expect(rules.length).toBeGreaterThan(5);
    expect(rules).toHaveLength(files.length);
  });

  test('has a table of cases for each', () => {
    const tested = filesIn('test/policies/rules').map((file) => file.replace('.test.ts', '.ts'));
    expect(filesIn('policies/rules').filter((file) => file !== 'rule.ts' && !tested.includes(file))).toEqual([]);
  });

  test('names none twice', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  test.each(rules)('$id says what it requires, why, and what to do', ({ id, requires, because, fix }) => {
    expect(id).toMatch(/^[A-Z]+-\d+$/);
    for (const sentence of [requires, because, fix]) expect(sentence).toMatch(/^[A-Z].{20,}\.$/s);
  });
});
