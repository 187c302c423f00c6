import { expect, test } from 'vitest';
import { duration } from '../../cli/duration.ts';

test.each([
  [0, '0.0 s'],
  [4_649, '4.6 s'],
  [119_900, '119.9 s'],
  [120_000, '2 min'],
  [4_500_000, '75 min'],
])('%s milliseconds are told as %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
