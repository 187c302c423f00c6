import { join } from 'node:path';
import { expect, test } from 'vitest';
import { windSpeed } from '../platform.ts';
import { crosswind } from './crosswind.ts';

/** Part of the output of `--json`. */
interface Printed {
  readonly games: readonly { readonly name: string; readonly passed: boolean }[];
  readonly unproven: readonly string[];
}

test('all game days pass, and each alarm is raised by one', async () => {
  const file = join(windSpeed.clone.root, 'gamedays.yaml');
  const { stdout } = await crosswind('gameday', '--all', '--json', '--file', file);
  const { games, unproven } = JSON.parse(stdout) as Printed;
  expect(games.length).toBeGreaterThan(20);
  expect(games.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([]);
  expect(unproven).toEqual([]);
});
