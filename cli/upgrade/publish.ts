import { Findings, RunFailed, WrongInput } from '../failure.ts';
import { type Git, GitFailed } from './git.ts';
import type { PlannedUpgrade } from './plan-upgrade.ts';

/** Refuses an upgrade whose branch the clone has already. */
export async function checkBranch(git: Git, branch: string): Promise<void> {
  if ((await git.attempt(['show-ref', '--verify', '--quiet', `refs/heads/${branch}`])) === undefined) return;
  throw new WrongInput(`the branch ${branch} exists already: merge it, or delete it with git branch -D ${branch}`);
}

/** Creates the branch of a finished upgrade in the clone and switches to it, or leaves the clone as it was. */
export async function publish(git: Git, temporary: Git, { branch, commit }: PlannedUpgrade): Promise<void> {
  if (commit === undefined) throw new RunFailed('an upgrade with conflicts cannot be published');
  await temporary.run(['update-ref', 'refs/heads/crosswind-upgrade', commit]);
  await git.run([...fetchFrom(temporary), `refs/heads/crosswind-upgrade:refs/heads/${branch}`]);
  await switchTo(git, branch);
}

/** Creates the branch with the conflicts in the work tree, for the adopter to resolve. */
export async function publishConflicts(
  git: Git,
  temporary: Git,
  { branch, difference }: PlannedUpgrade,
): Promise<void> {
  await temporary.run(['update-ref', 'refs/heads/crosswind-upgrade', difference]);
  await git.run([...fetchFrom(temporary), 'refs/heads/crosswind-upgrade']);
  await git.run(['branch', '--no-track', branch, 'HEAD']);
  await switchTo(git, branch);
  try {
    await git.run(['cherry-pick', difference]);
  } catch (error) {
    // The conflicts are what was asked for.
    if (!(error instanceof GitFailed)) throw error;
  }
}

const fetchFrom = ({ directory }: Git): readonly string[] => [
  ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', directory],
];

async function switchTo(git: Git, branch: string): Promise<void> {
  try {
    await git.run(['switch', '--quiet', '--no-overwrite-ignore', branch]);
  } catch (error) {
    // A hook of the clone's that fails after the switch leaves it switched.
    if ((await git.attempt(['symbolic-ref', '--short', 'HEAD']))?.trim() === branch) return;
    await git.attempt(['branch', '-D', branch]);
    throw new Findings(`nothing was changed: ${error instanceof GitFailed ? error.reason : String(error)}`);
  }
}
