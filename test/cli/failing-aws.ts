import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../temporary-directory.ts';

/** A PATH whose `aws` fails at its call of that number, and is the real one before. */
export function failingAws(call: number): NodeJS.ProcessEnv {
  const bin = temporaryDirectory();
  const real = spawnSync('bash', ['-c', 'command -v aws']).stdout.toString().trim();
  const lines = [
    '#!/usr/bin/env bash',
    `echo >> '${bin}/calls'`,
    `if [ "$(wc -l < '${bin}/calls')" -ge ${call} ]; then echo 'connection lost' >&2; exit 255; fi`,
    `exec '${real}' "$@"`,
  ];
  writeFileSync(join(bin, 'aws'), `${lines.join('\n')}\n`);
  chmodSync(join(bin, 'aws'), 0o755);
  return { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
}
