import { createHash } from 'node:crypto';
import { samplePrefix } from '../source-keys.ts';
import { type SampleObject, generateObjects } from './generate-objects.ts';

/**
 * The sample that every deployment brings along: six stations in two years. The seed is one whose world has what real
 * weather has, too: a station without wind, one without a place, and days on which nothing was measured.
 */
export function deployedObjects(): readonly SampleObject[] {
  const objects = [...generateObjects({ objects: 12, years: [2022, 2023], days: 24, seed: 483 })];
  return objects.map(({ key, body }) => ({ key: `${samplePrefix}${key}`, body }));
}

/** A text that is another one whenever a key or a body is. */
export function digestOf(objects: readonly SampleObject[]): string {
  const hash = createHash('sha256');
  for (const { key, body } of objects) hash.update(`${key}\n`).update(body);
  return hash.digest('hex');
}
