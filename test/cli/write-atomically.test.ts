import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../cli/write-atomically.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

test('a file is replaced, keeps its mode, and nothing else is left', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'platform.yaml');
  writeFileSync(file, 'old');
  chmodSync(file, 0o640);
  await writeAtomically(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(directory)).toEqual(['platform.yaml']);
});

test('a link still leads to the file, which is replaced', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'real.yaml'), 'old');
  symlinkSync('real.yaml', join(directory, 'platform.yaml'));
  await writeAtomically(join(directory, 'platform.yaml'), 'new');
  expect(readFileSync(join(directory, 'real.yaml'), 'utf8')).toBe('new');
  expect(readdirSync(directory)).toEqual(['platform.yaml', 'real.yaml']);
});

test('what cannot be replaced stays as it is, and nothing half-written is left', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'platform.yaml');
  mkdirSync(file);
  await expect(writeAtomically(file, 'new')).rejects.toThrow();
  expect(readdirSync(directory)).toEqual(['platform.yaml']);
});

test('a file that was not there is made', async () => {
  const directory = temporaryDirectory();
  await writeAtomically(join(directory, 'report.json'), 'new');
  expect(readFileSync(join(directory, 'report.json'), 'utf8')).toBe('new');
  expect(readdirSync(directory)).toEqual(['report.json']);
});

test('a text may come in pieces, and go into a pipe', async () => {
  const pipe = join(temporaryDirectory(), 'pipe');
  spawnSync('mkfifo', [pipe]);
  const read = text(createReadStream(pipe));
  await writeAtomically(pipe, ['n', 'ew']);
  expect(await read).toBe('new');
  expect(statSync(pipe).isFIFO()).toBe(true);
});
