import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zipDirectory } from '../../src/cdk/zip-directory.ts';
import { unzip } from '../../src/lambda/zip-archive.ts';

const directory = (): string => mkdtempSync(join(tmpdir(), 'crosswind-test-'));

test('an archive of a directory has its files, with their modes, links followed', () => {
  const from = directory();
  mkdirSync(join(from, 'lib'));
  writeFileSync(join(from, 'lib/größe.js'), 'export const a = 1;\n');
  writeFileSync(join(from, 'run'), '#!/bin/sh\n');
  chmodSync(join(from, 'run'), 0o755);
  writeFileSync(join(from, 'empty'), '');
  symlinkSync('run', join(from, 'link'));
  const to = directory();
  unzip(zipDirectory(from), to);
  expect(readFileSync(join(to, 'lib/größe.js'), 'utf8')).toBe('export const a = 1;\n');
  expect(readFileSync(join(to, 'link'), 'utf8')).toBe('#!/bin/sh\n');
  expect(readFileSync(join(to, 'empty'), 'utf8')).toBe('');
  expect(statSync(join(to, 'run')).mode & 0o777).toBe(0o755);
  expect(statSync(join(to, 'empty')).mode & 0o111).toBe(0);
});

test('the same files give the same archive', () => {
  const made = ['b', 'a'].map((first) => {
    const from = directory();
    for (const name of [first, first === 'a' ? 'b' : 'a']) writeFileSync(join(from, name), name);
    return zipDirectory(from);
  });
  expect(made[0]?.equals(made[1] ?? Buffer.alloc(0))).toBe(true);
});
