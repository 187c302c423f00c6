import { expect, test } from 'vitest';
import { isExceeded } from '../../src/map-run/tolerance.ts';
import type { Tolerance } from '../../src/map-run/spec.ts';

test.each<[sentence: string, tolerated: Tolerance, failed: number, listing: boolean, exceeded: boolean]>([
  ['nothing said, nothing tolerated', {}, 1, false, true],
  ['nothing said, nothing failed', {}, 0, false, false],
  ['as many as counted', { count: 5 }, 5, false, false],
  ['one more than counted', { count: 5 }, 6, false, true],
  ['one more than counted, while listing', { count: 5 }, 6, true, true],
  ['just the share', { percentage: 5 }, 50, false, false],
  ['one item above the share', { percentage: 5 }, 51, false, true],
  ['above the share so far, while listing', { percentage: 5 }, 51, true, false],
  ['a share of nought, while listing', { percentage: 0 }, 1, true, true],
  ['within the count, above the share', { count: 100, percentage: 5 }, 51, false, true],
  ['above the count, within the share', { count: 5, percentage: 5 }, 6, false, true],
])('of 1000 items: %s', (_, tolerated, failed, listing, exceeded) => {
  expect(isExceeded(tolerated, { failed, total: 1000, listing })).toBe(exceeded);
});
