import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Git } from './git.ts';
import type { Manifest } from './manifest.ts';

/** A version of the template. */
export interface TemplateVersion {
  readonly commit: string;
  /** Reason for the choice, for people: `newest version tag`, for example. */
  readonly how: string;
  readonly manifest: Manifest;
}

/** Names of the template's tags, branches and HEAD in the temporary clone. */
export const templateRefs = {
  all: 'refs/template',
  tags: 'refs/template/tags/',
  heads: 'refs/template/heads/',
  head: 'refs/template/HEAD',
} as const;

/** The template as git fetches it: a path from here, or a URL. */
export const sourceOf = (from: string): string => (existsSync(from) ? resolve(from) : from);

/** True for a whole or a shortened commit id. */
export const isHash = (text: string): boolean => /^[0-9a-f]{7,64}$/.test(text);

/** The commit that a name leads to. */
export const commitOf = async (git: Git, ref: string): Promise<string | undefined> =>
  (await git.attempt(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]))?.trim();

export const isAncestor = async (git: Git, ancestor: string, commit: string): Promise<boolean> =>
  (await git.attempt(['merge-base', '--is-ancestor', ancestor, commit])) !== undefined;
