import type { Git } from './git.ts';

/** A file that the merge cannot decide. */
export interface Conflict {
  readonly path: string;
  readonly problem: string;
  readonly fix: string;
}

/**
 * Problem and fix by the sides that have the file: 1 the template before, 2 the clone, 3 the template now
 * (git-ls-files, option --unmerged).
 */
const bySides: Readonly<Record<string, Omit<Conflict, 'path'>>> = {
  '123': {
    problem: 'you and the template changed the same lines',
    fix: 'keep what you need of both between the conflict markers',
  },
  '12': {
    problem: 'you changed it, and the template removed or moved it',
    fix: 'remove it, and carry your change over to what replaces it',
  },
  '13': {
    problem: 'you removed or moved it, and the template changed it',
    fix: "remove it, or take the template's file",
  },
  '23': {
    problem: 'you and the template have a new file of this name',
    fix: "give yours another name, and take the template's file",
  },
  '1': {
    problem: 'you and the template moved it to different places',
    fix: 'remove it, and keep one of the two files',
  },
  '2': { problem: 'you moved a file here that the template moved elsewhere', fix: 'keep one of the two files' },
  '3': { problem: 'the template moved a file here that you moved elsewhere', fix: 'keep one of the two files' },
};

const otherSides: Omit<Conflict, 'path'> = {
  problem: 'the merge cannot be decided',
  fix: 'see git status, and keep what you need of both',
};

/** Files that a merge left undecided, by path. */
export async function conflictsIn(git: Git): Promise<readonly Conflict[]> {
  const sides = new Map<string, string>();
  for (const entry of (await git.run(['ls-files', '--unmerged', '-z'])).split('\0').filter(Boolean)) {
    const [about = '', path = ''] = entry.split('\t');
    sides.set(path, (sides.get(path) ?? '') + about.slice(-1));
  }
  return [...sides].map(([path, found]) => ({ path, ...(bySides[found] ?? otherSides) }));
}

/** The conflicts of a `package.json`, one for each entry. */
export const manifestConflicts = (entries: readonly string[]): readonly Conflict[] =>
  entries.map((entry) => ({
    path: 'package.json',
    problem: `you and the template changed ${entry}`,
    fix: 'choose one; yours is kept until then',
  }));
