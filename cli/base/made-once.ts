import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CleanUp } from '../interrupt.ts';
import { isAlive } from '../process-alive.ts';

/**
 * Makes a directory, or finds it made. It is made next to its place and renamed, so one that is there is whole, whatever
 * ended the command that made it.
 */
export async function madeOnce(
  target: string,
  cleanUp: Pick<CleanUp, 'use'>,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  if (existsSync(target)) return target;
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  const path = await mkdtemp(join(parent, `${prefix}${process.pid}-${basename(target)}-`));
  const making = make(path);
  const settled = making.catch(() => undefined);
  const half = { remove: () => settled.then(() => rm(path, { recursive: true, force: true })) };
  await cleanUp.use(Promise.resolve(half));
  try {
    await making;
    await rename(path, target).catch((error: unknown) => {
      // Another command has made it meanwhile.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await half.remove();
  }
}

/** Prefix of directories that are being made; the id of a process follows. */
const prefix = '.half-';

/** Removes what commands that were killed have left. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? /^\d+/.exec(name.slice(prefix.length))?.[0] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Notes that a made directory is used, and removes those beyond the `kept` ones that were used last. */
export async function pruned(used: string, kept: number): Promise<void> {
  const parent = dirname(used);
  const now = new Date();
  await utimes(used, now, now);
  const names = (await readdir(parent)).filter((name) => !name.startsWith(prefix) && name !== basename(used));
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(parent, name))).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(kept - 1);
  for (const { name } of old) await rm(join(parent, name), { recursive: true, force: true });
}
