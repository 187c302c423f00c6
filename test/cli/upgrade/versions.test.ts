import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../temporary-directory.ts';
import {
  type Repository,
  cloneOf,
  lines,
  manifest,
  newRepository,
  repositoryAt,
  small,
  stateOf,
  upgrade,
  withIdentity,
} from './repositories.ts';

interface Result {
  readonly upToDate: boolean;
  readonly from: { readonly commit: string; readonly how: string; readonly version: string };
  readonly to: { readonly commit: string; readonly how: string; readonly version: string };
  readonly branch: string;
}

async function resultOf(clone: Repository, ...args: readonly string[]): Promise<Result> {
  const { code, stdout, stderr } = await upgrade(clone, '--json', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Result;
}

/** The template with version 0.2.0 and, with tags, 0.3.0 and commits behind both. */
function tagged() {
  const origin = newRepository(small);
  const first = origin.git('rev-parse', 'HEAD');
  origin.git('tag', 'v0.2.0');
  const second = origin.commit({ 'stages/stage.ts': lines('stage', { 1: 'second' }) });
  const third = origin.commit({ 'package.json': manifest('0.3.0'), 'stages/stage.ts': lines('stage', { 1: 'third' }) });
  origin.git('tag', '--annotate', '--message', 'release', 'v0.3.0');
  const fourth = origin.commit({ 'stages/stage.ts': lines('stage', { 1: 'fourth' }) });
  return { origin, first, second, third, fourth };
}

/** The files of a repository in a new one with a history of its own. */
function copyOf(origin: Repository, change: Parameters<Repository['commit']>[0] = {}): Repository {
  const copy = cloneOf(origin);
  copy.git('checkout', '--quiet', '--orphan', 'copy');
  copy.git('remote', 'remove', 'origin');
  copy.commit(change, 'initial commit');
  const others = copy.git('for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/tags').split('\n');
  for (const ref of others.filter((each) => each !== 'refs/heads/copy')) copy.git('update-ref', '-d', ref);
  copy.git('branch', '--move', 'main');
  copy.git('reflog', 'expire', '--expire=now', '--all');
  copy.git('gc', '--quiet', '--prune=now');
  return copy;
}

describe('the version that a clone was made from', () => {
  test('is the newest commit in both histories', async () => {
    const { origin, second } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', second);
    const { from, branch } = await resultOf(clone, '--from', origin.path);
    expect(from).toEqual({ commit: second, how: 'newest commit in both histories', version: '0.2.0' });
    expect(branch).toBe('upgrade/0.3.0');
  });

  test('is the commit that the last upgrade recorded, where that is newer', async () => {
    const { origin, first, third, fourth } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', first);
    await resultOf(clone, '--from', origin.path);
    expect(JSON.parse(clone.read('package.json'))).toMatchObject({ crosswind: { template: '0.3.0', commit: third } });
    const { from, to, branch } = await resultOf(clone, '--from', origin.path, '--to', 'main');
    expect(from).toEqual({ commit: third, how: 'recorded commit', version: '0.3.0' });
    expect(to).toEqual({ commit: fourth, how: 'main', version: '0.3.0' });
    expect(branch).toBe(`upgrade/0.3.0-${fourth.slice(0, 7)}`);
    expect(clone.read('stages/stage.ts')).toBe(lines('stage', { 1: 'fourth' }));
  });

  test('is the commit in both histories, where the template was merged by hand after an upgrade', async () => {
    const { origin, first, fourth } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', first);
    await resultOf(clone, '--from', origin.path);
    clone.git('merge', '--quiet', '--strategy', 'ours', '--message', 'merge', fourth);
    const later = origin.commit({ 'docs/guide.md': lines('later') });
    const { from } = await resultOf(clone, '--from', origin.path, '--to', later);
    expect(from.commit).toBe(fourth);
  });

  test('is the commit whose files a copy without history began with', async () => {
    const { origin, second } = tagged();
    origin.git('checkout', '--quiet', '-b', 'old', second);
    const copy = copyOf(origin);
    copy.commit({ 'platform.yaml': 'yours\n' });
    const { from } = await resultOf(copy, '--from', origin.path);
    expect(from).toMatchObject({ commit: second, how: 'commit that the clone is a copy of' });
  });

  test('is the tag of the recorded version, where a copy was changed before its first commit', async () => {
    const { origin, first } = tagged();
    origin.git('checkout', '--quiet', '-b', 'old', first);
    const copy = copyOf(origin, { 'platform.yaml': 'yours\n' });
    const { from } = await resultOf(copy, '--from', origin.path);
    expect(from).toMatchObject({ commit: first, how: 'recorded version' });
    expect(copy.git('show', 'HEAD:platform.yaml')).toBe('yours');
  });

  test('is a commit that package.json names', async () => {
    const { origin, second } = tagged();
    origin.git('checkout', '--quiet', '-b', 'old', second);
    const named = manifest('0.2.0').replace('"template": "0.2.0"', `"template": "${second}"`);
    const copy = copyOf(origin, { 'package.json': named });
    const { from } = await resultOf(copy, '--from', origin.path);
    expect(from).toMatchObject({ commit: second, how: 'recorded commit' });
  });

  test.each([
    ['no "crosswind"', manifest('0.2.0').replace('"crosswind": {', '"other": {')],
    ['"0.1.9", which', manifest('0.1.9')],
    ['"0123456789abcdef", which', manifest('0123456789abcdef')],
  ])('must be known: a copy with %s gets an error with the fix', async (found, text) => {
    const { origin } = tagged();
    const copy = copyOf(origin, { 'package.json': text, 'docs/guide.md': 'other\n' });
    const before = stateOf(copy);
    const { code, stderr } = await upgrade(copy, '--from', origin.path);
    expect(code).toBe(1);
    expect(stderr).toContain(`which version of the template the clone was made from, got ${found}`);
    expect(stderr).toContain('write "crosswind": { "template": "<tag or commit of the template>" } and commit it');
    expect(stateOf(copy)).toBe(before);
  });

  test.each([
    ['a clone', ['--depth', '1']],
    ['a clone with some history', ['--depth', '2']],
  ])('is found in %s that is shallow', async (_, depth) => {
    const { origin, third } = tagged();
    const clone = cloneOf(origin, ...depth, '--branch', 'v0.3.0', '--no-single-branch');
    clone.git('switch', '--quiet', '--create', 'ours');
    clone.commit({ 'platform.yaml': 'yours\n' });
    clone.git('tag', '--delete', 'v0.3.0');
    const shallow = clone.read('.git/shallow');
    const { from } = await resultOf(clone, '--from', origin.path, '--to', 'main');
    expect(from.commit).toBe(third);
    expect(clone.read('stages/stage.ts')).toBe(lines('stage', { 1: 'fourth' }));
    expect(clone.read('.git/shallow')).toBe(shallow);
    expect(clone.git('fsck', '--connectivity-only')).not.toContain('missing');
  });

  test('is found in a shallow template, where that is deep enough, and else an error says so', async () => {
    const { origin, first } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', first);
    const shallow = cloneOf(origin, '--depth', '2');
    const before = stateOf(clone);
    const { code, stdout } = await upgrade(clone, '--from', shallow.path, '--to', 'main', '--json');
    // The clone has the whole history: the shallow template begins at a commit that the clone knows.
    expect({ code, from: (JSON.parse(stdout) as Result).from.commit }).toEqual({ code: 0, from: first });
    clone.git('switch', '--quiet', 'main');
    expect(stateOf(clone)).not.toBe(before);
    const copy = copyOf(origin, { 'docs/guide.md': 'other\n', 'package.json': manifest('0.2.0') });
    const refused = await upgrade(copy, '--from', shallow.path);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('may lack it: git fetch --unshallow there');
  });
});

describe('the version that a clone is brought to', () => {
  test.each<[to: string, how: string, at: 'first' | 'second' | 'third' | 'fourth']>([
    ['', 'newest version tag', 'third'],
    ['v0.3.0', 'v0.3.0', 'third'],
    ['0.3.0', '0.3.0', 'third'],
    ['main', 'main', 'fourth'],
  ])('with --to "%s" is the %s', async (to, how, at) => {
    const { origin, first, ...commits } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', first);
    const result = await resultOf(clone, '--from', origin.path, ...(to === '' ? [] : ['--to', to]));
    expect(result.to).toMatchObject({ commit: { first, ...commits }[at], how });
  });

  test('is a commit, also by the beginning of its id', async () => {
    const { origin, first, second } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', first);
    const { to } = await resultOf(clone, '--from', origin.path, '--to', second.slice(0, 10));
    expect(to.commit).toBe(second);
  });

  test('is the default branch of a template without version tags', async () => {
    const origin = newRepository(small);
    const clone = cloneOf(origin);
    const commit = origin.commit({ 'package.json': manifest('0.3.0') });
    const { to } = await resultOf(clone, '--from', origin.path);
    expect(to).toMatchObject({ commit, how: 'default branch' });
  });

  test('may be in the clone already', async () => {
    const { origin } = tagged();
    const clone = cloneOf(origin);
    const before = stateOf(clone);
    expect(await resultOf(clone, '--from', origin.path)).toMatchObject({ upToDate: true, from: { version: '0.3.0' } });
    const { code, stdout } = await upgrade(clone, '--from', origin.path);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^already up to date: 0\.3\.0 \(\w{12}, .*\) contains 0\.3\.0 \(\w{12}, newest version tag\)\n$/,
    );
    expect(stateOf(clone)).toBe(before);
  });

  test('must be one of the template: an error names what there is', async () => {
    const { origin } = tagged();
    const clone = cloneOf(origin);
    const own = clone.commit({ 'platform.yaml': 'yours\n' });
    for (const to of ['v0.9.0', '--help-me', own]) {
      const { code, stderr } = await upgrade(clone, '--from', origin.path, `--to=${to}`);
      expect(code).toBe(1);
      expect(stderr).toBe(
        `--to must be a tag, a branch or a commit of ${origin.path}, got "${to}" (known: main, v0.2.0, v0.3.0)\n`,
      );
    }
  });
});

describe('what a clone is upgraded from', () => {
  test('may be a URL or a relative path', async () => {
    const { origin, first } = tagged();
    const clone = cloneOf(origin);
    clone.git('reset', '--quiet', '--hard', first);
    for (const from of [`file://${origin.path}`, join('..', ...[...Array<string>(20).fill('..'), origin.path])]) {
      const { to } = await resultOf(clone, '--from', from, '--dry-run');
      expect(to.version).toBe('0.3.0');
    }
  });

  test.each<[what: string, from: () => string, message: string]>([
    ['a folder', () => temporaryDirectory(), '--from must be a git repository with the template in it, got /'],
    ['nothing', () => join(temporaryDirectory(), 'none'), '--from must be a git repository with the template in it'],
    ['an option', () => '--upload-pack=touch', '--from must be a git repository with the template in it, got --up'],
    [
      'a repository without a commit',
      () => {
        const empty = repositoryAt(temporaryDirectory());
        empty.git('init', '--quiet');
        return empty.path;
      },
      '--from must be a git repository with the template in it',
    ],
    [
      'another repository',
      () => newRepository({ 'package.json': '{ "name": "other" }\n' }).path,
      'is not the template: expected "crosswind": { "template": "<version>" } in its package.json',
    ],
    ['a repository without package.json', () => newRepository({ a: 'b' }).path, 'is not the template: expected'],
    [
      'a repository with a broken package.json',
      () => newRepository({ 'package.json': '{' }).path,
      'must be JSON (Expected property name',
    ],
  ])('must be the template: %s gets an error', async (_, from, message) => {
    const clone = cloneOf(newRepository(small));
    const before = stateOf(clone);
    const { code, stdout, stderr } = await upgrade(clone, `--from=${from()}`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stateOf(clone)).toBe(before);
  });

  test('may be the template of a fork, whose clones it then serves', async () => {
    const { origin, first } = tagged();
    const fork = cloneOf(origin);
    fork.git('reset', '--quiet', '--hard', first);
    const clone = withIdentity(cloneOf(fork));
    await resultOf(fork, '--from', origin.path);
    const { from } = await resultOf(clone, '--from', fork.path, '--to', 'upgrade/0.3.0');
    expect(from.commit).toBe(first);
    expect(clone.read('stages/stage.ts')).toBe(lines('stage', { 1: 'third' }));
  });
});
