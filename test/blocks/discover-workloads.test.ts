import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Clone, cloneAt, discoverContracts, loadParts, workloadsIn } from '../../blocks/discover-workloads.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

/** A clone whose folder of workloads holds these files. */
function cloneWith(files: Readonly<Record<string, string>>, clone: Clone = cloneAt(temporaryDirectory())): Clone {
  for (const [file, text] of Object.entries(files)) {
    const path = join(clone.root, clone.services, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  return clone;
}

const contract =
  'export const contract = { [Symbol.for("crosswind.contract")]: true, settings: {}, stages: [], entry: "only" };';

describe('the workloads of a clone', () => {
  test('are the folders of services/, in alphabetical order', async () => {
    const clone = cloneWith({ 'snow/contract.ts': contract, 'rain/contract.ts': contract, 'README.md': '' });
    expect(workloadsIn(clone)).toEqual(['rain', 'snow']);
    expect([...(await discoverContracts(clone)).keys()]).toEqual(['rain', 'snow']);
  });

  test('are none without that folder', async () => {
    const clone = cloneWith({});
    expect((await discoverContracts(clone)).size).toBe(0);
  });

  test('are in whatever folder the clone names, also in messages', async () => {
    const clone = cloneWith(
      { 'rain/contract.ts': contract },
      { root: temporaryDirectory(), services: 'test/services' },
    );
    expect(workloadsIn(clone)).toEqual(['rain']);
    expect(workloadsIn(cloneAt(clone.root))).toEqual([]);
    await expect(loadParts(clone, ['rain'], 'local')).rejects.toThrow(
      'test/services/rain/local.ts is missing: every folder of test/services/ is a workload',
    );
  });

  test('are loaded part by part, for those that are named', async () => {
    const broken = 'throw new Error("loaded");';
    const clone = cloneWith({
      'rain/contract.ts': contract,
      'rain/workload.ts': 'export const workload = { name: "rain" };',
      'snow/contract.ts': contract,
      'snow/workload.ts': broken,
      'rain/local.ts': broken,
    });
    expect(await loadParts(clone, ['rain', 'rain'], 'workload')).toEqual(new Map([['rain', { name: 'rain' }]]));
    await expect(loadParts(clone, ['rain'], 'local')).rejects.toThrow(
      'services/rain/local.ts cannot be loaded: loaded',
    );
  });

  test.each([
    ['no contract', { 'rain/other.ts': '' }, 'services/rain/contract.ts is missing: every folder of services/'],
    [
      'a contract that does not load',
      { 'rain/contract.ts': 'throw new Error("no");' },
      'contract.ts cannot be loaded: no',
    ],
    [
      'another export',
      { 'rain/contract.ts': 'export const contracts = 1;' },
      'services/rain/contract.ts must export `contract`, got contracts',
    ],
    [
      'something else',
      { 'rain/contract.ts': 'export const contract = {};' },
      'must export what `defineContract` returns',
    ],
    [
      'a contract that nothing has checked',
      { 'rain/contract.ts': 'export const contract = { settings: {}, stages: ["a"], entry: "a" };' },
      'services/rain/contract.ts must export what `defineContract` returns',
    ],
    ['a text', { 'rain/contract.ts': 'export const contract = "x";' }, 'as an object, got string'],
    ['no export', { 'rain/contract.ts': 'export {};' }, 'must export `contract`, got nothing'],
  ])('are refused with %s, by the file', async (_, files, message) => {
    await expect(discoverContracts(cloneWith(files))).rejects.toThrow(message);
  });
});
