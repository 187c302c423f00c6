import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, test } from 'vitest';
import type { SimulationReport } from '../../cli/simulate/simulation-report.ts';
import { platformFile } from '../platform-file.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Finished, crosswind, spawnCrosswind } from './crosswind.ts';

const simulate = (...args: readonly string[]) =>
  crosswind('simulate', '--file', platformFile, '--assembly', inject('assembly'), ...args);

const reportOf = ({ stdout }: { readonly stdout: string }): SimulationReport => JSON.parse(stdout) as SimulationReport;

let undisturbedRun: Promise<Finished & { readonly report: SimulationReport }> | undefined;

/** A simulation over 20,000 objects that nothing disturbs, as people see it and as data. */
const undisturbed = (): NonNullable<typeof undisturbedRun> =>
  (undisturbedRun ??= (async () => {
    const file = join(temporaryDirectory(), 'report.json');
    const finished = await simulate('--objects', '20000', '--report', file);
    return { ...finished, report: JSON.parse(readFileSync(file, 'utf8')) as SimulationReport };
  })());

describe('crosswind simulate', () => {
  test('over 20,000 objects gives the same bytes for the same seed, and others for another', async () => {
    const file = join(temporaryDirectory(), 'deep/report.json');
    const options = ['--objects', '20000', '--fail-rate', '0.05', '--json'];
    const [one, other, third] = await Promise.all([
      simulate(...options, '--report', file),
      simulate(...options),
      simulate(...options, '--seed', '2'),
    ]);
    expect(one).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/simulated 20,000 items in .* MB\n$/) as unknown,
    });
    expect(other.stdout).toBe(one.stdout);
    expect(readFileSync(file, 'utf8')).toBe(one.stdout);
    expect(third.stdout).not.toBe(one.stdout);
  });

  test.each([
    ['takes the smaller input of an estimate', [], 2_000],
    ['takes what is given, in an estimate, too', ['--objects', '500'], 500],
  ])('%s', async (_, args, objects) => {
    const { options, items } = reportOf(await simulate('--estimate', '--json', ...args));
    expect({ options, items }).toMatchObject({ options: { objects }, items: objects });
  });

  test('estimates the same run without the accounts of others', async () => {
    const whole = await simulate('--objects', '500', '--json');
    const alone = await simulate('--objects', '500', '--json', '--estimate');
    const accountsIn = ({ stderr }: typeof whole): number => Number(/to (\d+) simulated accounts/.exec(stderr)?.[1]);
    expect(accountsIn(alone)).toBeLessThan(accountsIn(whole));
    expect(alone.stdout).toBe(whole.stdout);
  });

  test('tells duration, curves and cost of a run that nothing disturbs', async () => {
    const { series, cost, ...report } = (await undisturbed()).report;
    expect(report).toMatchObject({
      simulated: true,
      modelled: true,
      tenant: 'word-count',
      wave: 'dev',
      options: { objects: 20_000, failRate: 0 },
      stages: [
        { name: 'parent', status: 'SUCCEEDED' },
        { name: 'child', status: 'SUCCEEDED' },
      ],
      items: 20_000,
      failedItems: 0,
      batches: 40,
      failedBatches: 0,
      // 40 batches and their sum; three states of the parent and two of the child.
      invocations: 41,
      transitions: 5,
      retries: 0,
      throttledInvocations: 0,
      alarms: [],
      denied: [],
    });
    const [parent, child] = report.stages;
    expect(child?.states.map(({ state }) => state)).toEqual(['Count texts', 'Sum the counts']);
    const stays = child?.states.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(stays).toBeCloseTo(child?.seconds ?? 0);
    // 20 pages of 120 ms each are listed one after the other.
    expect(child?.states[0]?.seconds).toBeGreaterThan(2.4);
    // The parent polls every 5 s.
    expect((parent?.seconds ?? 1) % 5).toBe(0);
    expect(series.invocations.reduce((sum, value) => sum + value, 0)).toBe(41);
    expect(series.invocations).toHaveLength((parent?.seconds ?? 0) + 1);
    expect(Math.max(...series.runningInvocations)).toBe(report.peak.runningInvocations);
    const quantities = Object.fromEntries(cost.lines.map(({ item, quantity }) => [item, quantity]));
    expect(quantities).toMatchObject({
      'Standard, state transitions': 5,
      'Express, requests': 40,
      requests: 41,
      // Each text once, manifest and results.
      'GET requests': 20_000 + 2,
      // The sum; Step Functions lists 20 pages and writes a test manifest, results and manifest.
      'PUT and LIST requests': 1 + 23,
    });
    expect(cost.total).toBeGreaterThan(0.008);
    expect(cost.total).toBeLessThan(0.012);
  });

  test('shows people the same, and says that it is simulated', async () => {
    const { code, stdout } = await undisturbed();
    expect(code).toBe(0);
    expect(stdout).toContain('Simulated: durations of functions are modelled, and nothing ran on AWS');
    expect(stdout).toMatch(/parent +SUCCEEDED after/);
    expect(stdout).toMatch(/S3, GET requests +20,002 +requests at 0\.0000004 +0\.0080/);
    expect(stdout).toMatch(/open Map Runs +█+ +1/);
    expect(stdout).toContain('Alarms none went off');
  });

  test('throttles by the quotas that it is given, and retries', async () => {
    const report = reportOf(await simulate('--objects', '5000', '--quota', 'lambdaConcurrency=5', '--json'));
    expect(report.peak.runningInvocations).toBe(5);
    expect(report.throttledInvocations).toBeGreaterThan(0);
    expect(report.retries).toBe(report.throttledInvocations);
    expect(report.stages[1]?.status).toBe('SUCCEEDED');
  });

  test('ends with exit code 2 when too much fails, and the alarms of both workflows go off', async () => {
    const finished = await simulate('--objects', '5000', '--fail-rate', '0.6', '--json');
    const report = reportOf(finished);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('a simulated workflow failed');
    expect(report.stages[1]).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(report.failedBatches).toBeGreaterThan(0);
    expect(report.alarms.map(({ name }) => name)).toEqual([
      expect.stringContaining('-parent-failed'),
      expect.stringContaining('-child-failed'),
    ]);
  });

  test.each([
    [['--objects', '0'], 'It must be a whole number from 1 to 10,000,000.'],
    [['--seed', '-1'], 'It must be a whole number from 0 to 10,000,000.'],
    [['--fail-rate', '1.5'], 'It must be a number from 0 to 1.'],
    [['--set', 'word-count.batchSize=100'], '--set changes what is synthesized'],
    [['--wave', 'test'], '--wave names no wave, got "test"'],
    [['--tenant', 'rain'], 'there is no tenant "rain"'],
    [['--quota', 'openMapRuns=x'], '--quota must read name=number'],
    [['--report', '/dev/null/report.json'], '--report cannot be written'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await simulate(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  test('simulates the tenant in the wave that is asked for', async () => {
    const report = reportOf(await simulate('--objects', '1000', '--tenant', 'word-count', '--wave', 'prod', '--json'));
    const first = reportOf(await simulate('--objects', '1000', '--json'));
    expect(report.stages[0]?.status).toBe('SUCCEEDED');
    expect([first, report].map(({ wave, stages }) => [wave, stages[0]?.account])).toEqual([
      ['dev', '333333333333'],
      ['prod', '555555555555'],
    ]);
  });

  test('ends at Ctrl-C and leaves nothing behind', async () => {
    const temporary = temporaryDirectory();
    const { child, texts, finished } = spawnCrosswind(
      { TMPDIR: temporary },
      ...['simulate', '--file', platformFile, '--assembly', inject('assembly'), '--json', '--objects', '50000'],
    );
    while (!texts.stderr.includes('modelled 50,000')) await sleep(20);
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    expect(readdirSync(temporary).filter((name) => name.startsWith('crosswind-'))).toEqual([]);
  });
});
