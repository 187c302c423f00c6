import { cloneAt } from '../../../blocks/discover-workloads.ts';
import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crosswind } from '../../../cli/main.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { type Finished } from '../crosswind.ts';

/** Files to write, by path; null removes one, and `link` makes a symbolic link. */
export type Files = Readonly<Record<string, string | null | { readonly link: string }>>;

/** A git repository of a test. */
export interface Repository {
  readonly path: string;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (files: Files) => void;
  /** Writes files, commits everything and returns the commit. */
  readonly commit: (files: Files, message?: string) => string;
  readonly read: (file: string) => string;
  /** Every file of the newest commit, with its mode and id. */
  readonly tree: () => ReadonlyMap<string, string>;
}

const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgSign=false'];

export function git(directory: string, ...args: readonly string[]): string {
  const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
  return execFileSync('git', [...who, ...args], { cwd: directory, encoding: 'utf8', stdio }).trim();
}

export function repositoryAt(path: string): Repository {
  const inside = (...args: readonly string[]): string => git(path, ...args);
  const write = (files: Files): void => {
    for (const [file, content] of Object.entries(files)) {
      const target = join(path, file);
      rmSync(target, { recursive: true, force: true });
      if (content === null) continue;
      mkdirSync(dirname(target), { recursive: true });
      if (typeof content === 'string') writeFileSync(target, content);
      else symlinkSync(content.link, target);
    }
  };
  return {
    path,
    git: inside,
    write,
    commit(files, message = 'change') {
      write(files);
      inside('add', '--all');
      inside('commit', '--quiet', '--allow-empty', '--message', message);
      return inside('rev-parse', 'HEAD');
    },
    read: (file) => readFileSync(join(path, file), 'utf8'),
    tree: () =>
      new Map(
        inside('ls-tree', '-r', 'HEAD')
          .split('\n')
          .map((line) => line.split('\t'))
          .map(([about = '', file = '']) => [file, about]),
      ),
  };
}

export function newRepository(files: Files): Repository {
  const repository = repositoryAt(temporaryDirectory());
  repository.git('init', '--quiet', '--initial-branch', 'main');
  repository.commit(files, 'first');
  return repository;
}

/** A clone in which the command may commit. */
export function cloneOf({ path }: Repository, ...options: readonly string[]): Repository {
  const target = join(temporaryDirectory(), 'clone');
  git(path, 'clone', '--quiet', ...options, `file://${path}`, target);
  return withIdentity(repositoryAt(target));
}

export function withIdentity(repository: Repository): Repository {
  repository.git('config', 'user.name', 'Adopter');
  repository.git('config', 'user.email', 'adopter@example.com');
  return repository;
}

/** Text of a `package.json` of the template, with more entries or other ones. */
export const manifest = (version: string, more: object = {}): string =>
  `${JSON.stringify({ name: 'crosswind', version, crosswind: { template: version }, ...more }, null, 2)}\n`;

/** Twelve lines, some replaced. */
export const lines = (name: string, changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 12 }, (_, index) => `${changes[index] ?? `${name} ${index}`}\n`).join('');

/** Version 0.2.0 of a small template, which has a file of every owner. */
export const small: Files = {
  'package.json': manifest('0.2.0', { scripts: { check: 'exit 0' }, dependencies: { zod: '4.0.0' } }),
  'package-lock.json': '{ "lock": 1 }\n',
  'platform.schema.json': '{ "schema": 1 }\n',
  'CHANGELOG.md': '# Changelog\n\n## 0.2.0\n\n### You must do\n\n- Old work.\n',
  'platform.yaml': 'accounts: []\n',
  'policies/waivers.yaml': 'waivers: []\n',
  'policies/own-rules.ts': 'export const ownRules = [];\n',
  'policies/rules/index.ts': lines('rule'),
  'packages/aws/quotas.ts': lines('quota'),
  'packages/aws/prices.ts': lines('price'),
  'stages/stage.ts': lines('stage'),
  'docs/guide.md': lines('guide'),
  'docs/tool.sh': lines('tool'),
  'services/sample/contract.ts': lines('contract'),
  'services/sample/test/contract.test.ts': lines('test'),
};

/** Runs `crosswind upgrade` in a clone. */
export const upgrade = ({ path }: Repository, ...args: readonly string[]): Promise<Finished> =>
  startUpgrade(path, args).finished;

/** Starts `crosswind upgrade` and returns at once; `interrupt` is Ctrl-C. */
export function startUpgrade(
  root: string,
  args: readonly string[],
): { readonly finished: Promise<Finished>; readonly interrupt: () => void } {
  const texts = { stdout: '', stderr: '' };
  const signals = new EventEmitter();
  let isInterrupted = false;
  const code = new Promise<number>((resolve, reject) => {
    const io = {
      stdout: { write: (text: string) => (texts.stdout += text) },
      stderr: { write: (text: string) => (texts.stderr += text) },
      signals,
      exit: resolve,
    };
    crosswind(['upgrade', ...args], io, cloneAt(root)).then((ended) => {
      if (!isInterrupted) resolve(ended);
    }, reject);
  });
  return {
    finished: code.then((ended) => ({ code: ended, ...texts })),
    interrupt() {
      isInterrupted = true;
      signals.emit('SIGINT', 'SIGINT');
    },
  };
}

/** Everything that an upgrade could change in a clone: its branches, where it is, and what is not committed. */
export const stateOf = (repository: Repository): string =>
  [
    repository.git('for-each-ref'),
    repository.git('symbolic-ref', '--quiet', 'HEAD'),
    repository.git('rev-parse', 'HEAD'),
    repository.git('status', '--porcelain', '--ignored'),
    repository.git('worktree', 'list'),
  ].join('\n');
