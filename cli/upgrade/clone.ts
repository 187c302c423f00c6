import { realpathSync } from 'node:fs';
import { WrongInput } from '../failure.ts';
import type { Git } from './git.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** The adopter's clone before an upgrade. */
export interface Clone {
  /** Its newest commit. */
  readonly head: string;
  readonly manifest: Manifest;
  /** Text of its committed `package.json`. */
  readonly manifestText: string;
  /** The identity that new commits get, as environment variables of git. */
  readonly identity: Readonly<Record<string, string>>;
}

/**
 * Reads a clone that can be upgraded.
 * @throws WrongInput where it has no commit, or work that is not committed
 */
export async function readClone(git: Git): Promise<Clone> {
  const root = git.directory;
  const top = (await git.attempt(['rev-parse', '--show-toplevel']))?.trim();
  if (top === undefined) {
    throw new WrongInput(`${root} is not a git repository: run git init there and commit your files first`);
  }
  if (realpathSync(top) !== realpathSync(root)) {
    throw new WrongInput(`the clone must be a repository of its own, but ${root} is a folder of ${top}`);
  }
  const head = (await git.attempt(['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim();
  if (head === undefined) throw new WrongInput(`${root} has no commit yet: commit your files first`);
  await checkClean(git);
  const manifestText = await git.attempt(['show', `${head}:package.json`]);
  if (manifestText === undefined) {
    throw new WrongInput(`${root} has no package.json: run this in a clone of the template`);
  }
  return {
    head,
    manifest: readManifest('package.json', manifestText),
    manifestText,
    identity: { ...(await identityOf(git, 'AUTHOR')), ...(await identityOf(git, 'COMMITTER')) },
  };
}

async function checkClean(git: Git): Promise<void> {
  const status = await git.run(['--no-optional-locks', 'status', '--porcelain', '--untracked-files=normal']);
  const lines = status.split('\n').filter(Boolean);
  if (lines.length === 0) return;
  const more = lines.length > 10 ? [`  and ${lines.length - 10} more`] : [];
  const files = [...lines.slice(0, 10).map((line) => `  ${line}`), ...more].join('\n');
  throw new WrongInput(
    `the work tree must be clean, got changes that are not committed:\n${files}\ncommit them, or set them aside with: git stash --include-untracked`,
  );
}

async function identityOf(git: Git, role: 'AUTHOR' | 'COMMITTER'): Promise<Readonly<Record<string, string>>> {
  const [, name, email] = /^(.*) <(.*)>/.exec((await git.attempt(['var', `GIT_${role}_IDENT`])) ?? '') ?? [];
  if (name !== undefined && email !== undefined) return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: email };
  throw new WrongInput(
    'git does not know who commits: git config user.name "Your Name", and git config user.email you@example.com',
  );
}
