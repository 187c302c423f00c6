import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Finished, crosswind } from './crosswind.ts';

/** A copy of the shipped file, and the command on it. */
function copy() {
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, platformText);
  const account = (...args: readonly string[]): Promise<Finished> => crosswind('account', ...args, '--file', file);
  return { file, account, text: () => readFileSync(file, 'utf8') };
}

const added = ['add', 'word-child-test', '--id', '077777777777', '--email', 'aws+word-child-test@example.com'];
const workloads = ['--organizational-unit', 'Workloads'];

describe('crosswind account', () => {
  test('adds, lists, shows and removes an account, after which the file is as before', async () => {
    const { file, account, text } = copy();
    const adding = await account(...added, ...workloads);
    expect(adding.code).toBe(0);
    expect(adding.stdout).toContain('word-child-test 077777777777 lets tooling 111111111111 deploy to it');
    expect(text()).not.toBe(platformText);
    expect((await account('list')).stdout).toMatch(
      /word-child-test +077777777777 +active +Workloads +us-east-1 +not used/,
    );
    expect((await account('show', 'word-child-test')).stdout).toMatch(/state +active: deployed/);
    const removing = await account('remove', 'word-child-test');
    expect(removing.stdout).toContain('word-child-test 077777777777 is not deployed to any more');
    expect(text()).toBe(platformText);
    expect(readdirSync(dirname(file))).toEqual(['platform.yaml']);
  });

  test('removes an account that tenants use only with their placements, and says what goes', async () => {
    const { account, text } = copy();
    const refused = await account('remove', 'word-child-prod');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('child of word-count in wave prod; --with-placements removes that as well');
    expect(text()).toBe(platformText);
    const { code, stdout } = await account('remove', 'word-child-prod', '--with-placements', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      written: true,
      deployed: [],
      removed: expect.arrayContaining(['wave prod, which holds nothing any more']) as string[],
    });
    expect(text()).not.toContain('666666666666');
    expect(platformText.split('\n')).toEqual(expect.arrayContaining(text().split('\n')));
  });

  test('adds and shows the name that an account has in AWS', async () => {
    const { account, text } = copy();
    const adding = await account(...added, ...workloads, '--aws-name', 'Log Archive');
    expect(adding.code).toBe(0);
    expect(text()).toContain('awsName: Log Archive');
    expect((await account('show', 'word-child-test')).stdout).toMatch(/in AWS +Log Archive\n/);
    expect((await account('show', 'tooling')).stdout).not.toContain('in AWS');
  });

  test('writes nothing with --dry-run', async () => {
    const { account, text } = copy();
    const { code, stdout } = await account(...added, ...workloads, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('would add word-child-test');
    expect(text()).toBe(platformText);
  });

  test('shows what an assembly deploys to an account', async () => {
    const args = ['show', 'word-child-dev', '--assembly', inject('assembly'), '--json', '--file', platformFile];
    const { deployed } = JSON.parse((await crosswind('account', ...args)).stdout) as {
      deployed: { roles: string[] }[];
    };
    expect(deployed.flatMap(({ roles }) => roles)).toContain('crosswind-word-count-target');
  });

  test.each<[string, readonly string[], string]>([
    [
      'an id that is too short',
      ['add', 'x', '--id', '7', '--email', 'x@example.com', ...workloads],
      'has the wrong form (got',
    ],
    [
      'a name that is there',
      ['add', 'tooling', '--id', '077777777777', '--email', 'x@example.com', ...workloads],
      'account name is already used on line',
    ],
    ['a state that is none', [...added, ...workloads, '--state', 'gone'], 'Allowed choices are pending, active'],
    ['no unit', added, "required option '--organizational-unit <path>' not specified"],
    ['the account of the pipeline', ['remove', 'tooling', '--with-placements'], '"tooling" runs pipeline'],
    ['an account that is not there', ['remove', 'word-child-div'], 'did you mean "word-child-dev"?'],
  ])('refuses %s with exit code 1, and writes nothing', async (_, args, message) => {
    const { account, text } = copy();
    const { code, stdout, stderr } = await account(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(text()).toBe(platformText);
  });

  test('changes no file that has other problems', async () => {
    const { file, account, text } = copy();
    const broken = platformText.replace('region: us-east-1', 'region: Ireland');
    writeFileSync(file, broken);
    const { code, stderr } = await account(...added, ...workloads);
    expect(code).toBe(1);
    expect(stderr).toContain('region is none of the choices');
    expect(text()).toBe(broken);
  });
});
