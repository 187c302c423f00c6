import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { WrongInput } from '../failure.ts';
import type { Removable } from '../interrupt.ts';
import { isAlive } from '../process-alive.ts';

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
  /** Names of the roles of each account. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
}

/** Directory in which a clone notes each sandbox that it serves, by its port. */
const notesIn = (root: string): string => join(root, 'node_modules', '.cache', 'crosswind', 'served-ports');

/** Note of a sandbox that this process serves. */
export interface NotedSandbox extends Removable {
  /** Replaces it, unless it is removed. */
  update(served: Served): void;
}

/**
 * Notes the sandbox that this process serves, for `crosswind credentials`, until the note is removed. Removes notes of
 * sandboxes that were killed.
 */
export async function noteServed(root: string, served: Served): Promise<NotedSandbox> {
  const directory = notesIn(root);
  const file = join(directory, String(served.port));
  const textOf = (known: Served): string => `${process.pid} ${JSON.stringify(known)}\n`;
  let text = textOf(served);
  await mkdir(directory, { recursive: true });
  for (const { file: other, served: known } of await notesOf(root)) {
    if (known === undefined) await rm(join(directory, other), { force: true });
  }
  await writeFile(file, text);
  let isRemoved = false;
  return {
    update(known) {
      if (isRemoved) return;
      text = textOf(known);
      // Whole or not at all, and before a client hears that its stack is complete.
      const temporary = join(directory, '..', `served-port-${process.pid}-${known.port}`);
      writeFileSync(temporary, text);
      renameSync(temporary, file);
    },
    async remove() {
      isRemoved = true;
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
  const noted = (await notesOf(root)).flatMap(({ served }) => served ?? []);
  const answering = await Promise.all(noted.map((served) => isAnswering(served.port)));
  const all = noted.filter((_, index) => answering[index]);
  if (port !== undefined) return all.find((served) => served.port === port);
  if (all.length < 2) return all[0];
  const lines = all
    .toSorted((one, other) => one.port - other.port)
    .map(({ port: at, accounts }) => `  --port ${at}  ${accounts.map(({ id }) => id).join(', ') || 'the platform'}`);
  throw new WrongInput(
    `this clone serves ${all.length} sandboxes; expected --port with one of them:\n${lines.join('\n')}`,
  );
}

interface Note {
  readonly file: string;
  readonly served: Served | undefined;
}

async function notesOf(root: string): Promise<readonly Note[]> {
  const directory = notesIn(root);
  const files = await readdir(directory).catch(() => []);
  return Promise.all(
    files.map(async (file) => ({
      file,
      served: servedIn(await readFile(join(directory, file), 'utf8').catch(() => '')),
    })),
  );
}

/** True if something takes connections at the port: a process may be alive and its sandbox gone. */
async function isAnswering(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => {
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
  } finally {
    socket.destroy();
  }
}

/** The sandbox of a note; undefined if its process has ended, or another version of this command wrote it. */
function servedIn(text: string): Served | undefined {
  const [, pid, served] = /^(\d+) (\{.*\})\n$/.exec(text) ?? [];
  if (pid === undefined || served === undefined || !isAlive(Number(pid))) return undefined;
  try {
    return { roles: {}, ...(JSON.parse(served) as Omit<Served, 'roles'> & Partial<Pick<Served, 'roles'>>) };
  } catch {
    return undefined;
  }
}
