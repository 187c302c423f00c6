import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runtime, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { bundledCode } from '../../../blocks/baseline/bundled-code.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** Bundles entry files with this text, and returns the bundles. */
function bundlesOf(...texts: readonly string[]): readonly string[] {
  const app = new App({ outdir: temporaryDirectory() });
  const stack = new Stack(app, 'Stack');
  const directory = temporaryDirectory();
  for (const [index, text] of texts.entries()) {
    const entry = join(directory, `${index}.ts`);
    writeFileSync(entry, text);
    const code = bundledCode(entry);
    new LambdaFunction(stack, `Function${index}`, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code });
  }
  const { directory: out } = app.synth();
  const assets = readdirSync(out).filter((name) => existsSync(join(out, name, 'index.mjs')));
  return assets.map((name) => readFileSync(join(out, name, 'index.mjs'), 'utf8'));
}

test('an entry file is bundled as an ES module with what it imports', () => {
  const [bundle = ''] = bundlesOf(
    "import { join } from 'node:path'; export const handler = (a: string) => join(a, 'b');",
  );
  expect(bundle).toMatch(/export\{\w+ as handler\};\n$/);
  expect(bundle).not.toContain(': string');
});

test('two entry files of one folder are two bundles', () => {
  const bundles = bundlesOf('export const handler = () => 1;', 'export const handler = () => 2;');
  expect(new Set(bundles).size).toBe(2);
});

test('an entry file that cannot be bundled is named with line and column', () => {
  expect(() => bundlesOf('export const handler = ;')).toThrow(/0\.ts:1:23: ERROR: Unexpected ";"/);
});
