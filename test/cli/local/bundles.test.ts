import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBundles } from '../../../cli/local/bundles.ts';
import { WrongInput } from '../../../cli/failure.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

/** A stack with functions whose code is a directory with that file. */
function stackWith(file: string, runtime = 'nodejs24.x', functions = 1): Parameters<typeof checkBundles>[0] {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, file), '');
  const resources = Array.from({ length: functions }, (_, index) => ({
    path: `App/Worker${index}`,
    type: 'AWS::Lambda::Function',
    properties: { Runtime: runtime, Handler: 'index.handler', Code: { S3Key: 'code' } },
  }));
  return [{ assets: new Map([['code', directory]]), resources }] as never;
}

test.each([
  ['one function', 1, 'the assembly holds no bundle of App/Worker0: '],
  ['three functions', 3, 'the assembly holds no bundle of App/Worker0 and 2 more: '],
])('sources in the place of the bundle of %s are refused, with the command that bundles', (_, functions, message) => {
  const check = (): void => {
    checkBundles(stackWith('analyze.entry.ts', 'nodejs24.x', functions));
  };
  expect(check).toThrow(WrongInput);
  expect(check).toThrow(
    `${message}a command such as \`cdk ls\` wrote it, which bundles nothing; run \`npx cdk synth\``,
  );
});

test.each([
  ['a bundle', 'index.js', 'nodejs24.x'],
  ['a bundle of an ECMAScript module', 'index.mjs', 'nodejs24.x'],
  ['the code of another runtime', 'main.py', 'python3.13'],
])('%s is accepted', (_, file, runtime) => {
  expect(() => {
    checkBundles(stackWith(file, runtime));
  }).not.toThrow();
});
