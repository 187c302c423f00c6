import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Removable } from './interrupt.ts';

export interface TemporaryDirectory extends Removable {
  readonly path: string;
}

/** A directory of its own for one command, with everything in it gone when it is removed. */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'crosswind-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
