import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../temporary-directory.ts';
import {
  type Repository,
  cloneOf,
  git,
  lines,
  manifest,
  newRepository,
  repositoryAt,
  small,
  startUpgrade,
  stateOf,
  upgrade,
  withIdentity,
} from './repositories.ts';

/** The small template with a next version, and a clone of its first one. */
function clones() {
  const origin = newRepository(small);
  const clone = cloneOf(origin);
  const changelog =
    '# Changelog\n\n## 0.3.0\n\n### You must do\n\n- New work,\n  on two lines.\n\n### Added\n\n- A thing.\n';
  origin.commit({
    'package.json': manifest('0.3.0', { scripts: { check: 'exit 0' }, dependencies: { zod: '4.1.0' } }),
    'CHANGELOG.md': `${changelog}\n## 0.2.0\n\n### You must do\n\n- Old work.\n`,
    'stages/stage.ts': lines('stage', { 3: 'theirs' }),
    'stages/new.ts': 'new\n',
  });
  return { origin, clone };
}

/** Runs something with other environment variables of this process. */
async function withEnvironment<Result>(
  changes: Readonly<Record<string, string>>,
  run: () => Promise<Result>,
): Promise<Result> {
  const earlier = Object.fromEntries(Object.keys(changes).map((name) => [name, process.env[name]]));
  Object.assign(process.env, changes);
  try {
    return await run();
  } finally {
    for (const [name, value] of Object.entries(earlier)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

describe('an upgrade', () => {
  test('says what changed, what you must do and what comes next', async () => {
    const { origin, clone } = clones();
    clone.commit({ 'docs/guide.md': null });
    origin.commit({ 'docs/guide.md': 'later\n' });
    const { code, stdout, stderr } = await upgrade(clone, '--from', origin.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/\b[0-9a-f]{12}\b/g, '<commit>')).toBe(`\
upgraded from 0.2.0 (<commit>, newest commit in both histories) to 0.3.0 (<commit>, default branch)
files: 3 changed, 1 added on the branch upgrade/0.3.0
skipped docs/guide.md (1 file): you deleted it

You must do
- New work, on two lines. (0.3.0)

Next, on that branch
  npm ci                              installs what package-lock.json says
  npm run schema                      writes platform.schema.json for your workloads
  npm run check                       checks your platform with the new version
  git commit --all --amend --no-edit  takes generated files into the commit

To undo: git switch - && git branch -D upgrade/0.3.0
`);
    expect(clone.git('log', '-1', '--format=%an <%ae> %s')).toBe(
      'Adopter <adopter@example.com> chore: upgrade the template from 0.2.0 to 0.3.0',
    );
  });

  test('prints the same as JSON, and nothing else', async () => {
    const { origin, clone } = clones();
    const { stdout, stderr } = await upgrade(clone, '--from', origin.path, '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      written: true,
      upToDate: false,
      branch: 'upgrade/0.3.0',
      changes: [
        { change: 'changed', path: 'CHANGELOG.md' },
        { change: 'changed', path: 'package.json' },
        { change: 'added', path: 'stages/new.ts' },
        { change: 'changed', path: 'stages/stage.ts' },
      ],
      conflicts: [],
      skipped: [],
      mustDo: [{ version: '0.3.0', text: 'New work, on two lines.' }],
      next: ['npm ci', 'npm run schema', 'npm run check', 'git commit --all --amend --no-edit'],
    });
  });

  test('installs with npm install where you changed the lock file', async () => {
    const { origin, clone } = clones();
    clone.commit({ 'package-lock.json': '{ "lock": 2 }\n' });
    expect((await upgrade(clone, '--from', origin.path)).stdout).toContain('  npm install ');
  });

  test('with --dry-run says the same and changes nothing', async () => {
    const { origin, clone } = clones();
    const before = stateOf(clone);
    const { code, stdout } = await upgrade(clone, '--from', origin.path, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^would upgrade from 0\.2\.0/);
    expect(stdout).toContain('- New work, on two lines. (0.3.0)');
    expect(stateOf(clone)).toBe(before);
    for (const option of ['--check', '--with-conflicts']) {
      const refused = await upgrade(clone, '--from', origin.path, '--dry-run', option);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('--dry-run changes nothing: give it without --check');
    }
  });

  test('with --with-conflicts creates the branch with the conflicts in the work tree, to continue or to undo', async () => {
    const { origin, clone } = clones();
    const mine = clone.commit({ 'stages/stage.ts': lines('stage', { 3: 'yours' }) });
    const { code, stderr } = await upgrade(clone, '--from', origin.path, '--with-conflicts');
    expect(code).toBe(1);
    expect(stderr).toContain('1 conflict between your changes and the template');
    expect(stderr).toContain('the branch upgrade/0.3.0 has the conflicts in the work tree');
    expect(stderr).toContain('You must do');
    expect(stderr).toMatch(
      /Next, on that branch, when the conflicts are resolved\n {2}npm ci .*\n(?: {2}.*\n)* {2}npm run check/,
    );
    expect(clone.git('symbolic-ref', '--short', 'HEAD')).toBe('upgrade/0.3.0');
    expect(clone.read('stages/stage.ts')).toContain('<<<<<<<');
    expect(clone.read('stages/new.ts')).toBe('new\n');
    clone.write({ 'stages/stage.ts': lines('stage', { 3: 'both' }) });
    clone.git('add', '--all');
    clone.git('-c', 'core.editor=true', 'cherry-pick', '--continue');
    expect(clone.git('log', '-1', '--format=%s')).toBe('chore: upgrade the template from 0.2.0 to 0.3.0');
    expect(clone.git('rev-parse', 'HEAD~')).toBe(mine);
    expect((await upgrade(clone, '--from', origin.path)).stdout).toMatch(/^already up to date/);
  });

  test.each<[what: string, rc: number, script: string]>([
    ['succeeds', 0, 'node -e "process.exit(0)"'],
    ['fails', 1, 'echo wrong && exit 3'],
  ])('with --check runs what comes next, and says where it %s', async (_, rc, check) => {
    const scripts = { schema: 'echo 3 > platform.schema.json', check };
    const lock = (version: string): string =>
      JSON.stringify({
        name: 'crosswind',
        version,
        lockfileVersion: 3,
        packages: { '': { name: 'crosswind', version } },
      });
    const origin = newRepository({ ...small, '.gitignore': 'node_modules/\n', 'package-lock.json': lock('0.2.0') });
    const clone = cloneOf(origin);
    origin.commit({ 'package.json': manifest('0.3.0', { scripts }), 'package-lock.json': lock('0.3.0') });
    const { code, stdout, stderr } = await upgrade(clone, '--from', origin.path, '--check', '--json');
    expect(code).toBe(rc);
    expect(JSON.parse(stdout)).toMatchObject({ written: true });
    expect(stderr).toContain('> npm ci\n');
    expect(stderr).toContain('> npm run check\n');
    expect(clone.git('symbolic-ref', '--short', 'HEAD')).toBe('upgrade/0.3.0');
    if (rc === 0) {
      expect(clone.git('status', '--porcelain')).toBe('');
      expect(clone.git('show', 'HEAD:platform.schema.json')).toBe('3');
    } else {
      expect(stderr).toContain('wrong\n');
      expect(stderr).toMatch(
        /npm run check failed on upgrade\/0\.3\.0 \(exit code 3\): fix it there, then run it again\n$/,
      );
      expect(stderr).not.toContain('> git commit');
    }
  });
});

describe('a clone', () => {
  test.each<[sentence: string, change: (clone: Repository) => void, message: string]>([
    [
      'with a changed file',
      (clone) => {
        clone.write({ 'docs/guide.md': 'not committed\n' });
      },
      'the work tree must be clean, got changes that are not committed:\n   M docs/guide.md\n',
    ],
    [
      'with a new file',
      (clone) => {
        clone.write({ 'notes.md': 'not committed\n' });
      },
      '  ?? notes.md\ncommit them, or set them aside with: git stash --include-untracked',
    ],
    [
      'with many of them',
      (clone) => {
        clone.write(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`a${index}`, 'x'])));
      },
      '  and 2 more\n',
    ],
    [
      'that has the branch already',
      (clone) => {
        clone.git('branch', 'upgrade/0.3.0');
      },
      'the branch upgrade/0.3.0 exists already: merge it, or delete it with git branch -D upgrade/0.3.0',
    ],
    [
      'with a broken package.json',
      (clone) => {
        clone.commit({ 'package.json': '{' });
      },
      'package.json must be JSON (',
    ],
    [
      'with a package.json that is no object',
      (clone) => {
        clone.commit({ 'package.json': '[]\n' });
      },
      'package.json must be a JSON object, got []',
    ],
    [
      'with a record that is no text',
      (clone) => {
        clone.commit({ 'package.json': '{ "crosswind": { "template": 0.2 } }\n' });
      },
      'package.json: crosswind.template must be text, got 0.2; write "crosswind": { "template": "0.2.0" }',
    ],
    [
      'without package.json',
      (clone) => {
        clone.commit({ 'package.json': null });
      },
      'has no package.json: run this in a clone of the template',
    ],
  ])('%s gets an error and stays as it is', async (_, change, message) => {
    const { origin, clone } = clones();
    change(clone);
    const before = stateOf(clone);
    const { code, stdout, stderr } = await upgrade(clone, '--from', origin.path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stateOf(clone)).toBe(before);
  });

  test('must be a git repository with a commit', async () => {
    const { origin } = clones();
    const folder = repositoryAt(temporaryDirectory());
    expect((await upgrade(folder, '--from', origin.path)).stderr).toContain(
      'is not a git repository: run git init there',
    );
    folder.git('init', '--quiet');
    expect((await upgrade(folder, '--from', origin.path)).stderr).toContain(
      'has no commit yet: commit your files first',
    );
  });

  test('must be a repository of its own', async () => {
    const { origin, clone } = clones();
    const inside = join(clone.path, 'stages');
    const { code, stderr } = await upgrade(repositoryAt(inside), '--from', origin.path);
    expect(code).toBe(1);
    expect(stderr).toContain(`the clone must be a repository of its own, but ${inside} is a folder of ${clone.path}`);
  });

  test('may be a linked work tree, and may have a detached HEAD', async () => {
    const { origin, clone } = clones();
    const linked = join(temporaryDirectory(), 'linked');
    clone.git('worktree', 'add', '--quiet', '--detach', linked);
    expect((await upgrade(repositoryAt(linked), '--from', origin.path)).code).toBe(0);
    expect(git(linked, 'symbolic-ref', '--short', 'HEAD')).toBe('upgrade/0.3.0');
    expect(clone.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  });

  test('is the one that the command belongs to, whatever a hook of git says', async () => {
    const { origin, clone } = clones();
    const other = newRepository({ a: 'b' });
    const environment = { GIT_DIR: join(other.path, '.git'), GIT_WORK_TREE: other.path, GIT_INDEX_FILE: 'index' };
    const { code } = await withEnvironment(environment, () => upgrade(clone, '--from', origin.path));
    expect(code).toBe(0);
    expect(clone.read('stages/new.ts')).toBe('new\n');
  });

  test('keeps its settings: hooks run where the adopter commits, and merges are decided by us', async () => {
    const { origin, clone } = clones();
    const hooks = temporaryDirectory();
    repositoryAt(hooks).write({ 'pre-commit': '#!/bin/sh\nexit 1\n', 'post-checkout': '#!/bin/sh\nexit 1\n' });
    for (const hook of ['pre-commit', 'post-checkout']) chmodSync(join(hooks, hook), 0o755);
    const config = join(hooks, 'config');
    git(hooks, 'config', '--file', config, 'core.hooksPath', hooks);
    git(hooks, 'config', '--file', config, 'merge.renames', 'false');
    git(hooks, 'config', '--file', config, 'commit.gpgSign', 'true');
    origin.commit({ 'docs/guide.md': null, 'docs/manual.md': lines('guide', { 0: 'theirs' }) });
    clone.commit({ 'docs/guide.md': lines('guide', { 11: 'yours' }) });
    const finished = await withEnvironment({ GIT_CONFIG_GLOBAL: config }, () => upgrade(clone, '--from', origin.path));
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    expect(clone.read('docs/manual.md')).toBe(lines('guide', { 0: 'theirs', 11: 'yours' }));
  });

  test('needs somebody who commits', async () => {
    const { origin, clone } = clones();
    clone.git('config', '--unset', 'user.name');
    clone.git('config', '--unset', 'user.email');
    const nobody = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_COUNT: '1' };
    const environment = { ...nobody, GIT_CONFIG_KEY_0: 'user.useConfigOnly', GIT_CONFIG_VALUE_0: 'true' };
    const run = () => withEnvironment(environment, () => upgrade(clone, '--from', origin.path));
    expect((await run()).stderr).toContain('git does not know who commits: git config user.name "Your Name"');
    withIdentity(clone);
    expect((await run()).code).toBe(0);
  });

  test('needs git', async () => {
    const { origin, clone } = clones();
    const { code, stderr } = await withEnvironment({ PATH: temporaryDirectory() }, () =>
      upgrade(clone, '--from', origin.path),
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'git was not found in PATH: install git 2.34 or later\n' });
  });

  test.each([
    ['file', 'stages/new.ts'],
    ['folder', 'stages/new.ts/yours'],
  ])('stays as it is where an ignored %s is in the way of a new file', async (_, file) => {
    const { origin, clone } = clones();
    clone.commit({ '.gitignore': 'stages/new.ts\n' });
    clone.write({ [file]: 'ignored\n' });
    const before = stateOf(clone);
    const { code, stdout, stderr } = await upgrade(clone, '--from', origin.path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^nothing was changed: .*stages\/new\.ts/s);
    expect(stateOf(clone)).toBe(before);
    expect(clone.read(file)).toBe('ignored\n');
  });
});

/** A program for git or a hook that writes its process id to the returned file, and then works for some seconds. */
function slowProgram(path: string, seconds: number): string {
  const started = join(temporaryDirectory(), 'started');
  repositoryAt(dirname(path)).write({
    [basename(path)]:
      `#!/bin/sh\necho $$ > ${started}.new\nmv ${started}.new ${started}\nsleep ${seconds}\necho ended >> ${started}\n`,
  });
  chmodSync(path, 0o755);
  return started;
}

async function startOf(file: string): Promise<number> {
  while (!existsSync(file)) await sleep(10);
  return Number(readFileSync(file, 'utf8'));
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

describe('Ctrl-C', () => {
  test('ends an upgrade and what it started with exit code 130, and leaves nothing behind', async () => {
    const { origin, clone } = clones();
    const before = stateOf(clone);
    const temporary = temporaryDirectory();
    const left = (): readonly string[] => readdirSync(temporary);
    // A template that never answers: git waits for this program.
    const program = join(temporaryDirectory(), 'wait');
    const started = slowProgram(program, 600);
    await withEnvironment({ TMPDIR: temporary, GIT_SSH_COMMAND: program }, async () => {
      const { finished, interrupt } = startUpgrade(clone.path, ['--from', 'ssh://git@example.com/template.git']);
      const id = await startOf(started);
      expect({ left: left().length, isRunning: isRunning(id) }).toEqual({ left: 1, isRunning: true });
      interrupt();
      expect(await finished).toMatchObject({ code: 130, stdout: '', stderr: '' });
      expect(left()).toEqual([]);
      while (isRunning(id)) await sleep(10);
    });
    expect(stateOf(clone)).toBe(before);
    expect((await upgrade(clone, '--from', origin.path)).code).toBe(0);
  });

  test('waits until the clone is on the branch, where it comes at the very end', async () => {
    const { origin, clone } = clones();
    const started = slowProgram(join(clone.path, '.git/hooks/post-checkout'), 1);
    const { finished, interrupt } = startUpgrade(clone.path, ['--from', origin.path]);
    await startOf(started);
    interrupt();
    expect((await finished).code).toBe(130);
    expect(readFileSync(started, 'utf8')).toContain('ended');
    expect(clone.git('symbolic-ref', '--short', 'HEAD')).toBe('upgrade/0.3.0');
    expect(clone.git('status', '--porcelain')).toBe('');
  });
});
