import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasCommit, runIn, unpackedSource } from './source-artifact.ts';

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
/** The scripts that `npm run check` runs, in its order. */
const parts = [...(scripts['check'] ?? '').matchAll(/npm run (\S+)/g)].map(([, name]) => name ?? '');

test('the check has parts', () => {
  expect(parts).toContain('check:tests');
});

describe.skipIf(!hasCommit)('in the source as a build of the pipeline gets it', () => {
  let directory: string;
  beforeAll(() => {
    directory = unpackedSource();
  });

  test.each(parts)('%s passes', async (part) => {
    const { code, output } = await runIn(directory, 'npm', 'run', part);
    expect({ code, output }).toMatchObject({ code: 0 });
  });
});
