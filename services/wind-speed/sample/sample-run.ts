import { samplePrefix } from '../source-keys.ts';

/**
 * Input of an execution over the deployed sample alone, a batch for each object: more batches than a new account runs at
 * a time, so that an account with less concurrency than `platform.yaml` states throttles here first.
 */
export const sampleInput = { prefix: samplePrefix, batchSize: 1 };

/**
 * Expected values in the parent's output of that execution. services/wind-speed/test/sample computes them from the rows
 * in another way.
 */
const expected: readonly (readonly [path: string, value: number | string])[] = [
  ['result.objects', 12],
  ['result.failedObjects', 0],
  ['result.failedBatches', 0],
  ['result.stations', 5],
  ['result.stationsWithoutWind', 1],
  ['result.observations', 237],
  ['result.meanKnots', 8.682700421940929],
  ['result.meanMph', 9.991873198914961],
  ['result.windiest.0.station', '02584899999'],
  ['result.windiest.4.station', '04960505537'],
];

/** Several JSON parsers may round the last digit of a mean; a tenth of a knot on one day changes it by 5e-5 of itself. */
const tolerance = 1e-9;

/** Problems of the parent's output of an execution over the sample; empty if the output is right. */
export const sampleProblems = (output: unknown): readonly string[] =>
  expected
    .map(([path, value]) => ({ path, value, came: at(output, path) }))
    .filter(({ value, came }) => !isSame(value, came))
    .map(({ path, value, came }) => `${path} must be ${JSON.stringify(value)}, got ${text(came)}`);

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (outer, key) =>
        typeof outer === 'object' && outer !== null ? (outer as Record<string, unknown>)[key] : undefined,
      value,
    );

const isSame = (expectedValue: number | string, came: unknown): boolean =>
  typeof expectedValue === 'number' && typeof came === 'number'
    ? Math.abs(came - expectedValue) <= tolerance * expectedValue
    : came === expectedValue;

const text = (came: unknown): string => (came === undefined ? 'nothing' : JSON.stringify(came));
