import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Removable } from '../interrupt.ts';

/** Where a clone notes the port at which it serves a sandbox. */
const noteIn = (root: string): string => join(root, 'node_modules', '.cache', 'crosswind', 'served');

/** Notes the port at which this process serves, for `crosswind credentials`, until the note is removed. */
export async function noteServedPort(root: string, port: number): Promise<Removable> {
  const file = noteIn(root);
  const text = `${process.pid} ${port}\n`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return {
    async remove() {
      const newest = await readFile(file, 'utf8').catch(() => '');
      if (newest === text) await rm(file, { force: true });
    },
  };
}

/** The port at which a sandbox of the clone is served now, the one that was ready last; undefined where none is. */
export async function servedPort(root: string): Promise<number | undefined> {
  const text = await readFile(noteIn(root), 'utf8').catch(() => '');
  const [, pid, port] = /^(\d+) (\d+)\n$/.exec(text) ?? [];
  return pid !== undefined && isAlive(Number(pid)) ? Number(port) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
