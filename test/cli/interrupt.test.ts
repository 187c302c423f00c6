import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { spawnCrosswind } from './crosswind.ts';

/** Entries of a run in its temporary directory, without the cache that tsx keeps there. */
const leftIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => name.startsWith('crosswind-'));

test.each<[moment: string, args: () => readonly string[], directories: number]>([
  ['while it synthesizes', () => [], 1],
  ['while it runs', () => ['--assembly', inject('assembly'), '--objects', '5000'], 1],
])('Ctrl-C %s ends a run with exit code 130 and leaves nothing behind', async (_, args, directories) => {
  const temporary = temporaryDirectory();
  const files = ['--file', platformFile, '--out', `${temporary}/out`];
  const { child, finished } = spawnCrosswind({ TMPDIR: temporary }, 'start', ...files, ...args());
  while (leftIn(temporary).length < directories) await sleep(20);
  child.kill('SIGINT');
  expect((await finished).code).toBe(130);
  // A process that outlived its parent would write its directory again.
  await sleep(1_500);
  expect(leftIn(temporary)).toEqual([]);
});
