import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { fixtures } from '../workloads.ts';
import { commandLineOn } from './crosswind.ts';

const { root, services } = fixtures.clone;

/** A folder of workloads with `word-count` of the tests and `echo`, whose constructs are these. */
function servicesWith(constructs: string): string {
  const directory = temporaryDirectory();
  for (const workload of ['word-count', 'echo']) {
    mkdirSync(join(directory, workload));
    const original = join(root, services, workload);
    for (const part of ['contract', 'workload', 'local']) {
      const from = join(original, `${part}.ts`);
      const text = workload === 'echo' && part === 'workload' ? constructs : `export * from ${JSON.stringify(from)};\n`;
      if (existsSync(from)) writeFileSync(join(directory, workload, `${part}.ts`), text);
    }
    const waivers = join(original, 'waivers.yaml');
    if (existsSync(waivers)) copyFileSync(waivers, join(directory, workload, 'waivers.yaml'));
  }
  return directory;
}

const platformFile = join(temporaryDirectory(), 'platform.yaml');
writeFileSync(
  platformFile,
  `${platformText}  - name: mirror
    workload: echo
    owner: mirror-team
    waves:
      dev:
        only: word-parent-dev
`,
);

const broken = servicesWith('throw new Error("the constructs of echo are broken");\n');
const { crosswind } = commandLineOn({
  clone: { root, services: relative(root, broken) },
  platformFile,
  assembly: () => {
    throw new Error('every run synthesizes');
  },
});

test('a tenant runs although the constructs of another one fail, which is said', async () => {
  const out = temporaryDirectory();
  const args = ['--file', platformFile, '--tenant', 'word-count', '--wave', 'dev', '--objects', '20', '--out', out];
  const { code, stdout, stderr } = await crosswind('start', ...args);
  expect(stderr).toContain('the constructs of echo are broken');
  expect(stderr).toContain('runs word-count without the other tenants, because the platform does not synthesize');
  expect(stdout).toMatch(/crosswind-word-count-child in word-child-dev 444444444444 {2}SUCCEEDED/);
  expect(code).toBe(0);
});

test('the tenant whose constructs fail does not run', async () => {
  const args = ['--file', platformFile, '--tenant', 'mirror', '--out', temporaryDirectory()];
  const { code, stderr } = await crosswind('start', ...args);
  expect(stderr).toContain('the constructs of echo are broken');
  expect(stderr).not.toContain('without the other tenants');
  expect(code).toBe(2);
});
