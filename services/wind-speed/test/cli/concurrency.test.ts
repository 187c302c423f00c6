import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../../cli/platform/plan.ts';
import type { SimulationReport } from '../../../../cli/simulate/simulation-report.ts';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { plannedWaves } from '../../../../config/deployments.ts';
import { settingsFor } from '../../../../cli/simulate/stated-quotas.ts';
import { platform, platformText, windSpeed } from '../platform.ts';
import { crosswind, everyStack } from './crosswind.ts';

const stated = /quotas: \{ lambdaConcurrency: 1000 \}.*\n/g;

interface Synthesized {
  readonly file: string;
  readonly directory: string;
}

const synthesized = new Map<string, Promise<Synthesized>>();

/** The platform whose child accounts have these lines, and its assembly, synthesized once. */
function platformWith(lines: string): Promise<Synthesized> {
  const known = synthesized.get(lines) ?? synthesizedWith(lines);
  synthesized.set(lines, known);
  return known;
}

async function synthesizedWith(lines: string): Promise<Synthesized> {
  expect(platformText.match(stated)).toHaveLength(2);
  const directory = temporaryDirectory();
  const file = join(directory, 'platform.yaml');
  writeFileSync(file, platformText.replaceAll(stated, `${lines}\n`));
  await synthesize({ clone: windSpeed.clone, file, directory: join(directory, 'cdk.out'), quickly: everyStack });
  return { file, directory: join(directory, 'cdk.out') };
}

async function simulated(lines: string, ...args: readonly string[]): Promise<SimulationReport> {
  const { file, directory } = await platformWith(lines);
  const options = ['--file', file, '--assembly', directory, '--wave', 'prod', '--objects', '100000', '--json', ...args];
  const { stdout } = await crosswind('simulate', ...options);
  return JSON.parse(stdout) as SimulationReport;
}

describe('100,000 objects in 200 batches', () => {
  test.each([
    ['what a new account has, and states nothing', '', 8],
    ['10', 'quotas: { lambdaConcurrency: 10 }', 8],
    ['50', 'quotas: { lambdaConcurrency: 50 }', 40],
    ['1,000', 'quotas: { lambdaConcurrency: 1000 }', 800],
  ])('no batch is lost or throttled with a concurrency of %s', async (_, lines, atMost) => {
    const report = await simulated(lines);
    expect(report.stages.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(report).toMatchObject({ batches: 200, failedBatches: 0, throttledInvocations: 0, retries: 0, alarms: [] });
    expect(report.peak.runningInvocations).toBeLessThanOrEqual(atMost);
    expect(report.peak.runningInvocations).toBeGreaterThan(atMost / 40);
  });

  test.each([
    ['an account that has less than the file states throttles', 'quotas: { lambdaConcurrency: 1000 }', '10', 10],
    ['one that has more runs no more than the file states', '', '1000', 8],
  ])('--quota overrides what is stated: %s', async (_, lines, given, peak) => {
    const report = await simulated(lines, '--quota', `lambdaConcurrency=${given}`);
    expect(report.peak.runningInvocations).toBe(peak);
    expect(report.throttledInvocations > 0).toBe(peak === Number(given));
    const fired = report.alarms.map(({ name }) => name).filter((name) => name === 'crosswind-fleet-lambda-throttles');
    expect(fired).toHaveLength(peak === Number(given) ? 1 : 0);
  });
});

describe('--quota lambdaConcurrency without an assembly', () => {
  const prod = () => {
    const deployment = plannedWaves(platform)[1]?.deployments[0];
    if (!deployment) throw new Error('nothing is deployed in prod');
    return deployment;
  };

  test.each([
    [10, [], ['wind-speed.maxConcurrency=8']],
    [50, [], ['wind-speed.maxConcurrency=40']],
    [1_000, [], []],
    [undefined, ['wind-speed.batchSize=5'], ['wind-speed.batchSize=5']],
    [10, ['wind-speed.batchSize=5'], ['wind-speed.batchSize=5', 'wind-speed.maxConcurrency=8']],
    [10, ['wind-speed.maxConcurrency=1000'], ['wind-speed.maxConcurrency=1000']],
  ])('is what the account states, unless --set says otherwise: %s with %j', (lambdaConcurrency, given, expected) => {
    expect(settingsFor(platform, prod(), { lambdaConcurrency }, given)).toEqual(expected);
  });
});

test('config prints the effective concurrency and its reason, as text and as data', async () => {
  const { file } = await platformWith('quotas: { lambdaConcurrency: 50 }');
  const [lines, json] = await Promise.all([crosswind('config', file), crosswind('config', file, '--json')]);
  const reason = 'wind-child-prod has a Lambda concurrency of 50, and maxConcurrency is 1,000';
  expect(lines.stdout).toContain(`    40 at a time in child: ${reason}\n`);
  const { plan } = JSON.parse(json.stdout) as { readonly plan: Plan };
  const [placement] = plan.waves[1]?.deployments ?? [];
  expect(placement?.settings['maxConcurrency']).toBe(40);
  expect(placement?.concurrency).toMatchObject([{ account: 'wind-child-prod', stated: 1_000, effective: 40 }]);
});
