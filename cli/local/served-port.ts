import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WrongInput } from '../failure.ts';
import type { Removable } from '../interrupt.ts';

/** An account of a served sandbox. */
export interface ServedAccount {
  readonly id: string;
  readonly region: string;
}

/** A sandbox that a clone serves now. */
export interface Served {
  readonly port: number;
  /** Accounts that no `platform.yaml` lists. */
  readonly accounts: readonly ServedAccount[];
}

/** Directory in which a clone notes each sandbox that it serves, by its port. */
const notesIn = (root: string): string => join(root, 'node_modules', '.cache', 'crosswind', 'served-ports');

/** Notes the sandbox that this process serves, for `crosswind credentials`, until the note is removed. */
export async function noteServed(root: string, served: Served): Promise<Removable> {
  const directory = notesIn(root);
  const file = join(directory, String(served.port));
  const text = `${process.pid} ${JSON.stringify(served)}\n`;
  await mkdir(directory, { recursive: true });
  await writeFile(file, text);
  return {
    async remove() {
      const newest = await readFile(file, 'utf8').catch(() => '');
      if (newest === text) await rm(file, { force: true });
    },
  };
}

/**
 * The sandbox that the clone serves now at a port, or the only one; undefined if there is none.
 * @throws WrongInput if there are several and no port is given
 */
export async function servedBy(root: string, port?: number): Promise<Served | undefined> {
  const directory = notesIn(root);
  const files = await readdir(directory).catch(() => []);
  const notes = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8').catch(() => '')));
  const all = notes.flatMap((text) => servedIn(text) ?? []);
  if (port !== undefined) return all.find((served) => served.port === port);
  if (all.length < 2) return all[0];
  const lines = all
    .toSorted((one, other) => one.port - other.port)
    .map(({ port: at, accounts }) => `  --port ${at}  ${accounts.map(({ id }) => id).join(', ') || 'the platform'}`);
  throw new WrongInput(
    `this clone serves ${all.length} sandboxes; expected --port with one of them:\n${lines.join('\n')}`,
  );
}

/** The sandbox of a note; undefined if its process has ended, or another version of this command wrote it. */
function servedIn(text: string): Served | undefined {
  const [, pid, served] = /^(\d+) (\{.*\})\n$/.exec(text) ?? [];
  if (pid === undefined || served === undefined || !isAlive(Number(pid))) return undefined;
  try {
    return JSON.parse(served) as Served;
  } catch {
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
