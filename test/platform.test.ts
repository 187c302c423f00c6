import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cloneAt, discoverContracts } from '../blocks/discover-workloads.ts';
import { parsePlatform } from '../config/parse.ts';
import { formatProblem } from '../config/problem.ts';
import { platformReads } from './architecture/platform-reads.ts';
import { sourceFiles } from './architecture/source-files.ts';

const root = join(import.meta.dirname, '..');
const ownFiles = ['test/platform-file.ts', 'test/platform.test.ts'];

describe('the platform.yaml of this clone', () => {
  test('is valid', async () => {
    const parsed = parsePlatform(
      readFileSync(join(root, 'platform.yaml'), 'utf8'),
      await discoverContracts(cloneAt(root)),
    );
    expect(parsed.ok ? [] : parsed.problems.map((problem) => formatProblem('platform.yaml', problem))).toEqual([]);
  });

  test('belongs to its operator: no other test reads it, nor does the bench', () => {
    const files = sourceFiles(root, ['test', 'bench', 'services']).filter(
      // Tests of a workload have a platform.yaml of their own next to that file.
      ({ path }) => !/^services\/[^/]+\/test\/platform\.ts$/.test(path),
    );
    expect(files.filter(({ path }) => ownFiles.includes(path)).flatMap(platformReads)).toHaveLength(2);
    expect(files.filter(({ path }) => !ownFiles.includes(path)).flatMap(platformReads)).toEqual([]);
  });
});

test.each([
  [`readFileSync('platform.yaml', 'utf8');`],
  [`readFileSync(join(root, 'platform.yaml'), 'utf8');`],
  [`resolve(import.meta.dirname, '../../platform.yaml');`],
  ['readFileSync(`${root}/platform.yaml`);'],
  [`crosswind('config', './platform.yaml');`],
])('the check of reads sees %s', (text) => {
  expect(platformReads({ path: 'test/a.ts', text })).toEqual([
    expect.stringMatching(/^test\/a\.ts:1 .*platform\.yaml/),
  ]);
});

test.each([
  [`readFileSync(platformFile, 'utf8');`],
  [`join(temporaryDirectory(), 'platform.yaml');`],
  [`join(directory, 'platform.yaml');`],
  [`formatProblem('platform.yaml', problem);`],
  [`expect(readdirSync(directory)).toEqual(['platform.yaml']);`],
  [`crosswind('config', 'no/such/platform.yaml');`],
  ['// readFileSync("platform.yaml")'],
])('the check of reads passes over %s', (text) => {
  expect(platformReads({ path: 'test/a.ts', text })).toEqual([]);
});
