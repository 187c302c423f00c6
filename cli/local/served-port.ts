import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Removable } from '../interrupt.ts';

/** An account of a served sandbox. */
export interface ServedAccount {
  readonly id: string;
  readonly region: string;
}

/** The sandbox that a clone serves now. */
export interface Served {
  readonly port: number;
  /** Accounts that no `platform.yaml` lists. */
  readonly accounts: readonly ServedAccount[];
}

/** File in which a clone notes the sandbox that it serves. */
const noteIn = (root: string): string => join(root, 'node_modules', '.cache', 'crosswind', 'served');

/** Notes the sandbox that this process serves, for `crosswind credentials`, until the note is removed. */
export async function noteServed(root: string, served: Served): Promise<Removable> {
  const file = noteIn(root);
  const text = `${process.pid} ${JSON.stringify(served)}\n`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return {
    async remove() {
      const newest = await readFile(file, 'utf8').catch(() => '');
      if (newest === text) await rm(file, { force: true });
    },
  };
}

/** The sandbox that the clone serves now, the one that was ready last; undefined if it serves none. */
export async function servedBy(root: string): Promise<Served | undefined> {
  const text = await readFile(noteIn(root), 'utf8').catch(() => '');
  const [, pid, served] = /^(\d+) (\{.*\})\n$/.exec(text) ?? [];
  if (pid === undefined || served === undefined || !isAlive(Number(pid))) return undefined;
  try {
    return JSON.parse(served) as Served;
  } catch {
    // Another version of this command wrote it.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
