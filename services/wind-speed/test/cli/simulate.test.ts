import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SimulationReport } from '../../../../cli/simulate/simulation-report.ts';
import type { Finished } from '../../../../test/cli/crosswind.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { platformFile } from '../platform.ts';
import { assembly, crosswind } from './crosswind.ts';

// The synthesis gets the time of a hook for itself.
beforeAll(assembly);

const simulate = async (...args: readonly string[]) =>
  crosswind('simulate', '--file', platformFile, '--assembly', await assembly(), ...args);

const reportOf = ({ stdout }: { readonly stdout: string }): SimulationReport => JSON.parse(stdout) as SimulationReport;

let undisturbedRun: Promise<Finished & { readonly report: SimulationReport }> | undefined;

/** A simulation over 20,000 objects that nothing disturbs, as people see it and as data. */
const undisturbed = (): NonNullable<typeof undisturbedRun> =>
  (undisturbedRun ??= (async () => {
    const file = join(temporaryDirectory(), 'report.json');
    const finished = await simulate('--objects', '20000', '--report', file);
    return { ...finished, report: JSON.parse(readFileSync(file, 'utf8')) as SimulationReport };
  })());

describe('crosswind simulate, over wind speeds', () => {
  test('over 5,000 objects gives the same bytes for the same seed, and others for another', async () => {
    const file = join(temporaryDirectory(), 'deep/report.json');
    const options = ['--objects', '5000', '--fail-rate', '0.05', '--json'];
    const [one, other, third] = await Promise.all([
      simulate(...options, '--report', file),
      simulate(...options),
      simulate(...options, '--seed', '2'),
    ]);
    expect(one).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/simulated 5,000 items in .* MB\n$/) as unknown,
    });
    expect(other.stdout).toBe(one.stdout);
    expect(readFileSync(file, 'utf8')).toBe(one.stdout);
    expect(third.stdout).not.toBe(one.stdout);
  });

  test('tells duration, curves and cost of a run that nothing disturbs', async () => {
    const { series, cost, ...report } = (await undisturbed()).report;
    expect(report).toMatchObject({
      simulated: true,
      modelled: true,
      tenant: 'wind-speed',
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
      // 40 batches, consolidate and convert; three states of each machine.
      invocations: 42,
      transitions: 6,
      retries: 0,
      throttledInvocations: 0,
      alarms: [],
      denied: [],
    });
    const [parent, child] = report.stages;
    expect(child?.states.map(({ state }) => state)).toEqual([
      'Analyze objects',
      'Consolidate batches',
      'Convert to miles per hour',
    ]);
    const stays = child?.states.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(stays).toBeCloseTo(child?.seconds ?? 0);
    // 20 pages of 120 ms each are listed one after the other.
    expect(child?.states[0]?.seconds).toBeGreaterThan(2.4);
    // The parent polls every 5 s.
    expect((parent?.seconds ?? 1) % 5).toBe(0);
    expect(series.invocations.reduce((sum, value) => sum + value, 0)).toBe(42);
    expect(series.invocations).toHaveLength((parent?.seconds ?? 0) + 1);
    expect(Math.max(...series.runningInvocations)).toBe(report.peak.runningInvocations);
    const quantities = Object.fromEntries(cost.lines.map(({ item, quantity }) => [item, quantity]));
    expect(quantities).toMatchObject({
      'Standard, state transitions': 6,
      'Express, requests': 40,
      requests: 42,
      // Each object once, 40 partials with manifest and results, and what was consolidated.
      'GET requests': 20_000 + 42 + 1,
      // 40 partials, 1 and 4 results; Step Functions lists 20 pages and writes a test manifest, results and manifest.
      'PUT and LIST requests': 45 + 23,
    });
    expect(cost.total).toBeGreaterThan(0.008);
    expect(cost.total).toBeLessThan(0.012);
  });

  test('shows people the same, and says that it is simulated', async () => {
    const { code, stdout } = await undisturbed();
    expect(code).toBe(0);
    expect(stdout).toContain('Simulated: durations of functions are modelled, and nothing ran on AWS');
    expect(stdout).toMatch(/parent +SUCCEEDED after/);
    expect(stdout).toMatch(/S3, GET requests +20,043 +requests at 0\.0000004 +0\.0080/);
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
    [['--fail-rate', '1.5'], 'It must be a number from 0 to 1.'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await simulate(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });
});
