import { expect, inject } from 'vitest';
import { contractChanges } from '../../../../cli/plan/contract/contract-changes.ts';
import type { ContractCheck } from '../../../../cli/plan/runs/run-data.ts';
import { clone } from '../../../workloads.ts';
import { changedAssembly, type Replacement, sideOf } from '../changed-assembly.ts';
import { silent } from '../interrupted.ts';

export const checksOf = async (before: string, after: string) =>
  (
    await contractChanges(sideOf(before), sideOf(after), {
      clone,
      terminal: silent,
      signal: new AbortController().signal,
    })
  ).checks;

export const onChild = (from: string, to: string): Replacement => ({ stack: 'word-count/Child', from, to });
export const onParent = (from: string, to: string): Replacement => ({ stack: 'word-count/Parent', from, to });

/** A caller that reads the fields of what it has called, and says them by names of its own. */
export const reads = (field: string, otherwise?: number): Replacement => {
  const value = `$states.input.Output.${field}`;
  const read = otherwise === undefined ? value : `$exists(${value}) ? ${value} : ${otherwise}`;
  const result = `{"objects":"{% ${read} %}","words":"{% $states.input.Output.words %}"}`;
  return onParent('"result":"{% $states.input.Output %}"', `"result":${result}`);
};

/** The last state of the child, with another output. */
export const answers = (output: string): Replacement =>
  onChild(
    '"manifest":"{% $states.input.ResultWriterDetails %}"}},"Output":"{% $states.result.Payload %}"',
    `"manifest":"{% $states.input.ResultWriterDetails %}"}},"Output":"{% ${output} %}"`,
  );

export const payload = '$states.result.Payload';
export const renamed = answers(`{ 'texts': ${payload}.objects, 'words': ${payload}.words }`);

export const onlyCheck = (checks: readonly ContractCheck[]): ContractCheck => {
  const [check] = checks;
  expect(checks).toHaveLength(1);
  if (!check) throw new Error('there is no check');
  return check;
};

/** The check of a change from one caller and child to others. */
export const checkOf = async (
  before: readonly Replacement[],
  after: readonly Replacement[],
): Promise<ContractCheck> => {
  const base = changedAssembly(inject('assembly'), before);
  return onlyCheck(await checksOf(base, changedAssembly(inject('assembly'), after)));
};
