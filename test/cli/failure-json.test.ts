import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { crosswind } from './crosswind.ts';

const file = ['--file', platformFile];

test.each<[failure: string, args: readonly string[], code: number, kind: string, message: string]>([
  ['config of no file', ['config', 'no/such/platform.yaml'], 1, 'wrong input', 'there is no such file'],
  [
    'account show of no account',
    ['account', 'show', 'nobody', ...file],
    1,
    'wrong input',
    'no account is called "nobody"',
  ],
  ['tenant show of no tenant', ['tenant', 'show', 'nobody', ...file], 1, 'wrong input', 'nobody'],
  ['run of no tenant', ['run', 'nobody', ...file], 1, 'wrong input', 'nobody'],
  [
    'start without its directory',
    ['start', '--out', 'README.md/x', ...file],
    1,
    'wrong input',
    '--out cannot be written',
  ],
  ['start with an option that is none', ['start', '--nope', ...file], 1, 'wrong input', "unknown option '--nope'"],
  ['simulate of no assembly', ['simulate', '--assembly', 'no/such', ...file], 1, 'wrong input', 'no/such'],
  ['sandbox of no assembly', ['sandbox', '--assembly', 'no/such', ...file], 1, 'wrong input', 'no/such'],
  ['credentials of no account', ['credentials', 'nobody', ...file], 1, 'wrong input', 'nobody'],
  ['upgrade from nowhere', ['upgrade', '--from', 'no/such', '--dry-run', '--check', 'x.yaml'], 1, 'wrong input', ''],
])('--json prints the failure of %s as JSON', async (_, args, code, kind, message) => {
  const finished = await crosswind(...args, '--json');
  const { error } = JSON.parse(finished.stdout) as {
    readonly error: { readonly kind: string; readonly message: string };
  };
  expect({ code: finished.code, kind: error.kind }).toEqual({ code, kind });
  expect(error.message).toContain(message);
  expect(finished.stderr).toContain(error.message);
});

test('a command that prints its problems as a document of its own prints no second one', async () => {
  const broken = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(broken, 'region: moon\n');
  const { code, stdout } = await crosswind('config', broken, '--json');
  expect(code).toBe(1);
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['ok', 'problems']);
});

test('without --json nothing is printed on standard output', async () => {
  expect(await crosswind('account', 'show', 'nobody', ...file)).toMatchObject({ code: 1, stdout: '' });
});
