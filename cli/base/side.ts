import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Clone } from '../../blocks/discover-workloads.ts';
import { platformFile } from '../../config/platform-file.ts';
import type { Platform } from '../../config/schema.ts';
import { RunFailed, WrongInput } from '../failure.ts';
import type { CleanUp } from '../interrupt.ts';
import { synthesize } from '../local/synthesize.ts';
import { platformIn, platformWithoutCode } from '../platform/platform-in.ts';
import type { Terminal } from '../terminal.ts';
import { gitProcesses } from '../upgrade/git.ts';
import { type BaseOption, baseTree } from './base-tree.ts';
import { checkOut, isUntouched } from './checkout.ts';
import { madeOnce, pruned } from './made-once.ts';

/** One side of a comparison. */
export interface Side {
  /** Git ref or directory, as it was given. */
  readonly name: string;
  /** Cloud assembly. */
  readonly directory: string;
  readonly platform: Platform;
  /** Checkout that it was synthesized in, with its own packages; undefined for a given directory. */
  readonly clone: Clone | undefined;
}

export interface BaseProps {
  readonly clone: Clone;
  readonly terminal: Pick<Terminal, 'progress' | 'note'>;
  /** Ends what runs, and removes what is half made. */
  readonly cleanUp: Pick<CleanUp, 'use' | 'signal'>;
  /**
   * The platform; a ref has it at the same path.
   *
   * @default - platform.yaml of the clone
   */
  readonly file?: string;
  /**
   * The option that names the base.
   *
   * @default '--base'
   */
  readonly option?: BaseOption['name'];
}

/** Versions of a clone that are kept: that of the pull request's branch, and some more. Each has its own packages. */
const keptCheckouts = 4;

/** True for the directory of a cloud assembly. */
export const isAssembly = (directory: string): boolean => existsSync(join(directory, 'manifest.json'));

/**
 * True for a directory with the stacks of a platform that did not pass its checks. Wrong files leave an assembly, too: it
 * is empty.
 */
export const hasFailedChecks = (directory: string): boolean =>
  existsSync(join(directory, 'validation-report.json')) &&
  isAssembly(directory) &&
  readFileSync(join(directory, 'manifest.json'), 'utf8').includes('"aws:cloudformation:stack"');

/**
 * The side that a change is compared with: a cloud assembly, or a git ref that is synthesized apart, with the packages of
 * its own lock file. Both checkout and assembly are made once for a tree, its lock file and a version of Node.
 * @throws WrongInput where it is neither, RunFailed where the ref does not synthesize
 */
export async function baseSide(base: string, props: BaseProps): Promise<Side> {
  if (isAssembly(base)) return { name: base, directory: base, platform: platformIn(base), clone: undefined };
  const clone = await cloneOf(base, false, props);
  const { root } = props.clone;
  const path = pathInClone(root, props.file ?? join(root, platformFile));
  const file = join(clone.root, path);
  if (!existsSync(file))
    throw new WrongInput(`${props.option ?? '--base'} ${base} has no ${path}: name a commit that has it`);
  const directory = await madeOnce(
    join(dirname(clone.root), `assembly-${hashOf(path, clone.services)}`),
    props.cleanUp,
    (made) => synthesizeThere(base, { clone, file, directory: made }, props),
  );
  // Assemblies carry their platform since version 0.2.
  const platform = existsSync(join(directory, platformFile)) ? platformIn(directory) : platformWithoutCode(file);
  return { name: base, directory, platform, clone };
}

/** The checkout of a git ref, with its own packages. */
export const baseClone = (ref: string, props: BaseProps): Promise<Clone> => cloneOf(ref, true, props);

async function cloneOf(
  ref: string,
  isRef: boolean,
  { clone, terminal, cleanUp, option: name = '--base' }: BaseProps,
): Promise<Clone> {
  const processes = await cleanUp.use(Promise.resolve(gitProcesses(cleanUp.signal)));
  const git = processes.in(clone.root);
  const { tree } = await baseTree(git, ref, { name, isRef });
  // The index of a checkout is about the whole repository.
  const top = (await git.run(['rev-parse', '--show-toplevel'])).trim();
  const lock = await git.attempt(['cat-file', 'blob', `${tree}:package-lock.json`]);
  const place = join(clone.root, 'node_modules/.cache/crosswind/base', hashOf(tree, lock ?? '', process.version));
  const checkout = { git: processes.in(top), tree };
  const made = join(place, 'clone');
  if (existsSync(made) && !(await isUntouched(checkout, made))) {
    terminal.note(`note: the checkout of ${ref} was changed since it was made, so it is made again`);
    await rm(place, { recursive: true, force: true });
  }
  const root = await madeOnce(made, cleanUp, (directory) =>
    checkOut({ ...checkout, root: clone.root, terminal, signal: cleanUp.signal }, directory),
  );
  await pruned(place, keptCheckouts);
  return { root, services: clone.services };
}

type Synthesis = Pick<Parameters<typeof synthesize>[0], 'clone' | 'file' | 'directory'>;

/** Findings of the base's own checks do not matter, because its assembly is there. */
async function synthesizeThere(base: string, synthesis: Synthesis, { terminal, cleanUp }: BaseProps): Promise<void> {
  const { signal } = cleanUp;
  terminal.progress(`synthesizing the platform of ${base}: cdk synth`);
  await synthesize({ ...synthesis, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof RunFailed)) throw error;
    if (!hasFailedChecks(synthesis.directory)) {
      throw new RunFailed(`${base} does not synthesize in ${synthesis.clone.root}: ${error.message}`);
    }
    terminal.note(`note: the platform of ${base} does not pass its own checks`);
  });
}

/** Path of a file in the clone, which is the same in a version of it. */
function pathInClone(root: string, file: string): string {
  const path = relative(root, resolve(file));
  if (!path.startsWith('..')) return path;
  throw new WrongInput(
    `${file} is outside of ${root}, so no git ref has it: name a file of the clone, or a --base directory`,
  );
}

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
