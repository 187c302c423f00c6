import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasCommit, runIn, unpackedSource } from './source-artifact.ts';

describe.skipIf(!hasCommit)('the source as a build of the pipeline gets it', () => {
  let directory: string;
  beforeAll(() => {
    directory = unpackedSource();
  });
  const crosswind = (...args: readonly string[]) => runIn(directory, process.execPath, 'cli/crosswind.mjs', ...args);

  test('has no run bits and no history', () => {
    expect(statSync(join(directory, 'cli/crosswind.mjs')).mode & 0o777).toBe(0o644);
    expect(existsSync(join(directory, '.git'))).toBe(false);
  });

  test('is a valid platform', async () => {
    expect(await crosswind('config')).toMatchObject({ code: 0 });
  });

  test('reports a platform that is wrong', async () => {
    expect(await crosswind('config', 'package.json')).toMatchObject({ code: 1 });
  });

  test('synthesizes, strictly', async () => {
    const { code, output } = await runIn(directory, 'npm', 'run', 'synth:strict');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(existsSync(join(directory, 'cdk.out/manifest.json'))).toBe(true);
  });

  test('runs a command that npx starts, as the smoke step does', async () => {
    const { code, output } = await runIn(directory, 'npx', '--offline', 'crosswind', 'run', '--help');
    expect({ code, output }).toMatchObject({ code: 0 });
  });

  test('passes the tests of the check that read files of the repository', async () => {
    const files = ['architecture', 'documents', 'github/', 'policies/code-owners', 'platform'];
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'template'];
    const tests = files.map((file) => `test/${file}`);
    const { code, output } = await runIn(directory, process.execPath, ...vitest, ...tests);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/Test Files .*[5-9] passed/);
  });
});
