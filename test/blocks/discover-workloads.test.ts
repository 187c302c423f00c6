import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { discoverContracts, loadParts, workloadsIn } from '../../blocks/discover-workloads.ts';

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true });
});

/** A clone whose folder `services` holds these files. */
function cloneWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'crosswind-test-'));
  made.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, 'services', file, '..'), { recursive: true });
    writeFileSync(join(root, 'services', file), text);
  }
  return root;
}

const contract = 'export const contract = { entry: "only" };';

describe('the workloads of a clone', () => {
  test('are the folders of services/, in alphabetical order', async () => {
    const root = cloneWith({ 'snow/contract.ts': contract, 'rain/contract.ts': contract, 'README.md': '' });
    expect(workloadsIn(root)).toEqual(['rain', 'snow']);
    expect([...(await discoverContracts(root)).keys()]).toEqual(['rain', 'snow']);
  });

  test('are none without that folder', async () => {
    const root = cloneWith({});
    expect((await discoverContracts(root)).size).toBe(0);
  });

  test('are loaded part by part, for those that are named', async () => {
    const broken = 'throw new Error("loaded");';
    const root = cloneWith({
      'rain/contract.ts': contract,
      'rain/workload.ts': 'export const workload = "rain";',
      'snow/contract.ts': contract,
      'snow/workload.ts': broken,
      'rain/local.ts': broken,
    });
    expect(await loadParts(root, ['rain', 'rain'], 'workload')).toEqual(new Map([['rain', 'rain']]));
    await expect(loadParts(root, ['rain'], 'local')).rejects.toThrow('services/rain/local.ts cannot be loaded: loaded');
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
    ['no export', { 'rain/contract.ts': 'export {};' }, 'must export `contract`, got nothing'],
  ])('are refused with %s, by the file', async (_, files, message) => {
    await expect(discoverContracts(cloneWith(files))).rejects.toThrow(message);
  });
});
