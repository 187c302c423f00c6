import { WrongInput } from '../failure.ts';
import type { Git } from '../upgrade/git.ts';

/** A version of the clone in its repository. */
export interface BaseTree {
  readonly commit: string;
  /** Object id of the tree of the clone's folder. */
  readonly tree: string;
}

/** The option that names a base, and whether it may be a cloud assembly. */
export interface BaseOption {
  readonly name: '--base' | '--new-access';
  readonly isRef: boolean;
}

/**
 * The tree of a git ref.
 * @throws WrongInput where the clone has no such commit, with what fetches it
 */
export async function baseTree(git: Git, ref: string, option: BaseOption): Promise<BaseTree> {
  if ((await git.attempt(['rev-parse', '--is-inside-work-tree'])) === undefined) {
    throw new WrongInput(
      `${isNo(option, ref, 'git ref')}, because ${git.directory} is no git repository: ${option.isRef ? 'use a clone that `git clone` made' : 'name the output of `cdk synth`'}`,
    );
  }
  const commit = await resolved(git, `${ref}^{commit}`);
  if (commit === undefined) throw new WrongInput(await unknownRef(git, ref, option));
  // The clone may be a folder of its repository.
  const tree = await resolved(git, `${commit}:./`);
  if (tree === undefined) {
    throw new WrongInput(`commit ${commit} of ${ref} has no folder ${git.directory}: name a commit that has it`);
  }
  return { commit, tree };
}

/** The object that a name means; a name that begins with a hyphen is no option. */
const resolved = async (git: Git, name: string): Promise<string | undefined> =>
  (await git.attempt(['rev-parse', '--verify', '--quiet', '--end-of-options', name]))?.trim();

const isNo = ({ name, isRef }: BaseOption, ref: string, what: string): string =>
  `${name} ${ref} is ${isRef ? 'no' : 'neither a cloud assembly (a directory with a manifest.json) nor a'} ${what}`;

async function unknownRef(git: Git, ref: string, option: BaseOption): Promise<string> {
  const unknown = isNo(option, ref, 'commit of this clone');
  const remote = `origin/${ref}`;
  if ((await resolved(git, `${remote}^{commit}`)) !== undefined) return `${unknown}: did you mean ${remote}?`;
  const isShallow = (await git.run(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  if (!isShallow) return `${unknown}: name a branch, tag or commit, or get it first with: git fetch origin`;
  return `${unknown}, which is shallow: get the history with \`git fetch --unshallow origin\`; in GitHub Actions set \`fetch-depth: 0\` of actions/checkout`;
}
