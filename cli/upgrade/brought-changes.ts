import { ownerOf } from './ownership.ts';
import type { Change, Tree, TreeEdits } from './tree.ts';

/** The three sides of a merge. */
export interface Sides {
  /** The template version that the clone was made from. */
  readonly base: Tree;
  /** The clone. */
  readonly yours: Tree;
  /** The template version that the clone is brought to. */
  readonly theirs: Tree;
  /** Difference between `base` and `yours`. */
  readonly yourChanges: readonly Change[];
}

/** A change of the template that does not come into the clone. */
export interface Skipped {
  /** A file, or a folder with a slash at its end. */
  readonly path: string;
  readonly files: number;
  readonly reason: string;
}

/** Edits that take what does not concern the clone out of the difference between `base` and `theirs`. */
export interface BroughtChanges {
  readonly base: TreeEdits;
  readonly theirs: TreeEdits;
  readonly skipped: readonly Skipped[];
}

/**
 * Limits the difference of the template to the files that it owns and the clone still has. A path that is equal on both
 * sides of the difference, or on none, is not touched by the merge.
 */
export function broughtChanges(sides: Sides): BroughtChanges {
  const { base, yours, theirs } = sides;
  const edits = { base: new Map<string, string | null>(), theirs: new Map<string, string | null>() };
  const skipped = new Map<string, number>();
  const deleted = deletions(sides);
  const set = (path: string, earlier: string | null, later: string | null): void => {
    if (base.has(path) || earlier !== null) edits.base.set(path, earlier);
    if (theirs.has(path) || later !== null) edits.theirs.set(path, later);
  };
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    const kept = yours.get(path);
    const owner = ownerOf(path, true);
    if (kept !== undefined && (owner === 'you' || path === schemaFile)) set(path, kept, kept);
    else if (kept !== undefined && path === lockFile) set(path, kept, theirs.get(path) ?? kept);
    else if (base.get(path) !== theirs.get(path)) {
      const gone = deleted(path);
      if (gone === undefined) continue;
      set(path, null, null);
      if (theirs.has(path) && owner !== 'generated') skipped.set(gone, (skipped.get(gone) ?? 0) + 1);
    }
  }
  const reason = 'you deleted it';
  return { ...edits, skipped: [...skipped].map(([path, files]) => ({ path, files, reason })) };
}

const schemaFile = 'platform.schema.json';
const lockFile = 'package-lock.json';

/** Finds what an adopter deleted: the outermost empty folder around a path, or the file itself. */
function deletions({ base, yours, yourChanges }: Sides): (path: string) => string | undefined {
  // A template file that became a file of the adopter's, for example in a workload made from ours, is deleted.
  const moved = yourChanges
    .filter(({ change, path }) => change === 'moved' && ownerOf(path, base.has(path)) !== 'you')
    .map(({ from = '' }) => from);
  const [had, have] = [foldersOf(base.keys()), foldersOf([...yours.keys(), ...moved])];
  const isMoved = new Set(moved);
  return (path) => {
    const folder = foldersAround(path).find((each) => had.has(each) && !have.has(each));
    if (folder !== undefined) return folder;
    return base.has(path) && !yours.has(path) && !isMoved.has(path) ? path : undefined;
  };
}

const foldersOf = (paths: Iterable<string>): ReadonlySet<string> => new Set([...paths].flatMap(foldersAround));

/** `a/` and `a/b/` of `a/b/c.ts`, the outermost first. */
const foldersAround = (path: string): readonly string[] => {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => `${names.slice(0, index + 1).join('/')}/`);
};
