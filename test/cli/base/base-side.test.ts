import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { clone } from '../../workloads.ts';
import { platformFile } from '../../platform-file.ts';
import { platformText } from '../../synthesized.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { cloneOf } from '../upgrade/repositories.ts';
import { askedBase, baseRepository, install, version } from './base-repository.ts';

const cache = 'node_modules/.cache/crosswind/base';
const synthesizedBy = (directory: string): unknown =>
  JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));

describe('a git ref as the base', () => {
  test('is synthesized apart by its own command line of the CDK, and not again', async () => {
    const repository = baseRepository();
    const { path } = repository;
    repository.commit({ ...version('2.0.0'), 'platform.yaml': platformText.replace('o-exampleorg1', 'o-exampleorg2') });
    install(repository);
    repository.write({ 'platform.yaml': 'broken' });

    const first = askedBase(repository, 'main~1');
    const side = await first.side;
    expect(side.name).toBe('main~1');
    expect(side.platform.organization.id).toBe('o-exampleorg1');
    expect(synthesizedBy(side.directory)).toEqual({ version: '1.0.0' });
    expect(relative(path, side.clone?.root ?? '')).toMatch(/^node_modules\/\.cache\/crosswind\/base\/\w+\/clone$/);
    expect(first.said).toContain('installing the packages of the base: npm ci');

    const second = askedBase(repository, 'main~1');
    expect(await second.side).toEqual(side);
    expect(second.said).toEqual([]);
  });

  test('with the lock file of the clone gets the packages of the clone', async () => {
    const repository = baseRepository();
    repository.write({ 'node_modules/left-over/index.js': '// not in the lock file', 'cdk/bin/cdk': 'throw 1' });
    const { side, said } = askedBase(repository, 'HEAD');
    const { directory, clone: base } = await side;
    expect(synthesizedBy(directory)).toEqual({ version: '1.0.0' });
    expect(existsSync(join(base?.root ?? '', 'node_modules/left-over/index.js'))).toBe(true);
    expect(said).toEqual([
      'checking the base out',
      'copying the packages of the base',
      'synthesizing the platform of HEAD: cdk synth',
    ]);
  });

  test.each<[string, (root: string) => void]>([
    [
      'changed',
      (root) => {
        writeFileSync(join(root, 'cdk/bin/cdk'), 'throw 1');
      },
    ],
    [
      'removed',
      (root) => {
        rmSync(join(root, 'cdk/bin/cdk'));
      },
    ],
  ])('is made again where a file of its checkout was %s', async (_, change) => {
    const repository = baseRepository();
    const root = (await askedBase(repository, 'HEAD').side).clone?.root ?? '';
    const whole = readFileSync(join(root, 'cdk/bin/cdk'), 'utf8');
    change(root);
    const { side, said } = askedBase(repository, 'HEAD');
    await side;
    expect(said[0]).toBe('note: the checkout of HEAD was changed since it was made, so it is made again');
    expect(readFileSync(join(root, 'cdk/bin/cdk'), 'utf8')).toBe(whole);
  });

  test('of another tree is another base, and the one that was used longest ago is removed', async () => {
    const repository = baseRepository();
    for (const number of [1, 2, 3, 4]) repository.commit({ note: `${number}` });
    const used = ['HEAD~4', 'HEAD~3', 'HEAD~2', 'HEAD~1', 'HEAD~4', 'HEAD'];
    const roots: string[] = [];
    for (const ref of used) roots.push((await askedBase(repository, ref).side).clone?.root ?? '');
    expect(new Set(roots).size).toBe(5);
    expect(used.filter((_, at) => !existsSync(roots[at] ?? ''))).toEqual(['HEAD~3']);
  });

  test('of a clone that is a folder of its repository is that folder', async () => {
    const outer = baseRepository();
    const files = Object.entries(version('3.0.0')).map(([file, text]) => [`platform/${file}`, text]);
    outer.commit(Object.fromEntries(files) as Record<string, string>);
    const { directory } = await askedBase({ path: join(outer.path, 'platform') }, 'HEAD').side;
    expect(synthesizedBy(directory)).toEqual({ version: '3.0.0' });
    await expect(askedBase({ path: join(outer.path, 'platform') }, 'HEAD~1').side).rejects.toThrow('has no folder');
  });

  test('that does not synthesize ends with what its CDK says, and nothing is kept of it', async () => {
    const repository = baseRepository();
    repository.commit(version('1.0.0', 'console.error("no such thing"); process.exit(1)'));
    await expect(askedBase(repository, 'HEAD').side).rejects.toThrow(/^HEAD does not synthesize in .*no such thing/s);
    const [place = ''] = readdirSync(join(repository.path, cache));
    expect(readdirSync(join(repository.path, cache, place))).toEqual(['clone']);
  });

  test('with findings of its own is a base: its assembly is there', async () => {
    const repository = baseRepository();
    const { 'cdk/bin/cdk': script } = version('1.0.0');
    const failing = `${script}\nwriteFileSync(option('--output') + '/validation-report.json', '{}'); process.exit(1)`;
    const artifacts = `{ version: '1.0.0', artifacts: { A: { type: 'aws:cloudformation:stack' } } }`;
    repository.commit(version('1.0.0', failing.replace(`{ version: '1.0.0' }`, artifacts)));
    const { side, said } = askedBase(repository, 'HEAD');
    expect(synthesizedBy((await side).directory)).toMatchObject({ version: '1.0.0' });
    expect(said).toContain('note: the platform of HEAD does not pass its own checks');
  });

  test('with wrong files is none, although its CDK leaves an empty assembly', async () => {
    const repository = baseRepository();
    const { 'cdk/bin/cdk': script } = version('1.0.0');
    const report = `writeFileSync(option('--output') + '/validation-report.json', '{}');`;
    const wrong = `${script}\n${report} console.error('wave "dev" is empty'); process.exit(1)`;
    repository.commit(version('1.0.0', wrong));
    await expect(askedBase(repository, 'HEAD').side).rejects.toThrow(/does not synthesize in .*wave "dev" is empty/s);
  });

  test('that writes no platform into its assembly has the one of its checkout', async () => {
    const repository = baseRepository();
    const { 'cdk/bin/cdk': script } = version('1.0.0');
    repository.commit(version('1.0.0', script.replace(/copyFileSync\(platform.*/, '')));
    expect((await askedBase(repository, 'HEAD').side).platform.organization.id).toBe('o-exampleorg1');
  });

  test('that is half made is not used: Ctrl-C removes it, and one of a killed command is removed', async () => {
    const repository = baseRepository();
    const waiting = `require('node:fs').mkdirSync(process.argv[process.argv.indexOf('--output') + 1] + '/begun', { recursive: true }); setTimeout(() => {}, 60_000);`;
    repository.commit(version('1.0.0', waiting));
    const place = (): string => join(repository.path, cache, readdirSync(join(repository.path, cache))[0] ?? '');
    const { side, said, cleanUp } = askedBase(repository, 'HEAD');
    while (!said.includes('synthesizing the platform of HEAD: cdk synth')) await sleep(20);
    await sleep(300);
    expect(readdirSync(place()).filter((name) => name.startsWith('.half-'))).toHaveLength(1);
    const ended = expect(side).rejects.toThrow('aborted');
    await cleanUp.now();
    expect(readdirSync(place())).toEqual(['clone']);
    await ended;

    const killed = join(place(), '.half-999999999-assembly');
    mkdirSync(killed);
    const again = askedBase(repository, 'HEAD');
    again.side.catch(() => undefined);
    while (existsSync(killed)) await sleep(20);
    await again.cleanUp.now();
  });
});

describe('a base that is none', () => {
  const neither = 'is neither a cloud assembly (a directory with a manifest.json) nor';
  test.each([
    ['a name that nothing has', 'nothing', `--base nothing ${neither} a commit of this clone: name a branch`],
    ['the name of an option', '--all', `--base --all ${neither} a commit of this clone`],
    ['an option of output', '--show-toplevel', `--base --show-toplevel ${neither}`],
    ['a range', 'main..main', `--base main..main ${neither}`],
    ['a file of a commit', 'HEAD:platform.yaml', `--base HEAD:platform.yaml ${neither}`],
    ['a directory without a manifest', 'cdk', `--base cdk ${neither}`],
    ['nothing', '', `--base  ${neither}`],
  ])('%s is wrong input', async (_, base, message) => {
    await expect(askedBase(baseRepository(), base).side).rejects.toThrow(message);
  });

  test('names the branch of the remote, or what a shallow clone must fetch', async () => {
    const repository = baseRepository();
    repository.git('branch', 'feature');
    const whole = cloneOf(repository);
    await expect(askedBase(whole, 'feature').side).rejects.toThrow('did you mean origin/feature?');
    repository.commit({ note: 'newer' });
    const shallow = cloneOf(repository, '--depth', '1');
    await expect(askedBase(shallow, 'HEAD~1').side).rejects.toThrow(
      'which is shallow: get the history with `git fetch --unshallow origin`; in GitHub Actions set `fetch-depth: 0`',
    );
  });

  test('in a directory without a repository says so', async () => {
    await expect(askedBase({ path: temporaryDirectory() }, 'main').side).rejects.toThrow('is no git repository');
  });

  test('in a commit without the platform names the file', async () => {
    const repository = baseRepository();
    repository.commit({ 'platform.yaml': null, 'other.yaml': platformText });
    await expect(askedBase(repository, 'HEAD').side).rejects.toThrow('--base HEAD has no platform.yaml');
    const file = join(repository.path, 'other.yaml');
    expect((await askedBase(repository, 'HEAD', { file }).side).platform.organization.id).toBe('o-exampleorg1');
    await expect(askedBase(repository, 'HEAD', { file: platformFile }).side).rejects.toThrow('is outside of');
  });
});

test('the directory of a cloud assembly is a base without a checkout', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'manifest.json'), '{}');
  writeFileSync(join(directory, 'platform.yaml'), platformText);
  const { side, said } = askedBase(baseRepository(), directory);
  expect(await side).toMatchObject({ name: directory, directory, clone: undefined });
  expect(said).toEqual([]);
});

test('this clone at its newest commit is a base', async () => {
  const { root } = clone;
  const { directory, clone: base } = await askedBase({ path: root }, 'HEAD').side;
  expect(existsSync(join(directory, 'Crosswind.template.json'))).toBe(true);
  expect(existsSync(join(base?.root ?? '', 'node_modules/aws-cdk-lib/package.json'))).toBe(true);
});
