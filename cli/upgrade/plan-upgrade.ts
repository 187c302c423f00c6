import { baseVersion } from './base-version.ts';
import { type BroughtChanges, broughtChanges } from './brought-changes.ts';
import { type Duty, newDuties } from './changelog.ts';
import type { Clone } from './clone.ts';
import { type Conflict, conflictsIn, manifestConflicts } from './conflicts.ts';
import { type Git, GitFailed } from './git.ts';
import { manifestText, mergeManifests } from './manifest.ts';
import { fetchTemplate, targetVersion } from './target-version.ts';
import { type TemplateVersion, isAncestor } from './template-refs.ts';
import { type Change, changesBetween, readTree, writeBlob, writeTree } from './tree.ts';

export interface UpgradeProps {
  /** The template: a path or a URL. */
  readonly from: string;
  /**
   * Tag, branch or commit of the template.
   *
   * @default - its newest version tag, else its default branch
   */
  readonly to?: string;
  readonly clone: Clone;
}

/** An upgrade as it would be, in the temporary clone. */
export interface PlannedUpgrade extends Pick<BroughtChanges, 'skipped'> {
  readonly base: TemplateVersion;
  readonly target: TemplateVersion;
  readonly branch: string;
  /** The difference of the template as a commit of its own; merging it is a cherry-pick. */
  readonly difference: string;
  /** The upgraded clone; undefined where there are conflicts. */
  readonly commit?: string;
  readonly changes: readonly Change[];
  readonly conflicts: readonly Conflict[];
  readonly duties: readonly Duty[];
  /** True if the adopter changed `package-lock.json`, so that the template's is not enough. */
  readonly hasOwnLock: boolean;
}

/** The clone has the version already. */
export interface UpToDate {
  readonly base: TemplateVersion;
  readonly target: TemplateVersion;
}

/**
 * Merges the difference of the template into the clone. Everything happens in a temporary clone.
 * @param git the temporary clone
 */
export async function planUpgrade(git: Git, { from, to, clone }: UpgradeProps): Promise<PlannedUpgrade | UpToDate> {
  await fetchTemplate(git, from);
  const target = await targetVersion(git, from, to);
  const record = clone.manifest;
  const base = await baseVersion(git, { from, head: clone.head, target: target.commit, record });
  if (await isAncestor(git, target.commit, base.commit)) return { base, target };
  const [earlier, yours, later] = await Promise.all([
    readTree(git, base.commit),
    readTree(git, clone.head),
    readTree(git, target.commit),
  ]);
  const yourChanges = await changesBetween(git, base.commit, clone.head);
  const brought = broughtChanges({ base: earlier, yours, theirs: later, yourChanges });
  const manifest = mergeManifests(base.manifest.json, record.json, target.manifest.json);
  const difference = await commitDifference(git, { base, target, brought, clone, manifest: manifest.json });
  const { commit, conflicts } = await merge(git, clone, difference);
  const all = [...manifestConflicts(manifest.conflicts), ...conflicts];
  return {
    base,
    target,
    branch: branchOf(base, target),
    difference,
    skipped: brought.skipped,
    conflicts: all,
    ...(all.length === 0 && { commit }),
    changes: commit === undefined ? [] : await changesBetween(git, clone.head, commit),
    duties: newDuties(await changelogAt(git, target), await changelogAt(git, base), base.manifest.version),
    hasOwnLock: yours.get('package-lock.json') !== earlier.get('package-lock.json'),
  };
}

/** `upgrade/0.3.0`; between two commits of one version, with the commit. */
function branchOf(base: TemplateVersion, { commit, manifest: { version } }: TemplateVersion): string {
  return version === base.manifest.version ? `upgrade/${version}-${commit.slice(0, 7)}` : `upgrade/${version}`;
}

interface Difference {
  readonly base: TemplateVersion;
  readonly target: TemplateVersion;
  readonly brought: BroughtChanges;
  readonly clone: Clone;
  /** The merged `package.json`. */
  readonly manifest: Parameters<typeof manifestText>[0];
}

/** Commits what the template brings on top of what it was, without what does not concern the clone. */
async function commitDifference(git: Git, { base, target, brought, clone, manifest }: Difference): Promise<string> {
  const environment = clone.identity;
  const commitTree = async (tree: string, message: string, ...parents: readonly string[]): Promise<string> =>
    (await git.run(['commit-tree', tree, ...parents], { environment, input: message })).trim();
  const version = { template: target.manifest.version, commit: target.commit };
  const merged = await writeBlob(git, manifestText(manifest, version, clone.manifestText));
  const yours = await writeBlob(git, clone.manifestText);
  const before = await writeTree(git, base.commit, new Map([...brought.base, ['package.json', yours]]));
  const after = await writeTree(git, target.commit, new Map([...brought.theirs, ['package.json', merged]]));
  const [earlier, later] = [base, target].map(({ manifest: { version }, commit }) => ({ version, commit }));
  const message = [
    `chore: upgrade the template from ${earlier?.version} to ${later?.version}`,
    '',
    `Template commits ${earlier?.commit} to ${later?.commit}.`,
  ];
  return commitTree(after, message.join('\n'), '-p', await commitTree(before, 'chore: template before the upgrade'));
}

interface Merged {
  readonly commit?: string;
  readonly conflicts: readonly Conflict[];
}

/** Applies the difference to the clone's newest commit. */
async function merge(git: Git, { head, identity }: Clone, difference: string): Promise<Merged> {
  // Hooks of the user's are for commits of their own.
  const plain = ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', '-c', 'advice.detachedHead=false'];
  await git.run([...plain, 'checkout', '--quiet', '--detach', head]);
  try {
    await git.run([...plain, 'cherry-pick', difference], { environment: identity });
  } catch (error) {
    const conflicts = error instanceof GitFailed ? await conflictsIn(git) : [];
    if (conflicts.length === 0) throw error;
    return { conflicts };
  }
  return { commit: (await git.run(['rev-parse', 'HEAD'])).trim(), conflicts: [] };
}

const changelogAt = async (git: Git, { commit }: TemplateVersion): Promise<string> =>
  (await git.attempt(['show', `${commit}:CHANGELOG.md`])) ?? '';
