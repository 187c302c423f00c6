import { expect, test } from 'vitest';
import { markdownOf } from '../../../cli/plan/present/markdown.ts';
import { contractLines } from '../../../cli/plan/present/run-lines.ts';
import type { ContractDifference } from '../../../cli/plan/runs/run-data.ts';

const shown = (what: ContractDifference['what'], missed?: ContractDifference['missed']): string => {
  const difference: ContractDifference = {
    ...{ mix: { stages: { parent: 'old', child: 'new' }, during: 'deploying' }, what },
    ...{ stage: 'parent', workflow: 'w', old: 1, mixed: 2, ...(missed && { missed }) },
  };
  const check = { tenant: 't', wave: 'dev', workload: 'w', alike: [], changedStages: ['child'], withNewSample: false };
  const lines = contractLines([{ ...check, mixes: [], differences: [difference] }]);
  return markdownOf('Plan', [{ title: 'Contract', lines }]);
};

test.each([
  ['output', undefined, true],
  ['object', undefined, true],
  ['output', { path: 'mean', expected: 1, got: null }, false],
  ['status', undefined, false],
] as const)('a difference of the %s, with a missed value %j, is to look at: %s', (what, missed, isToLookAt) => {
  expect(shown(what, missed as ContractDifference['missed']).includes('**To look at**')).toBe(isToLookAt);
});
