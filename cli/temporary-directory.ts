import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Removable } from './interrupt.ts';
import { isAlive } from './process-alive.ts';

export interface TemporaryDirectory extends Removable {
  readonly path: string;
}

/** Prefix of temporary directories of this machine's commands; the id of a process follows. */
const prefix = `crosswind-${hostname()}-`;

/**
 * A directory of its own for one command, with everything in it gone when it is removed. Removes directories of commands
 * that were killed.
 */
export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  await removeLeftovers();
  const path = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Removes temporary directories whose process has ended, as far as this user may. */
export async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const left = names.filter((name) => {
    const pid = name.startsWith(prefix) ? /^(\d+)-/.exec(name.slice(prefix.length))?.[1] : undefined;
    return pid !== undefined && !isAlive(Number(pid));
  });
  for (const name of left) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
}
