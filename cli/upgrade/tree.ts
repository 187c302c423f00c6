import { join } from 'node:path';
import type { Git } from './git.ts';

/** Files of a commit: mode and object id, for example `100644 8ab686ea…`, by path. */
export type Tree = ReadonlyMap<string, string>;

/** Files of a tree that are replaced, or removed where the value is null. */
export type TreeEdits = ReadonlyMap<string, string | null>;

export async function readTree(git: Git, commit: string): Promise<Tree> {
  const entries = (await git.run(['ls-tree', '-r', '-z', '--full-tree', commit])).split('\0').filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [about = '', path = ''] = entry.split('\t');
      const [mode, , id] = about.split(' ');
      return [path, `${mode} ${id}`];
    }),
  );
}

/** Stores a text as an object, and returns its entry as a plain file. */
export const writeBlob = async (git: Git, text: string): Promise<string> =>
  `100644 ${(await git.run(['hash-object', '-w', '--stdin'], { input: text })).trim()}`;

/** Stores the tree of a commit with edits, and returns its id. */
export async function writeTree(git: Git, commit: string, edits: TreeEdits): Promise<string> {
  const environment = { GIT_INDEX_FILE: join(git.directory, '.git', 'index-of-upgrade') };
  await git.run(['read-tree', commit], { environment });
  // Removals first: a file may take the place of a folder.
  const lines = [...edits].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null));
  const input = lines.map(([path, entry]) => `${entry ?? `0 ${'0'.repeat(40)}`}\t${path}\0`).join('');
  await git.run(['update-index', '-z', '--index-info'], { environment, input });
  return (await git.run(['write-tree'], { environment })).trim();
}

/** One path of a difference between two commits. */
export interface Change {
  readonly change: 'added' | 'changed' | 'removed' | 'moved';
  readonly path: string;
  /** The earlier path of a file that moved. */
  readonly from?: string;
}

const letters: Readonly<Record<string, Change['change']>> = { A: 'added', D: 'removed', R: 'moved' };

/** The difference between two commits, files that moved included. */
export async function changesBetween(git: Git, earlier: string, later: string): Promise<readonly Change[]> {
  const fields = (await git.run(['diff-tree', '-r', '-z', '-M', '--name-status', earlier, later])).split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [letter = '', path = ''] = [fields[at]?.[0], fields[at + 1]];
    const change = letters[letter] ?? 'changed';
    if (change !== 'moved') changes.push({ change, path });
    else {
      changes.push({ change, from: path, path: fields[at + 2] ?? '' });
      at += 1;
    }
  }
  return changes;
}
