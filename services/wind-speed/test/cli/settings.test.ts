import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../../../cli/local/synthesize.ts';
import type { SimulationReport } from '../../../../cli/simulate/simulation-report.ts';
import { temporaryDirectory } from '../../../../test/temporary-directory.ts';
import { generateObjects } from '../../sample/generate-objects.ts';
import { platformFile, windSpeed } from '../platform.ts';
import { assembly, crosswind, everyStack, startRun } from './crosswind.ts';

const [other, smaller] = [temporaryDirectory(), temporaryDirectory()];

const synthesized = (directory: string, ...settings: readonly string[]): Promise<void> =>
  synthesize({
    clone: windSpeed.clone,
    file: platformFile,
    directory,
    overrides: settings.map((setting) => `wind-speed.${setting}`),
    quickly: everyStack,
  });

beforeAll(async () => {
  await Promise.all([
    assembly(),
    synthesized(other, 'toleratedFailurePercentage=20', 'maxConcurrency=3', 'batchSize=250'),
    synthesized(smaller, 'memoryMegabytes=512'),
  ]);
});

/** A directory with 500 objects; 30 of them are no weather data. */
function sixPercentBad(): string {
  const directory = temporaryDirectory();
  const objects = generateObjects({ objects: 500, days: 3 });
  [...objects].forEach(({ key, body }, index) => {
    writeFileSync(join(directory, key.replace(/^.*\//, '')), index < 30 ? 'this is no weather' : body);
  });
  return directory;
}

async function simulated(directory: string): Promise<SimulationReport> {
  const args = ['simulate', '--file', platformFile, '--objects', '5000', '--json', '--assembly', directory];
  const { stdout } = await crosswind(...args);
  return JSON.parse(stdout) as SimulationReport;
}

let byDefault: Promise<SimulationReport> | undefined;

/** The simulation with the settings of the platform's file, once for all tests. */
const simulatedByDefault = (): Promise<SimulationReport> => (byDefault ??= assembly().then(simulated));

const seconds = ({ stages }: SimulationReport): number => stages.find(({ name }) => name === 'child')?.seconds ?? 0;

describe('a setting changes a run', () => {
  test('toleratedFailurePercentage: 30 bad objects of 500 fail at 5 % and pass at 20 %, in the function as in the map', async () => {
    const data = sixPercentBad();
    const [strict, lenient] = [await startRun('--data', data), await startRun('--data', data, '--assembly', other)];
    expect(strict.report).toMatchObject({ stages: [{}, { name: 'child', status: 'FAILED' }] });
    expect(strict.stdout).toContain('TooManyFailedObjects: ');
    expect(lenient.report).toMatchObject({
      stages: [{}, { name: 'child', status: 'SUCCEEDED' }],
      results: { objects: 500, failedObjects: 30 },
    });
  });

  test('batchSize and maxConcurrency: more batches, fewer at a time', async () => {
    const [usual, changed] = await Promise.all([simulatedByDefault(), simulated(other)]);
    expect([usual.batches, changed.batches]).toEqual([10, 20]);
    expect([usual.peak.runningInvocations, changed.peak.runningInvocations]).toEqual([10, 3]);
  });

  test('memoryMegabytes: with half of it a batch takes longer', async () => {
    const [usual, changed] = await Promise.all([simulatedByDefault(), simulated(smaller)]);
    expect(seconds(changed)).toBeGreaterThan(1.3 * seconds(usual));
  });
});
