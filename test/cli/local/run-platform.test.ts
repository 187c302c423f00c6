import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSandbox } from '@crosswind/sandbox/sandbox';
import { expect, inject, test } from 'vitest';
import type { LocalRun } from '../../../blocks/local.ts';
import { RunFailed } from '../../../cli/failure.ts';
import { runPlatform } from '../../../cli/local/run-platform.ts';
import { deploymentToRun } from '../../../cli/run/chosen-deployment.ts';
import { terminalOf } from '../../../cli/terminal.ts';
import { shippedPlatform } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** Runs the first tenant of the shared assembly with this local behavior, and returns what it fails with. */
async function failureOf(run: LocalRun): Promise<{ readonly error: unknown; readonly out: string }> {
  const out = join(temporaryDirectory(), 'out');
  const chosen = deploymentToRun(shippedPlatform, {});
  if (!chosen) throw new Error('nothing is deployed');
  const silent = { write: () => true };
  const terminal = terminalOf({ stdout: silent, stderr: silent }, { json: false });
  const sandbox = await openSandbox({ organizationId: shippedPlatform.organization.id });
  try {
    const error: unknown = await runPlatform({
      sandbox,
      assembly: inject('assembly'),
      platform: shippedPlatform,
      chosen: { ...chosen, local: {}, file: 'services/rain/local.ts', run },
      fault: undefined,
      terminal,
      out,
      root: process.cwd(),
      withData: true,
    }).catch((reason: unknown) => reason);
    return { error, out };
  } finally {
    await sandbox.close();
  }
}

const fileNamed = (name: string): LocalRun => ({
  results: () => Promise.resolve({ data: {}, files: [{ name, body: 'rain' }], tables: [] }),
});

const wrongName =
  'a file of results must have a name without folders, other than history.json, run.json and run.html, got';

test.each<[what: string, run: LocalRun, message: string, hasRun: boolean]>([
  [
    'fill that throws at once',
    {
      fill: () => {
        throw new TypeError('no rain');
      },
    },
    'no rain',
    false,
  ],
  ['fill that fails later', { fill: () => Promise.reject(new TypeError('no rain')) }, 'no rain', false],
  ['results that fail', { results: () => Promise.reject(new RangeError('no rain')) }, 'no rain', true],
  ['a file in a folder', fileNamed('deep/rain.json'), `${wrongName} "deep/rain.json"`, true],
  ['a file outside of the directory', fileNamed('../rain.json'), `${wrongName} "../rain.json"`, true],
  ['a file in the place of the record', fileNamed('run.json'), `${wrongName} "run.json"`, true],
  ['a file in the place of the page', fileNamed('run.html'), `${wrongName} "run.html"`, true],
  ['a file in the place of the histories', fileNamed('history.json'), `${wrongName} "history.json"`, true],
])('%s is a failed run that names the file of the workload', async (_, run, message, hasRun) => {
  const { error, out } = await failureOf(run);
  expect(error).toBeInstanceOf(RunFailed);
  expect(error).toMatchObject({ message: `services/rain/local.ts: ${message}` });
  const history = join(out, 'history.json');
  expect(existsSync(history) ? readFileSync(history, 'utf8') : '').toMatch(hasRun ? /"simulated": true/ : /^$/);
  expect(existsSync(join(out, '../rain.json'))).toBe(false);
});
