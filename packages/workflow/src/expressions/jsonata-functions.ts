import { createHash } from 'node:crypto';
import { fraction, uuid } from '../chance.ts';
import { base64decode, javaRandom } from './java-functions.ts';
import { parsedJson, type Json } from '@crosswind/aws/json';

const HASHES = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** Longest array `$range` makes, as `States.ArrayRange` did. */
const MAX_RANGE = 1000;

/**
 * Functions that Step Functions adds to JSONata, or removes from it (`$eval`). `at` is the current time in milliseconds
 * since the epoch. `seed` determines the random values.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function jsonataFunctions(
  at: number,
  seed: string,
): Readonly<Record<string, ((...args: never[]) => unknown) | undefined>> {
  let drawn = 0;
  const next = (): string => `${seed}#${++drawn}`;
  return {
    partition,
    range,
    hash,
    shuffle: (array?: unknown) => (array === undefined ? undefined : shuffled(array, () => fraction(next()))),
    random: (given?: number) => (given === undefined ? fraction(next()) : javaRandom(given)),
    base64decode,
    uuid: () => uuid(next()),
    parse: (text?: string) => (text === undefined ? undefined : parsedJson(text)),
    millis: () => at,
    eval: undefined,
  };
}

function shuffled(array: unknown, random: () => number): readonly unknown[] {
  const values: unknown[] = Array.isArray(array) ? [...(array as readonly unknown[])] : [array];
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
  return values;
}

function partition(array: readonly Json[] | undefined, size: number): readonly (readonly Json[])[] | undefined {
  if (array === undefined) return undefined;
  if (!(Number.isInteger(size) && size > 0)) throw new Error(`$partition needs a size above 0, got ${size}`);
  return Array.from({ length: Math.ceil(array.length / size) }, (_, i) => array.slice(i * size, (i + 1) * size));
}

function range(first: number, last: number, step: number): readonly number[] {
  if (step === 0) throw new Error('$range needs a step other than 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (!(length <= MAX_RANGE)) throw new Error(`$range makes at most ${MAX_RANGE} numbers, asked for ${length}`);
  return Array.from({ length }, (_, i) => first + i * step);
}

function hash(text: string | undefined, algorithm: string): string | undefined {
  if (text === undefined) return undefined;
  if (!HASHES.includes(algorithm)) throw new Error(`$hash knows ${HASHES.join(', ')}, got ${algorithm}`);
  return createHash(algorithm.replace('-', '')).update(text).digest('hex');
}
