import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';
import { commandLineOn } from './crosswind.ts';

const { root } = clone;

/** The workload of the example platform, whose sample always has another result. */
function servicesWithWrongSample(): string {
  const directory = temporaryDirectory();
  const original = join(root, clone.services, 'word-count');
  const folder = join(directory, 'word-count');
  mkdirSync(folder);
  for (const part of ['contract', 'workload']) {
    writeFileSync(join(folder, `${part}.ts`), `export * from ${JSON.stringify(join(original, `${part}.ts`))};\n`);
  }
  writeFileSync(
    join(folder, 'local.ts'),
    `import { local as own } from ${JSON.stringify(join(original, 'local.ts'))};
export const local = { ...own, sample: { input: { prefix: 'samples/' }, problems: () => ['it must rain'] } };
`,
  );
  return directory;
}

test('a sample with another result ends the pipeline; the tenant is run, and the command fails', async () => {
  const services = relative(root, servicesWithWrongSample());
  const { startRun } = commandLineOn({
    clone: { root, services },
    platformFile,
    assembly: () => inject('assembly'),
  });
  const { code, report, stderr } = await startRun('--objects', '20');
  expect(report).toMatchObject({ stages: [{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }] });
  expect(report.pipelineEnd).toMatch(/^the pipeline ends at dev Smoke_dev: [^]*it must rain/);
  expect(stderr).toContain('the run succeeded, but the pipeline would have ended before its last stage (see above)');
  expect(code).toBe(2);
});

test('a tenant of a later wave is not deployed then', async () => {
  const services = relative(root, servicesWithWrongSample());
  const { crosswind } = commandLineOn({
    clone: { root, services },
    platformFile,
    assembly: () => inject('assembly'),
  });
  const args = ['--file', platformFile, '--assembly', inject('assembly'), '--out', temporaryDirectory()];
  const { code, stderr } = await crosswind('start', ...args, '--wave', 'prod');
  expect(stderr).toContain('word-count is not deployed: the pipeline ends at dev Smoke_dev: ');
  expect(code).toBe(2);
});
