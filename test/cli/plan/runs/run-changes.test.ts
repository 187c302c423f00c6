import { describe, expect, inject, test } from 'vitest';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import { runChanges } from '../../../../cli/plan/runs/run-changes.ts';
import { stageCountsFile } from '../../../platform-file.ts';
import { temporaryDirectory } from '../../../temporary-directory.ts';
import { clone } from '../../../workloads.ts';
import { changedAssembly, type Replacement, sideOf } from '../changed-assembly.ts';
import { listening, ownTemporaryFiles, silent } from '../interrupted.ts';

const { left } = ownTemporaryFiles();

const changesOf = (assembly: string, replacements: readonly Replacement[], controller = new AbortController()) =>
  runChanges(sideOf(assembly), sideOf(changedAssembly(assembly, replacements)), {
    clone,
    terminal: listening(() => {
      setTimeout(() => {
        controller.abort();
      }, 1_000);
    }),
    signal: controller.signal,
  });

const lower: Replacement = { stack: 'word-count/Child', from: '"MaxConcurrency":1000', to: '"MaxConcurrency":10' };

describe('estimates of runs', () => {
  test('are missing with the reason where a workload has no models', async () => {
    const assembly = temporaryDirectory();
    await synthesize({ clone, file: stageCountsFile, directory: assembly, quickly: ['**'] });
    const after = changedAssembly(assembly, [
      { stack: 'dev-chain/Last', from: '"TimeoutSeconds":300', to: '"TimeoutSeconds":200' },
    ]);
    const { estimates } = await runChanges(sideOf(assembly), sideOf(after), {
      clone,
      terminal: silent,
      signal: new AbortController().signal,
    });
    const missing = expect.stringContaining('"relay" has no models') as string;
    expect(estimates).toEqual([
      { tenant: 'chain', wave: 'dev', workload: 'relay', alike: [], before: { missing }, after: { missing } },
    ]);
  });

  test('end with the command, which leaves no file', async () => {
    await expect(changesOf(inject('assembly'), [lower])).rejects.toThrow(/aborted/);
    expect(left()).toEqual([]);
  });
});
