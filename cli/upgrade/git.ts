import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { RunFailed, WrongInput } from '../failure.ts';
import type { Removable } from '../interrupt.ts';

/** A git command that did not succeed. */
export class GitFailed extends RunFailed {
  /** Text that git printed to standard error. */
  readonly reason: string;

  constructor(args: readonly string[], reason: string) {
    super(`git ${args.join(' ')} failed:\n${reason}`);
    this.reason = reason;
  }
}

export interface GitOptions {
  /**
   * Text for standard input.
   *
   * @default - none
   */
  readonly input?: string;
  /**
   * Environment variables besides those of this process.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A repository that git commands run in. */
export interface Git {
  readonly directory: string;
  /**
   * Runs a command and returns what it printed.
   * @throws GitFailed
   */
  run(args: readonly string[], options?: GitOptions): Promise<string>;
  /** Runs a command and returns what it printed, or undefined where it failed. */
  attempt(args: readonly string[], options?: GitOptions): Promise<string | undefined>;
}

/** Runs git as a process, one command after another. */
export interface GitProcesses extends Removable {
  in(directory: string): Git;
  /** Commands that run to their end, even after Ctrl-C, because they change the clone. */
  uninterrupted(directory: string): Git;
}

/**
 * Settings that decide how files are merged, whatever the user's configuration says. A file of the adopter does not move
 * because the template moves the folder around it.
 */
const settings = ['merge.renames=true', 'merge.directoryRenames=false', 'gc.auto=0', 'maintenance.auto=false'];

/** Variables with which a hook or an alias of git points its children at a repository. */
const repositoryVariables = [
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR', 'GIT_NAMESPACE'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_SHALLOW_FILE', 'GIT_GRAFT_FILE'],
];

/** Git for one command of ours; `signal` ends what may be ended, and removal waits for the rest. */
export function gitProcesses(signal: AbortSignal): GitProcesses {
  const running = new Set<Promise<unknown>>();
  const gitIn = (directory: string, isInterruptible: boolean): Git => {
    const run: Git['run'] = (args, options = {}) => {
      const ended = runGit(directory, args, { ...options, ...(isInterruptible && { signal }) });
      const settled = ended.catch(() => undefined).finally(() => running.delete(settled));
      running.add(settled);
      return ended;
    };
    const attempt: Git['attempt'] = (args, options) =>
      run(args, options).catch((error: unknown) => {
        if (error instanceof GitFailed) return undefined;
        throw error;
      });
    return { directory, run, attempt };
  };
  return {
    in: (directory) => gitIn(directory, true),
    uninterrupted: (directory) => gitIn(directory, false),
    async remove() {
      await Promise.all(running);
    },
  };
}

async function runGit(
  directory: string,
  args: readonly string[],
  { input = '', environment = {}, signal }: GitOptions & { readonly signal?: AbortSignal },
): Promise<string> {
  const ofRepository = Object.fromEntries(repositoryVariables.map((name) => [name, undefined]));
  // A process group of its own, because Ctrl-C in a terminal reaches the whole group: we decide what ends.
  const child = spawn('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: directory,
    env: { ...process.env, ...ofRepository, ...environment },
    detached: true,
  });
  // Git leaves programs such as ssh behind, which would keep its pipes open.
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // A command that ends early does not read its input to the end.
  child.stdin.on('error', () => undefined).end(input);
  const [code] = (await once(child, 'close').catch((error: unknown) => {
    throw isMissing(error) ? new WrongInput('git was not found in PATH: install git 2.34 or later') : error;
  })) as [number | null];
  signal?.removeEventListener('abort', stop);
  if (code === 0) return Buffer.concat(output).toString();
  throw new GitFailed(args, Buffer.concat(errors).toString().trim());
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
