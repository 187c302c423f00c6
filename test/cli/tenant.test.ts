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

const second = ['add', 'second', '--workload', 'wind-speed'];
const accounts = ['--accounts', 'parent=wind-parent-dev,child=wind-child-dev'];

describe('crosswind tenant', () => {
  test('adds, lists, shows and removes a tenant, after which the file is as before', async () => {
    const { tenant, text } = copy();
    const adding = await tenant(...second, '--wave', 'dev', ...accounts, '--owner', 'second-team');
    expect(adding.stderr).toBe('');
    expect(adding.stdout).toContain('parent workflow of second in wind-parent-dev 333333333333 (wave dev)');
    expect(platformOf(text()).tenants[1]).toMatchObject({ name: 'second', owner: 'second-team' });
    expect((await tenant('list')).stdout).toMatch(
      /second +services\/wind-speed +second-team +dev: parent wind-parent-dev, child wind-child-dev\n/,
    );
    expect((await tenant('show', 'second')).stdout).toMatch(/wave dev in us-east-1\n {2}parent +wind-parent-dev/);
    const removing = await tenant('remove', 'second');
    expect(removing.stdout).toContain('tenant second, which runs nowhere any more');
    expect(removing.stdout).not.toContain('No tenant uses');
    expect(text()).toBe(platformText);
  });

  test('places a tenant in one wave more, which it may add', async () => {
    const oneWave = copy();
    await oneWave.tenant('remove', 'wind-speed', '--wave', 'prod');
    const { tenant, text } = copy(oneWave.text());
    const { code, stdout } = await tenant('add', 'wind-speed', '--wave', 'test', '--new-wave', '--json');
    expect({ code, result: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      result: {
        written: true,
        wave: 'test',
        workload: 'wind-speed',
        // Those that the wave left behind.
        accounts: { parent: 'wind-parent-prod', child: 'wind-child-prod' },
        removed: [],
      },
    });
    expect(platformOf(text()).waves.map(({ name }) => name)).toEqual(['dev', 'test']);
  });

  test('removes a tenant from one wave, with the wave that then holds nothing', async () => {
    const { tenant, text } = copy();
    const { stdout } = await tenant('remove', 'wind-speed', '--wave', 'prod');
    expect(stdout).toContain('removed wind-speed from wave prod');
    expect(stdout).toContain('wave prod, which holds nothing any more');
    expect(Object.keys(platformOf(text()).tenants[0]?.waves ?? {})).toEqual(['dev']);
  });

  test('removes the last tenant, which leaves a valid platform, and names the folder that nobody uses', async () => {
    const { tenant, text } = copy();
    const { code, stdout } = await tenant('remove', 'wind-speed');
    expect(code).toBe(0);
    expect(stdout).toContain('No tenant uses services/wind-speed then');
    expect(platformOf(text())).toMatchObject({ waves: [], tenants: [] });
    expect((await tenant('list')).stdout).toContain('no tenant; `npx crosswind tenant new <workload>` makes one');
    expect((await tenant('list', '--json')).stdout).toBe('[]\n');
    // A platform without waves gets one.
    expect((await tenant('add', 'wind-speed')).stdout).toContain('added wind-speed');
    expect(platformOf(text())).toMatchObject({ waves: [{ name: 'dev' }], tenants: [{ owner: 'wind-speed-team' }] });
  });

  test('shows why a placement is not deployed, or stays as it is', async () => {
    const pending = copy(platformText.replace("id: '444444444444'", "id: '444444444444'\n    state: pending"));
    expect((await pending.tenant('show', 'wind-speed')).stdout).toContain(
      'not deployed: account wind-child-dev is pending',
    );
    const frozen = copy(platformText.replace('approval: true', 'frozen: true'));
    const { stdout } = await frozen.tenant('show', 'wind-speed', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      waves: [
        { wave: 'dev', freezes: [], withheld: [] },
        { wave: 'prod', freezes: ['wave prod is frozen'] },
      ],
    });
  });

  test('writes nothing with --dry-run', async () => {
    const { tenant, text } = copy();
    expect((await tenant(...second, '--dry-run')).stdout).toContain('would add second');
    expect((await tenant('remove', 'wind-speed', '--dry-run')).stdout).toContain('would remove wind-speed');
    const made = await tenant('new', 'hello', '--dry-run');
    expect(made.stdout).toContain('would write services/hello, 13 files');
    expect(made.stdout).not.toContain('Try it');
    expect(text()).toBe(platformText);
  });

  test.each<[string, readonly string[], string]>([
    ['a name of the wrong form', ['add', 'Second', '--workload', 'wind-speed'], 'has the wrong form (got Second;'],
    ['a workload that is not there', ['add', 'x', '--workload', 'wind'], 'did you mean "wind-speed"?'],
    [
      'a tenant that is there, in a wave that it is in',
      ['add', 'wind-speed', '--wave', 'prod', ...accounts],
      '"wind-speed" is in wave "prod" already',
    ],
    [
      'another owner of a tenant that is there',
      ['add', 'wind-speed', '--owner', 'x'],
      'with owner "weather-team", got --owner "x": leave it out',
    ],
    [
      'another workload of a tenant that is there',
      ['add', 'wind-speed', '--workload', 'x'],
      'with workload "wind-speed", got --workload "x"',
    ],
    [
      'a wave that is not there',
      [...second, '--wave', 'prd'],
      'no wave is called "prd" (expected dev, prod; did you mean "prod"?); --new-wave',
    ],
    ['a new wave that is there', [...second, '--wave', 'prod', '--new-wave'], 'the wave "prod" is there already'],
    ['accounts of another form', [...second, '--accounts', 'wind-parent-dev'], '--accounts must read stage=account'],
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
      [...second, '--accounts', 'parent=a,child=wind-child-dev'],
      'no account is called "a"',
    ],
    [
      'one account for two stages',
      [...second, '--accounts', 'parent=wind-child-dev,child=wind-child-dev'],
      'parent and child of "second" are in one account',
    ],
    ['to remove a tenant that is not there', ['remove', 'wind-sped'], 'did you mean "wind-speed"?'],
    [
      'to remove a tenant from a wave that it is not in',
      ['remove', 'wind-speed', '--wave', 'test'],
      'is not in wave "test" (it is in dev, prod)',
    ],
    ['to show a tenant that is not there', ['show', 'x'], 'no tenant is called "x" (expected wind-speed)'],
    ['a new workload whose folder exists', ['new', 'wind-speed'], 'services/wind-speed exists already'],
    [
      'a new workload of the wrong form',
      ['new', 'Hello'],
      'start with a letter as the name of a workload, got "Hello"',
    ],
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
    for (const args of [second, ['remove', 'wind-speed'], ['new', 'hello']]) {
      expect((await tenant(...args)).stderr).toContain('region has the wrong form');
    }
    expect(text()).toBe(broken);
  });

  test('lists the tenants of a file as data', async () => {
    const { stdout } = await crosswind('tenant', 'list', '--json', '--file', platformFile);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'wind-speed', owner: 'weather-team', waves: [{ wave: 'dev', settings: { years: [2022] } }, {}] },
    ]);
  });
});

const withSecond = (): string => `${platformText}  - name: second
    workload: wind-speed
    owner: second-team
    waves:
      dev:
        parent: wind-parent-dev
        child: wind-child-dev
`;
