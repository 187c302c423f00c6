import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endedProcess } from '../ended-process.ts';
import { RunFailed } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import type { Git } from '../upgrade/git.ts';

export interface CheckoutProps {
  /** The repository at its top. */
  readonly git: Git;
  /** Object id of the tree. */
  readonly tree: string;
  /** Root of the clone whose packages may be copied. */
  readonly root: string;
  readonly terminal: Pick<Terminal, 'progress'>;
  readonly signal: AbortSignal;
}

/** Writes the files of a tree into a directory, with the packages of its own lock file. */
export async function checkOut({ git, tree, root, terminal, signal }: CheckoutProps, directory: string): Promise<void> {
  terminal.progress('checking the base out');
  const index = `${directory}.index`;
  try {
    const environment = { GIT_INDEX_FILE: index };
    await git.run(['read-tree', tree], { environment });
    await git.run(['checkout-index', '--all', `--prefix=${directory}/`], { environment });
  } finally {
    await rm(index, { force: true });
  }
  await addPackages(root, directory, terminal, signal);
}

/** True if a checkout still has the files of its tree: code that was synthesized in the meantime could have written there. */
export async function isUntouched(
  { git, tree }: Pick<CheckoutProps, 'git' | 'tree'>,
  directory: string,
): Promise<boolean> {
  const index = `${directory}.${process.pid}.index`;
  const gitDirectory = (await git.run(['rev-parse', '--absolute-git-dir'])).trim();
  const environment = { GIT_INDEX_FILE: index, GIT_DIR: gitDirectory, GIT_WORK_TREE: directory };
  try {
    await git.run(['read-tree', tree], { environment });
    // It fails where a file differs, or is missing.
    return (await git.attempt(['-C', directory, 'update-index', '--refresh'], { environment })) !== undefined;
  } finally {
    await rm(index, { force: true });
  }
}

/** Lock files that say which packages `node_modules` has: that of the repository, and npm's own record of what it installed. */
const lockFile = 'package-lock.json';
const installed = join('node_modules', '.package-lock.json');

async function addPackages(
  root: string,
  directory: string,
  terminal: Pick<Terminal, 'progress'>,
  signal: AbortSignal,
): Promise<void> {
  const wanted = await textOf(join(directory, lockFile));
  if (wanted === undefined) return;
  if (wanted === (await textOf(join(root, lockFile))) && existsSync(join(root, installed))) {
    terminal.progress('copying the packages of the base');
    return copyPackages(join(root, 'node_modules'), join(directory, 'node_modules'), signal);
  }
  terminal.progress('installing the packages of the base: npm ci');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, output } = await endedProcess(npm, ['ci', '--no-audit', '--no-fund'], { directory, signal });
  signal.throwIfAborted();
  if (code !== 0) throw new RunFailed(`npm ci for the base failed in ${directory}:\n${output.trim()}`);
}

/** Copies packages without caches; links between workspaces stay links. `cp` takes a tenth of the time of `fs.cp`. */
async function copyPackages(from: string, to: string, signal: AbortSignal): Promise<void> {
  await mkdir(to);
  const names = (await readdir(from)).filter((name) => !/^\.(cache|vite)/.test(name));
  const { code, output } = await endedProcess('cp', ['-RPp', '--', ...names, to], { directory: from, signal });
  signal.throwIfAborted();
  if (code !== 0) throw new RunFailed(`copying ${from} for the base failed:\n${output.trim()}`);
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);
