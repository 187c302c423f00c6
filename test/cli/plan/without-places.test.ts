import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { withoutPlaces } from '../../../cli/plan/runs/without-places.ts';

test('a message names no place of this machine, and the longest place where one contains another', () => {
  const [clone, assembly] = ['/home/a/clone', '/home/a/clone/cdk.out'];
  const text = `${assembly}/manifest.json of ${clone}: see ${tmpdir()}/x-123`;
  expect(withoutPlaces(text, { '<clone>': clone, '<assembly>': assembly })).toBe(
    '<assembly>/manifest.json of <clone>: see <temporary directory>/x-123',
  );
});
