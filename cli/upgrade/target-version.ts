import { WrongInput } from '../failure.ts';
import { type Git, GitFailed } from './git.ts';
import { readManifest } from './manifest.ts';
import { type TemplateVersion, commitOf, isHash, sourceOf, templateRefs } from './template-refs.ts';

/** Fetches branches and tags of the template into the temporary clone; they get no names in the adopter's clone. */
export async function fetchTemplate(git: Git, from: string): Promise<void> {
  const names = [
    `+refs/heads/*:${templateRefs.heads}*`,
    `+refs/tags/*:${templateRefs.tags}*`,
    `+HEAD:${templateRefs.head}`,
  ];
  try {
    // A shallow template is fetched as far as it goes.
    await git.run(['fetch', '--quiet', '--no-tags', '--update-shallow', '--', sourceOf(from), ...names]);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    throw new WrongInput(
      `--from must be a git repository with the template in it, got ${from}; give a path or a URL (git: ${error.reason})`,
    );
  }
}

/**
 * The version to upgrade to: a tag, a branch or a commit of the template, else its newest version tag, else its default
 * branch.
 * @throws WrongInput
 */
export async function targetVersion(git: Git, from: string, to: string | undefined): Promise<TemplateVersion> {
  const { tags, heads, head } = templateRefs;
  const newest = (await versionTags(git))[0];
  if (to === undefined) {
    return newest === undefined
      ? templateVersion(git, head, { how: 'default branch', from })
      : templateVersion(git, `${tags}${newest}`, { how: 'newest version tag', from });
  }
  for (const ref of [`${tags}${to}`, `${tags}v${to}`, `${heads}${to}`]) {
    if (await commitOf(git, ref)) return templateVersion(git, ref, { how: to, from });
  }
  const commit = isHash(to) ? await commitOf(git, to) : undefined;
  if (commit !== undefined && (await isOfTemplate(git, commit))) return templateVersion(git, commit, { how: to, from });
  const known = (await git.run(['for-each-ref', '--format=%(refname)', tags, heads])).trim().split('\n');
  const names = known.map((ref) => ref.replace(tags, '').replace(heads, ''));
  throw new WrongInput(`--to must be a tag, a branch or a commit of ${from}, got "${to}" (known: ${names.join(', ')})`);
}

async function templateVersion(
  git: Git,
  ref: string,
  { how, from }: { readonly how: string; readonly from: string },
): Promise<TemplateVersion> {
  const commit = await git.run(['rev-parse', '--verify', `${ref}^{commit}`]);
  const version = { commit: commit.trim(), how };
  const text = await git.attempt(['show', `${version.commit}:package.json`]);
  const manifest = readManifest(`package.json of ${from}`, text ?? '{}');
  if (manifest.template !== undefined) return { ...version, manifest };
  const expected = '"crosswind": { "template": "<version>" } in its package.json';
  throw new WrongInput(`${from} at ${version.commit.slice(0, 12)} is not the template: expected ${expected}`);
}

/** Tags such as `v0.2.0`, the newest version first. */
const versionTags = async (git: Git): Promise<readonly string[]> =>
  (await git.run(['for-each-ref', '--sort=-v:refname', '--format=%(refname)', templateRefs.tags]))
    .split('\n')
    .map((ref) => ref.slice(templateRefs.tags.length))
    .filter((tag) => /^v?\d+\.\d+\.\d+$/.test(tag));

/** True if a branch or a tag of the template leads to the commit; the adopter's own commits are in the same repository. */
const isOfTemplate = async (git: Git, commit: string): Promise<boolean> =>
  (await git.run(['for-each-ref', '--count=1', `--contains=${commit}`, templateRefs.all])) !== '';
