import { describe, expect, test } from 'vitest';
import { stagesFromEntry } from '../../../blocks/contract.ts';
import { contract } from '../contract.ts';

describe('the contract', () => {
  test('has a default for every setting', () => {
    expect(contract.settings.parse({})).toEqual({
      batchSize: 500,
      maxConcurrency: 1000,
      toleratedFailurePercentage: 5,
      memoryMegabytes: 1024,
      years: [2022],
      logRetentionDays: 30,
      partialRetentionDays: 14,
      resultRetentionDays: 365,
    });
  });

  test.each([
    ['a batch without objects', { batchSize: 0 }],
    ['a batch whose input would be too large', { batchSize: 1501 }],
    ['a year before the first one', { years: [2022, 1928] }],
    ['no year', { years: [] }],
    ['days that logs cannot be kept for', { logRetentionDays: 31 }],
    ['a share above all', { toleratedFailurePercentage: 101 }],
    ['a setting that it does not know', { batchsize: 7 }],
  ])('refuses %s', (_, settings) => {
    expect(contract.settings.safeParse(settings).success).toBe(false);
    expect(contract.settings.safeParse({ batchSize: 1, years: [1929], logRetentionDays: 7 }).success).toBe(true);
  });

  test('has a parent, which starts the child', () => {
    expect(stagesFromEntry(contract).map(({ name, starts = [] }) => [name, starts])).toEqual([
      ['parent', ['child']],
      ['child', []],
    ]);
  });
});
