import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { unzip } from '../../src/lambda/zip-archive.ts';
import { zipOf } from './zip-of.ts';

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'crosswind-zip-'));
  onTestFinished(() => {
    rmSync(made, { recursive: true });
  });
  return join(made, 'inside');
}

const unreadable = 'Could not unzip uploaded file';
const whole = zipOf({ 'a.js': 'x'.repeat(1_000), 'lib/b.js': '' });
/** The archive with other bytes at the place of a field, which counts from a signature. */
function changed(signature: string, field: number, bytes: readonly number[]): Buffer {
  const archive = Buffer.from(whole);
  archive.set(bytes, archive.indexOf(Buffer.from(signature, 'latin1')) + field);
  return archive;
}

describe('an archive', () => {
  test('is unpacked with folders, modes and links', () => {
    const to = directory();
    unzip(
      zipOf({
        'index.js': 'one',
        'lib/deep/b.js': 'two',
        'bin/run': { text: '#!/bin/sh', mode: 0o100_755 },
        'lib/link.js': { text: '../index.js', mode: 0o120_777 },
        'empty/': '',
      }),
      to,
    );
    const texts = ['index.js', 'lib/deep/b.js', 'lib/link.js'].map((name) => readFileSync(join(to, name), 'utf8'));
    expect(texts).toEqual(['one', 'two', 'one']);
    expect(statSync(join(to, 'bin/run')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(to, 'lib/link.js')).isSymbolicLink()).toBe(true);
    expect(statSync(join(to, 'empty')).isDirectory()).toBe(true);
  });

  test.each<[string, Buffer, string]>([
    ['that is empty', Buffer.alloc(0), unreadable],
    ['that is none', Buffer.from('breeze'), unreadable],
    ['that is cut off', whole.subarray(0, whole.length - 30), unreadable],
    ['whose directory is elsewhere', changed('PK\x05\x06', 16, [255, 255, 0, 0]), unreadable],
    ['that is encrypted', changed('PK\x01\x02', 8, [1]), unreadable],
    ['compressed in another way', changed('PK\x01\x02', 10, [12]), unreadable],
    ['whose file is longer than it says', changed('PK\x01\x02', 24, [10, 0, 0, 0]), unreadable],
    ['whose file is shorter than it says', changed('PK\x01\x02', 24, [255, 255, 0, 0]), unreadable],
    [
      'that is larger than a function may be',
      changed('PK\x01\x02', 24, [0, 0, 0, 0x10]),
      'Unzipped size must be smaller than 262144000 bytes',
    ],
    ['with a file outside', zipOf({ '../outside.js': 'x' }), unreadable],
    ['with a link to the outside', zipOf({ link: { text: '../outside.js', mode: 0o120_777 } }), unreadable],
    ['with a link to a place of this machine', zipOf({ link: { text: '/etc', mode: 0o120_777 } }), unreadable],
  ])('%s is refused', (_, archive, expected) => {
    const to = directory();
    expect(() => {
      unzip(archive, to);
    }).toThrow(expected);
    expect(existsSync(join(to, '../outside.js'))).toBe(false);
  });
});
