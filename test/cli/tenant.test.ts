import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { platformFile } from '../platform-file.ts';
import { platformOf, platformText } from '../synthesized.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Finished, crosswind } from './crosswind.ts';

/** A copy of a platform, and the command on it. */
function copy(content = platformText) {
  const file = join(temporaryDirectory(), 'platform.yaml');
  writeFileSync(file, content);
  const tenant = (...args: readonly string[]): Promise<Finished> => crosswind('tenant', ...args, '--file', file);
  return { tenant, text: () => readFileSync(file, 'utf8') };
}

const second = ['add', 'second', '--workload', 'word-count'];
const accounts = ['--accounts', 'parent=word-parent-dev,child=word-child-dev'];

describe('crosswind tenant', () => {
  test('adds, lists, shows and removes a tenant, after which the file is as before', async () => {
    const { tenant, text } = copy();
    const adding = await tenant(...second, '--wave', 'dev', ...accounts, '--owner', 'second-team');
    expect(adding.stderr).toBe('');
    expect(adding.stdout).toContain('parent workflow of second in word-parent-dev 333333333333 (wave dev)');
    expect(platformOf(text()).tenants[1]).toMatchObject({ name: 'second', owner: 'second-team' });
    expect((await tenant('list')).stdout).toMatch(
      /second +services\/word-count +second-team +dev: parent word-parent-dev, child word-child-dev\n/,
    );
    expect((await tenant('show', 'second')).stdout).toMatch(/wave dev in us-east-1\n {2}parent +word-parent-dev/);
    const removing = await tenant('remove', 'second');
    expect(removing.stdout).toContain('tenant second, which runs nowhere any more');
    expect(removing.stdout).not.toContain('No tenant uses');
    expect(text()).toBe(platformText);
  });

  test('adds a tenant with settings, which are checked', async () => {
    const { tenant, text } = copy();
    const adding = await tenant(...second, ...accounts, '--set', 'batchSize=7', '--set', 'years=[2001, 2002]');
    expect(adding).toMatchObject({ code: 0, stderr: '' });
    expect(platformOf(text()).tenants[1]?.waves['dev']?.settings).toMatchObject({ batchSize: 7, years: [2001, 2002] });
    const before = text();
    const wrong = await tenant('add', 'third', '--workload', 'word-count', ...accounts, '--set', 'batchSize=0');
    expect(wrong.stderr).toContain('batchSize is too small');
    for (const [set, message] of [
      ['batchSize', '--set must read setting=value, got "batchSize"'],
      ['years=[', '--set years must be a value in YAML, got "["'],
    ] as const) {
      const refused = await tenant('add', 'third', '--workload', 'word-count', ...accounts, '--set', set);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(message) as string });
    }
    expect(text()).toBe(before);
  });

  test('places a tenant in one wave more, which it may add', async () => {
    const oneWave = copy();
    await oneWave.tenant('remove', 'word-count', '--wave', 'prod');
    const { tenant, text } = copy(oneWave.text());
    const { code, stdout } = await tenant('add', 'word-count', '--wave', 'test', '--new-wave', '--json');
    expect({ code, result: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      result: {
        written: true,
        wave: 'test',
        workload: 'word-count',
        // Those that the wave left behind.
        accounts: { parent: 'word-parent-prod', child: 'word-child-prod' },
        removed: [],
      },
    });
    expect(platformOf(text()).waves.map(({ name }) => name)).toEqual(['dev', 'test']);
  });

  test('removes a tenant from one wave, with the wave that then holds nothing', async () => {
    const { tenant, text } = copy();
    const { stdout } = await tenant('remove', 'word-count', '--wave', 'prod');
    expect(stdout).toContain('removed word-count from wave prod');
    expect(stdout).toContain('wave prod, which holds nothing any more');
    expect(Object.keys(platformOf(text()).tenants[0]?.waves ?? {})).toEqual(['dev']);
  });

  test('removes the last tenant, which leaves a valid platform, and names the folder that nobody uses', async () => {
    const { tenant, text } = copy();
    const { code, stdout } = await tenant('remove', 'word-count');
    expect(code).toBe(0);
    expect(stdout).toContain('No tenant uses services/word-count then');
    expect(platformOf(text())).toMatchObject({ waves: [], tenants: [] });
    expect((await tenant('list')).stdout).toContain('no tenant; `npx crosswind tenant new <workload>` makes one');
    expect((await tenant('list', '--json')).stdout).toBe('[]\n');
    // A platform without waves gets one.
    expect((await tenant('add', 'word-count')).stdout).toContain('added word-count');
    expect(platformOf(text())).toMatchObject({ waves: [{ name: 'dev' }], tenants: [{ owner: 'word-count-team' }] });
  });

  test('removes a tenant whose folder is gone, and leaves another one of that workload', async () => {
    const gone = withSecond().replaceAll('workload: word-count', 'workload: gone');
    const { tenant, text } = copy(gone);
    expect((await tenant('list')).stderr).toContain(
      'tenants.word-count.workload is none of the choices (got gone; expected one of echo, orders, relay, word-count; choose one of them, or remove it with `npx crosswind tenant remove`)',
    );
    const first = await tenant('remove', 'second');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('removed second from');
    expect(text()).toBe(platformText.replaceAll('workload: word-count', 'workload: gone'));
    const last = await tenant('remove', 'word-count');
    expect(last.stdout).toContain('Run `npm run schema`, so that editors know which workloads are left');
    expect(platformOf(text()).tenants).toEqual([]);
  });

  test('shows why a placement is not deployed, or stays as it is', async () => {
    const pending = copy(platformText.replace("id: '444444444444'", "id: '444444444444'\n    state: pending"));
    expect((await pending.tenant('show', 'word-count')).stdout).toContain(
      'not deployed: account word-child-dev is pending',
    );
    const frozen = copy(platformText.replace('approval: true', 'frozen: true'));
    const { stdout } = await frozen.tenant('show', 'word-count', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      waves: [
        { wave: 'dev', freezes: [], withheld: [] },
        { wave: 'prod', freezes: ['wave prod is frozen'] },
      ],
    });
  });

  test('says of a tenant that leaves what the next push does, and what comes after its lines', async () => {
    const line = '\n    workload: word-count\n';
    const leaving = copy(platformText.replace(line, `${line}    state: removed\n`));
    expect((await leaving.tenant('list')).stdout).toContain('letters-team, removed');
    expect((await leaving.tenant('show', 'word-count')).stdout).toContain(
      'removed: deployed once more without schedule, alarms and dashboards; then remove its lines',
    );
    const shown = await leaving.tenant('show', 'word-count', '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ state: 'removed' });
    const announced = (await leaving.tenant('remove', 'word-count')).stdout;
    expect(announced).toContain('after the push, `npx crosswind orphans` prints the commands that delete them');
    expect(announced).not.toContain('do not merge this yet');
    const sudden = copy();
    expect((await sudden.tenant('remove', 'word-count')).stdout).toContain(
      'If word-count is deployed, do not merge this yet: first a push with `state: removed`',
    );
    expect((await copy().tenant('list')).stdout).not.toContain('removed');
  });

  test('writes nothing with --dry-run', async () => {
    const { tenant, text } = copy();
    expect((await tenant(...second, '--dry-run')).stdout).toContain('would add second');
    expect((await tenant('remove', 'word-count', '--dry-run')).stdout).toContain('would remove word-count');
    const made = await tenant('new', 'hello', '--dry-run');
    expect(made.stdout).toContain('would write services/hello, 13 files');
    expect(made.stdout).not.toContain('Try it');
    expect(text()).toBe(platformText);
  });

  test.each<[string, readonly string[], string]>([
    ['a name of the wrong form', ['add', 'Second', '--workload', 'word-count'], 'has the wrong form (got Second;'],
    ['a workload that is not there', ['add', 'x', '--workload', 'word'], 'did you mean "word-count"?'],
    [
      'a tenant that is there, in a wave that it is in',
      ['add', 'word-count', '--wave', 'prod', ...accounts],
      '"word-count" is in wave "prod" already',
    ],
    [
      'another owner of a tenant that is there',
      ['add', 'word-count', '--owner', 'x'],
      'with owner "letters-team", got --owner "x": leave it out',
    ],
    [
      'another workload of a tenant that is there',
      ['add', 'word-count', '--workload', 'x'],
      'with workload "word-count", got --workload "x"',
    ],
    [
      'a wave that is not there',
      [...second, '--wave', 'prd'],
      'no wave is called "prd" (expected dev, prod; did you mean "prod"?); --new-wave',
    ],
    ['a new wave that is there', [...second, '--wave', 'prod', '--new-wave'], 'the wave "prod" is there already'],
    ['accounts of another form', [...second, '--accounts', 'word-parent-dev'], '--accounts must read stage=account'],
    [
      'a stage that is none',
      [...second, '--accounts', 'parnt=a,child=b'],
      'did you mean "parent"? (stages: parent, child)',
    ],
    ['a stage that is named twice', [...second, '--accounts', 'parent=a,parent=b'], 'names the stage "parent" twice'],
    [
      'a stage without an account',
      [...second, '--accounts', 'parent=a'],
      'has no account for the stage "child": add child=<account>',
    ],
    [
      'an account that is not there',
      [...second, '--accounts', 'parent=a,child=word-child-dev'],
      'no account is called "a"',
    ],
    [
      'one account for two stages',
      [...second, '--accounts', 'parent=word-child-dev,child=word-child-dev'],
      'parent and child of "second" are in one account',
    ],
    ['to remove a tenant that is not there', ['remove', 'word-cont'], 'did you mean "word-count"?'],
    [
      'to remove a tenant from a wave that it is not in',
      ['remove', 'word-count', '--wave', 'test'],
      'is not in wave "test" (it is in dev, prod)',
    ],
    ['to show a tenant that is not there', ['show', 'x'], 'no tenant is called "x" (expected word-count)'],
    ['a new workload whose folder exists', ['new', 'word-count'], 'services/word-count exists already'],
    [
      'a new workload of the wrong form',
      ['new', 'Hello'],
      'start with a letter as the name of a workload, got "Hello"',
    ],
    ['a new workload that tools would pass over', ['new', 'test'], 'a workload cannot be called "test"'],
    ['a new workload with 31 letters', ['new', 'a'.repeat(31)], '1 to 30 lower-case letters'],
    ['a new workload that is called as a tenant is', ['new', 'second'], 'has a tenant "second" already'],
    ['a new workload with a reserved name', ['new', 'fleet'], 'the platform has a fleet of its own'],
  ])('refuses %s with exit code 1, and writes nothing', async (_, args, message) => {
    const before = args[1] === 'second' && args[0] === 'new' ? withSecond() : platformText;
    const { tenant, text } = copy(before);
    const { code, stdout, stderr } = await tenant(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(text()).toBe(before);
  });

  test('changes no file that has other problems', async () => {
    const broken = platformText.replace('region: us-east-1', 'region: Ireland');
    const { tenant, text } = copy(broken);
    for (const args of [second, ['remove', 'word-count'], ['new', 'hello']]) {
      expect((await tenant(...args)).stderr).toContain('region is none of the choices');
    }
    expect(text()).toBe(broken);
  });

  test('lists the tenants of a file as data', async () => {
    const { stdout } = await crosswind('tenant', 'list', '--json', '--file', platformFile);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'word-count', owner: 'letters-team', waves: [{ wave: 'dev', settings: { years: [2022] } }, {}] },
    ]);
  });
});

const withSecond = (): string => `${platformText}  - name: second
    workload: word-count
    owner: second-team
    waves:
      dev:
        parent: word-parent-dev
        child: word-child-dev
`;
