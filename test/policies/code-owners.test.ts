import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matches } from '../architecture/globs.ts';

const lines = readFileSync(join(import.meta.dirname, '../../.github/CODEOWNERS'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/))
  .map(([pattern = '', ...owners]) => ({ pattern, owners }));

/** Owners by the last line that matches, as GitHub decides ("About code owners"). */
const ownersOf = (file: string): readonly string[] | undefined =>
  lines.findLast(({ pattern }) => isMatch(pattern, file))?.owners;

function isMatch(pattern: string, file: string): boolean {
  if (pattern === '*') return true;
  const path = pattern.slice(1);
  return path.endsWith('/') ? file.startsWith(path) : matches(path, file);
}

test.each([
  'policies/rules/index.ts',
  'policies/waivers.yaml',
  'services/wind-speed/waivers.yaml',
  'pipeline/app.ts',
  'packages/iam/src/authorize.ts',
  'packages/assembly/src/resolve.ts',
  'cli/commands/check.ts',
  '.github/workflows/pull-request.yml',
  '.github/CODEOWNERS',
  '.ci/run',
  'package-lock.json',
  'cdk.json',
])('%s needs the approval of security, and that of no other team is enough', (file) => {
  expect(ownersOf(file)).toEqual(['@example-org/security']);
});

test.each(['services/wind-speed/workload.ts', 'services/a-new-one/contract.ts', 'platform.yaml', 'blocks/workload.ts'])(
  '%s needs the approval of the platform team',
  (file) => {
    expect(ownersOf(file)).toEqual(['@example-org/platform']);
  },
);
