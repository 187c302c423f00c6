import { WrongInput } from '../failure.ts';
import type { Git } from './git.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type TemplateVersion, commitOf, isAncestor, isHash, sourceOf, templateRefs } from './template-refs.ts';

/**
 * The version that the clone was made from or last upgraded to. What can be proven comes first: the recorded commit, the
 * newest commit in both histories, or the template's commit with the very files of the clone's first commit. A recorded
 * version, which a copy may carry before its tag exists, is the last resort.
 * @throws WrongInput
 */
export async function baseVersion(
  git: Git,
  { from, head, target, record }: { from: string; head: string; target: string; record: Manifest },
): Promise<TemplateVersion> {
  const proven = await Promise.all([
    recordedCommit(git, from, record),
    mergeBase(git, head, target),
    copiedCommit(git, head, target),
  ]);
  let base: Candidate | undefined;
  for (const each of proven) {
    if (each && each.commit !== base?.commit && (!base || (await isAncestor(git, base.commit, each.commit))))
      base = each;
  }
  base ??= await recordedVersion(git, record);
  if (base) return { ...base, manifest: await manifestAt(git, base.commit) };
  const found = record.commit ?? record.template;
  throw new WrongInput(
    [
      `package.json must say which version of the template the clone was made from, got ${found === undefined ? 'no "crosswind"' : `"${found}", which ${from} does not have`}:`,
      'write "crosswind": { "template": "<tag or commit of the template>" } and commit it',
      `(a shallow ${from} may lack it: git fetch --unshallow there)`,
    ].join(' '),
  );
}

type Candidate = Pick<TemplateVersion, 'commit' | 'how'>;

async function recordedCommit(git: Git, from: string, record: Manifest): Promise<Candidate | undefined> {
  const recorded = record.commit ?? record.template ?? '';
  if (!isHash(recorded)) return undefined;
  const how = 'recorded commit';
  const known = await commitOf(git, recorded);
  if (known !== undefined) return { commit: known, how };
  // A commit that no branch of the template leads to any more.
  await git.attempt(['fetch', '--quiet', '--no-tags', '--', sourceOf(from), recorded]);
  const fetched = await commitOf(git, recorded);
  return fetched === undefined ? undefined : { commit: fetched, how };
}

async function mergeBase(git: Git, head: string, target: string): Promise<Candidate | undefined> {
  const commit = (await git.attempt(['merge-base', head, target]))?.trim();
  return commit === undefined ? undefined : { commit, how: 'newest commit in both histories' };
}

async function copiedCommit(git: Git, head: string, target: string): Promise<Candidate | undefined> {
  const roots = (await git.run(['rev-list', '--max-parents=0', head])).trim().split('\n');
  const trees = await Promise.all(roots.map((root) => git.run(['rev-parse', `${root}^{tree}`])));
  const copied = new Set(trees.map((tree) => tree.trim()));
  const commits = (await git.run(['log', '--format=%H %T', target])).trim().split('\n');
  const found = commits.map((line) => line.split(' ')).find(([, tree = '']) => copied.has(tree));
  return found?.[0] === undefined ? undefined : { commit: found[0], how: 'commit that the clone is a copy of' };
}

async function recordedVersion(git: Git, { template = '' }: Manifest): Promise<Candidate | undefined> {
  for (const ref of [`${templateRefs.tags}v${template}`, `${templateRefs.tags}${template}`]) {
    const commit = template === '' ? undefined : await commitOf(git, ref);
    if (commit !== undefined) return { commit, how: 'recorded version' };
  }
  return undefined;
}

const manifestAt = async (git: Git, commit: string): Promise<Manifest> =>
  readManifest(`package.json of ${commit}`, (await git.attempt(['show', `${commit}:package.json`])) ?? '{}');
