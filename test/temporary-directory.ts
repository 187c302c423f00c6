import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let root: string | undefined;

/** Makes a directory that goes when the tests end; concurrent tests must not clean up after each other. */
export function temporaryDirectory(): string {
  root ??= removedAtExit(mkdtempSync(join(tmpdir(), 'crosswind-test-')));
  return mkdtempSync(join(root, 'run-'));
}

function removedAtExit(directory: string): string {
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}
