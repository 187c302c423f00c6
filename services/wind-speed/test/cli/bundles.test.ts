import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionsOf } from '@crosswind/assembly/functions';
import { expect, test } from 'vitest';
import { deployedWorkload } from './deployed.ts';

test('every function is bundled as a module that exports its handler', async () => {
  const { child } = await deployedWorkload();
  const bundles = new Set(functionsOf(child).map(({ directory }) => directory));
  expect(bundles.size).toBe(5);
  for (const bundle of bundles) expect(readFileSync(join(bundle, 'index.mjs'), 'utf8')).toMatch(/as handler\b/);
});
