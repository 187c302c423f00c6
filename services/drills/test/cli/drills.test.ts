import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import type { SimulationReport } from '../../../../cli/simulate/simulation-report.ts';
import { commandLineOn } from '../../../../test/cli/crosswind.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { type Drill, amounts } from '../../drill-input.ts';
import { drillsOnly, platform, platformFile, platformOf, platformText } from '../platform.ts';

const { clone } = drillsOnly;

let synthesized: Promise<string> | undefined;

/** Directory of the platform with this workload, synthesized once per process. */
const assembly = (): Promise<string> =>
  (synthesized ??= (async () => {
    const directory = temporaryDirectory();
    await synthesize({ clone, file: platformFile, directory, quickly: ['**'] });
    return directory;
  })());

const { crosswind, startRun } = commandLineOn({ clone, platformFile, assembly });

// The synthesis gets the time of a hook for itself.
beforeAll(assembly);

test('crosswind tenant add brings the drills into a platform that has accounts for them', async () => {
  const file = join(temporaryDirectory(), 'platform.yaml');
  const empty = platformText
    .replace('waves:\n  - name: dev\n', 'waves: []\n')
    .replace(/\ntenants:[^]*$/, '\ntenants: []\n');
  writeFileSync(file, empty);
  const placement = ['--wave', 'dev', '--new-wave', '--accounts', 'parent=drills-parent-dev,child=drills-child-dev'];
  const added = await crosswind('tenant', 'add', 'drills', '--owner', 'platform-team', ...placement, '--file', file);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  const { tenants, waves } = platformOf(readFileSync(file, 'utf8'));
  expect({ tenants, waves }).toEqual({ tenants: platform.tenants, waves: platform.waves });
});

describe('crosswind start', () => {
  test('plays the healthy parent where no drill is named', async () => {
    const { code, report } = await startRun('--tenant', 'drills', '--seconds', '1');
    expect(code).toBe(0);
    expect(report.stages.map(({ name, status }) => [name, status])).toEqual([
      ['parent', 'SUCCEEDED'],
      ['child', 'SUCCEEDED'],
    ]);
    expect(report.decisions.denied).toEqual([]);
  });

  test('plays the stuck parent, and says which statement is missing in which role', async () => {
    const { code, report, stdout } = await startRun('--tenant', 'drills', '--drill', 'stuck-parent');
    expect(code).toBe(2);
    expect(report.stages.map(({ status }) => status)).toEqual(['FAILED', 'SUCCEEDED']);
    expect(report.decisions.denied.map(({ principal, action }) => [principal, action])).toEqual([
      [expect.stringContaining('crosswind-drills-blind-target'), 'states:DescribeExecution'],
    ]);
    expect(stdout).toContain('the parent hung after TaskSubmitted: the child had SUCCEEDED');
  });

  test('cannot open Map Runs whose children it may not start, as the fault says', async () => {
    const { code, report } = await startRun('--drill', 'open-map-runs', '--break', 'map-run-start');
    expect(code).toBe(2);
    expect(new Set(report.decisions.denied.map(({ action }) => action))).toEqual(new Set(['states:StartExecution']));
  });

  test.each([
    ['--drill', 'none', 'one of healthy-parent'],
    ['--seconds', String(amounts.seconds.most + 1), 'a whole number from 1 to 3,600'],
    ['--map-runs', '0', 'a whole number from 1 to 40'],
    ['--workers', '1.5', 'a whole number from 1 to 20'],
  ])('refuses %s %s', async (option, value, message) => {
    const { code, stderr } = await crosswind(
      'start',
      ...['--file', platformFile, '--assembly', await assembly()],
      ...[option, value],
    );
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('crosswind simulate', () => {
  const simulated = async (drill: Drill, ...args: readonly string[]): Promise<SimulationReport> => {
    const options = ['--file', platformFile, '--assembly', await assembly(), '--drill', drill, '--json', ...args];
    return JSON.parse((await crosswind('simulate', ...options)).stdout) as SimulationReport;
  };

  const watched = ['open-map-runs', 'map-run-backlog', 'transitions-throttled'];

  /** Signals of Map Runs and state transitions that went off. */
  const firedOf = ({ alarms }: SimulationReport): readonly string[] =>
    watched.filter((signal) => alarms.some(({ name }) => name === `crosswind-fleet-${signal}`));

  test('sets off no alarm with the healthy parent', async () => {
    expect(firedOf(await simulated('healthy-parent'))).toEqual([]);
  });

  test('sets off the alarm on the backlog, where some Map Runs are held open and others wait', async () => {
    const report = await simulated('open-map-runs', '--quota', 'openMapRuns=5', '--seconds', '1800');
    expect(report.peak).toMatchObject({ openMapRuns: 5, backloggedMapRuns: 5 });
    expect(firedOf(report)).toContain('map-run-backlog');
  });

  test('sets off none of them where there is room', async () => {
    const report = await simulated('open-map-runs', '--seconds', '1800');
    expect(report.peak).toMatchObject({ openMapRuns: 10, backloggedMapRuns: 0 });
    expect(firedOf(report)).toEqual([]);
  });

  test('sets off the alarm on state transitions, where the bucket is small and the loops are long', async () => {
    const loops = ['--countdown', '1000'];
    const report = await simulated('transition-throttling', ...loops, '--quota', 'stateTransitions=100/20');
    expect(report.throttledTransitions).toBeGreaterThan(1_000);
    expect(firedOf(report)).toEqual(['transitions-throttled']);
    expect(firedOf(await simulated('transition-throttling', '--countdown', '10'))).toEqual([]);
  });
});
