import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from './crosswind.ts';

/** What a run has in its temporary directory; tsx keeps a cache of its own there. */
const leftIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => name.startsWith('crosswind-'));

test.each<[moment: string, args: () => readonly string[], directories: number]>([
  ['while it synthesizes', () => [], 1],
  ['while it runs', () => ['--assembly', inject('assembly'), '--objects', '5000'], 1],
])('Ctrl-C %s ends a run with exit code 130 and leaves nothing behind', async (_, args, directories) => {
  const temporary = temporaryDirectory();
  const env = { ...process.env, TMPDIR: temporary };
  const files = ['--file', platformFile, '--out', `${temporary}/out`];
  const child = spawn('cli/crosswind.mjs', ['start', ...files, ...args()], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (leftIn(temporary).length < directories) await sleep(20);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  // A process that outlived its parent would write its directory again.
  await sleep(1_500);
  expect(leftIn(temporary)).toEqual([]);
});
