import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { fixtures } from '../workloads.ts';
import { commandLineOn } from './crosswind.ts';

const { root, services } = fixtures.clone;

/** A folder of workloads with `word-count` and `echo` of the tests, one part of `echo` broken. */
function servicesWithBroken(broken: 'contract' | 'workload'): string {
  const directory = temporaryDirectory();
  for (const workload of ['word-count', 'echo']) {
    mkdirSync(join(directory, workload));
    const original = join(root, services, workload);
    for (const part of ['contract', 'workload', 'local']) {
      const from = join(original, `${part}.ts`);
      const isBroken = workload === 'echo' && part === broken;
      const text = isBroken
        ? `throw new Error("${part} of echo is broken");`
        : `export * from ${JSON.stringify(from)};`;
      if (existsSync(from)) writeFileSync(join(directory, workload, `${part}.ts`), `${text}\n`);
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

describe.each(['contract', 'workload'] as const)('while the %s of a workload is broken', (part) => {
  const { crosswind } = commandLineOn({
    clone: { root, services: relative(root, servicesWithBroken(part)) },
    platformFile,
    assembly: () => {
      throw new Error('every run synthesizes');
    },
  });

  test('a tenant of another one runs, and the reason is reported', async () => {
    const out = temporaryDirectory();
    const args = ['--file', platformFile, '--tenant', 'word-count', '--wave', 'dev', '--objects', '20', '--out', out];
    const { code, stdout, stderr } = await crosswind('start', ...args);
    expect(stderr).toContain(`${part} of echo is broken`);
    expect(stderr).toContain('runs word-count without the other tenants, because the platform does not synthesize');
    expect(stdout).toMatch(/crosswind-word-count-child in word-child-dev 444444444444 {2}SUCCEEDED/);
    expect(code).toBe(0);
  });

  test('its own tenant does not run', async () => {
    const args = ['--file', platformFile, '--tenant', 'mirror', '--out', temporaryDirectory()];
    const { code, stderr } = await crosswind('start', ...args);
    expect(stderr).toContain(`${part} of echo is broken`);
    expect(stderr).not.toContain('without the other tenants');
    expect(code).not.toBe(0);
  });

  test('its tenant can be removed, and then the platform is valid', async () => {
    const file = join(temporaryDirectory(), 'platform.yaml');
    copyFileSync(platformFile, file);
    const before = await crosswind('config', file);
    expect(before.stderr).toContain(part === 'contract' ? 'contract of echo is broken' : '');
    expect(before.code).toBe(part === 'contract' ? 1 : 0);
    expect((await crosswind('tenant', 'remove', 'mirror', '--file', file)).stderr).toBe('');
    expect((await crosswind('config', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(platformText);
  });
});
