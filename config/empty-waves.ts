import { listed } from './nearest.ts';
import type { Outline } from './outline.ts';
import type { PathProblem } from './problem.ts';
import { meantWaves } from './references.ts';

/**
 * Waves that no tenant uses, unless a misspelled one was meant: then the spelling is the problem, and there is one.
 * A platform without tenants has no waves.
 */
export function emptyWaves(outline: Outline): readonly PathProblem[] {
  const used = new Set(outline.tenants.flatMap(({ waves }) => Object.keys(waves)));
  if (outline.hasNoWave && used.size > 0) {
    const what = 'waves is empty, and tenants are in some';
    return [{ path: ['waves'], what, expected: listed(used), fix: 'add what tenants are in' }];
  }
  const meant = meantWaves(outline);
  return outline.waves.flatMap(({ name }, index) =>
    name === undefined || used.has(name) || meant.has(name)
      ? []
      : [
          {
            path: ['waves', index, 'name'],
            what: `wave "${name}" is empty`,
            expected: 'a wave that a tenant uses',
            fix: 'remove it, or name it in a tenant',
          },
        ],
  );
}
