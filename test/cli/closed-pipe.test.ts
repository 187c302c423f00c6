import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { clone } from '../workloads.ts';
import { spawnCrosswind } from './crosswind.ts';

const leftIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => name.startsWith('crosswind-'));

describe('a reader that closes the pipe', () => {
  test.each([
    ['config', ['config', platformFile]],
    ['config --json', ['config', platformFile, '--json']],
    ['account list', ['account', 'list', '--file', platformFile]],
    ['the help', ['start', '--help']],
  ])('lets %s finish without a word', async (_, args) => {
    const { child, finished } = spawnCrosswind({}, ...args);
    child.stdout.destroy();
    expect(await finished).toMatchObject({ code: 0, stderr: '' });
  });

  test('ends a run that has written its files, and leaves nothing behind', async () => {
    const temporary = temporaryDirectory();
    const args = ['--objects', '20', '--file', platformFile, '--out', join(temporary, 'out')];
    const assembled = ['--assembly', inject('assembly')];
    const { child, finished } = spawnCrosswind({ TMPDIR: temporary }, 'start', ...args, ...assembled);
    child.stdout.destroy();
    const { code, stderr } = await finished;
    expect([0, 141]).toContain(code);
    expect(stderr).not.toMatch(/EPIPE|Error|^ {4}at /m);
    expect(leftIn(temporary)).toEqual([]);
  });

  test('ends a service as soon as it writes, and leaves nothing behind', async () => {
    const temporary = temporaryDirectory();
    const args = ['--port', '0', '--objects', '20', '--file', platformFile, '--assembly', inject('assembly')];
    const { child, finished } = spawnCrosswind({ TMPDIR: temporary }, 'sandbox', ...args);
    child.stdout.destroy();
    const { code, stderr } = await finished;
    expect(code).toBe(141);
    expect(stderr).not.toMatch(/EPIPE|Error|^ {4}at /m);
    expect(leftIn(temporary)).toEqual([]);
  });

  test('that reads everything ends nothing', async () => {
    expect(await spawnCrosswind({}, 'config', platformFile).finished).toMatchObject({ code: 0, stderr: '' });
  });
});

test.skipIf(!existsSync('/dev/full'))('a full disk behind standard output is one line and exit code 2', () => {
  const command = `"${process.execPath}" test/cli/spawned.mjs "${clone.services}" config "${platformFile}" > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: clone.root, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'standard output cannot be written: ENOSPC: no space left on device, write\n',
  });
});

describe('a directory that takes no files is reported in one line, before the run:', () => {
  test.each([
    ['under a file', (directory: string) => join(directory, 'file/out'), 'ENOTDIR'],
    ['that is a file', (directory: string) => join(directory, 'file'), 'EEXIST'],
    ['where no directory can be made', () => '/proc/out', 'ENOENT'],
  ])('one %s', async (_, outIn, code) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    const args = ['--file', platformFile, '--assembly', 'nowhere', '--out', outIn(directory)];
    const { finished } = spawnCrosswind({}, 'start', ...args);
    expect(await finished).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^--out cannot be written: ${code}.*\\n$`)) as string,
    });
  });
});
